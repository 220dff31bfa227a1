"""Edits of YAML files: what was asked changes, and no other byte."""

from __future__ import annotations

import difflib
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.authoring.edits import ChangeItems, Edit, OrderKeys, RenameKey, SetKeys, edited
from catalog.reading.document import read_documents
from catalog.reading.yaml_values import without_origins

ORDER = ("name", "description", "type", "unit", "inherited_from")

FILE = """\
# All about orders.
tables:
  - name: shop.orders  # the main one
    columns:
      # The key.
      - name: id
        type: INT64   # never null

      - {name: day}
      - name: note
        description: |
          Two lines
          of text.

    # Who to ask.
    owner: 'shop'
"""

TABLE, ID, DAY, NOTE = (3, 5), (6, 9), (9, 9), (10, 9)


def values(text: str | bytes) -> Any:
    content = text.encode("utf-8") if isinstance(text, str) else text
    documents = read_documents(content, "f.yml")
    assert documents.misfits == ()
    return [without_origins(root) for root in documents.roots]


def after(text: str, *edits: Edit) -> str:
    """The text with all of the edits, none of which is left out."""
    found = edited("f.yml", text.encode("utf-8"), edits)
    assert found.left == ()
    assert found.made == edits
    return found.content.decode("utf-8")


def changed_lines(before: str, now: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(True), now.splitlines(True), n=0)
    return [line.rstrip("\n") for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_a_new_key_comes_where_the_order_has_it() -> None:
    now = after(FILE, SetKeys(ID, {"description": "Which: one", "inherited_from": "raw.o.id"}, ORDER))
    assert changed_lines(FILE, now) == [
        "+        description: 'Which: one'",
        "+        inherited_from: raw.o.id",
    ]


def test_a_value_is_replaced_in_its_place() -> None:
    now = after(FILE, SetKeys(NOTE, {"description": "One line"}, ORDER), SetKeys(ID, {"type": "STRING"}))
    assert changed_lines(FILE, now) == [
        "-        type: INT64   # never null",
        "+        type: STRING   # never null",
        "-        description: |",
        "-          Two lines",
        "-          of text.",
        "+        description: One line",
    ]


def test_between_braces_everything_stays_on_its_line() -> None:
    now = after(FILE, SetKeys(DAY, {"description": "First\nsecond", "type": "no"}, ORDER))
    assert changed_lines(FILE, now) == [
        "-      - {name: day}",
        "+      - {name: day, description: \"First\\nsecond\", type: 'no'}",
    ]


def test_a_list_between_braces_keeps_the_braces_of_its_items() -> None:
    new = {"columns": [{"name": "id"}, {"name": "a, b", "valid_values": ["x", 1]}]}
    assert after("{name: t}\n", SetKeys((1, 1), new)) == (
        "{name: t, columns: [{name: id}, {name: 'a, b', valid_values: [x, 1]}]}\n"
    )


def test_items_go_and_come_with_their_lines_alone() -> None:
    new = {-1: ({"name": "top"},), 0: ({"name": "behind"},), 2: ({"name": "last"},)}
    now = after(FILE, ChangeItems(TABLE, "columns", frozenset({1, 2}), new))
    assert [column["name"] for column in values(now)[0]["tables"][0]["columns"]] == [
        "top",
        "id",
        "behind",
        "last",
    ]
    gone = {"-      - {name: day}", "-      - name: note", "-        description: |"}
    assert gone < set(changed_lines(FILE, now))
    assert "# Who to ask." in now


def test_a_list_without_items_goes_with_its_key() -> None:
    now = after(FILE, ChangeItems(TABLE, "columns", frozenset({0, 1, 2})))
    assert values(now) == [{"tables": [{"name": "shop.orders", "owner": "shop"}]}]


def test_a_list_that_is_not_there_is_made() -> None:
    text = "tables:\n- name: a\n  owner: b\n"
    order = ("name", "columns", "owner")
    assert after(text, ChangeItems((2, 3), "columns", inserted={-1: ({"name": "x"},)}, order=order)) == (
        "tables:\n- name: a\n  columns:\n  - name: x\n  owner: b\n"
    )


def test_keys_take_the_comments_above_them_along() -> None:
    now = after(FILE, OrderKeys(TABLE, ("name", "owner", "columns")))
    assert now.index("# Who to ask.\n    owner: 'shop'\n") < now.index("columns:")
    assert sorted(now.splitlines()) == sorted(FILE.splitlines())
    assert after("{b: 1, a: 2}\n", OrderKeys((1, 1), ("a", "b"))) == "{a: 2, b: 1}\n"
    assert after("- b: 1\n  a: 2", OrderKeys((1, 3), ("a", "b"))) == "- a: 2\n  b: 1"


def test_what_goes_to_one_place_goes_in_from_the_inside() -> None:
    text = "name: a\nlist:\n  - name: x\n    more:\n      k: 1 # last\n"
    now = after(
        text,
        SetKeys((1, 1), {"owner": "me"}),
        ChangeItems((1, 1), "list", inserted={0: ({"name": "z"},)}),
        SetKeys((3, 5), {"type": "T"}),
        SetKeys((5, 7), {"l": 2}),
    )
    assert now == text + "      l: 2\n    type: T\n  - name: z\nowner: me\n"


def test_a_key_gets_another_name() -> None:
    assert changed_lines(FILE, after(FILE, RenameKey(TABLE, "owner", "contact"))) == [
        "-    owner: 'shop'",
        "+    contact: 'shop'",
    ]


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("a:\r\n  name: x\r\n  owner: y\r\n", "a:\r\n  name: x\r\n  type: T\r\n  owner: y\r\n"),
        ("a:\n  name: x", "a:\n  name: x\n  type: T"),
        ("\ufeffa:\n  name: x\n", "\ufeffa:\n  name: x\n  type: T\n"),
        ("a: &it\n  name: x\n", "a: &it\n  name: x\n  type: T\n"),
        ("a:\n  name:\n\n\nb: 1\n", "a:\n  name:\n  type: T\n\n\nb: 1\n"),
        ("a:\n  name: |+\n    x\n\nb: 1\n", None),
        ("a:\n\tname: x\n", None),
        ("a:\n  name: x\n  name: y\n", None),
        ("a: &it\n  name: x\nb: *it\n", None),
    ],
    ids=["CRLF", "no line end", "BOM", "anchor", "no value", "kept lines", "tab", "twice", "alias"],
)
def test_layouts_are_kept_or_the_file_is_left_as_it_is(text: str, now: str | None) -> None:
    line = 1 if "&it" in text else 2
    found = edited("f.yml", text.encode(), [SetKeys((line, 4 if line == 1 else 3), {"type": "T"}, ORDER)])
    if now is None:
        assert (found.content, len(found.left)) == (text.encode(), 1)
        assert found.left[0].message
        assert found.left[0].hint
    else:
        assert (found.content.decode(), found.left) == (now, ())


def test_what_cannot_be_done_does_not_stop_the_rest() -> None:
    text = "a: &it {name: x}\nb: *it\nc: {name: z}\n"
    edits = [SetKeys((1, 4), {"type": "T"}), SetKeys((3, 4), {"type": "T"})]
    found = edited("f.yml", text.encode(), edits)
    assert found.content.decode() == "a: &it {name: x}\nb: *it\nc: {name: z, type: T}\n"
    assert [str(left.location) for left in found.left] == ["f.yml:1:4"]


PLAIN = st.sampled_from(["x", "Ein Satz.", "it's", '"q"', "a: b", "# no", "2026-03-01", "yes", "", "é\u2028"])
SCALARS = st.sampled_from(
    ["x", "'it''s'", '"a\\nb"', "12", "", "|\n{i}  a\n\n{i}  b", ">-\n{i}  f\n{i}  g", "[1, 2]", "x\n{i}  y"]
)
BLANKS = st.sampled_from(["", "\n", "{i}# A remark.\n", "\n{i}# Two\n{i}# lines.\n"])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, dict[tuple[int, str], list[str]]]:
    """Mappings in a list, with all that people put between and behind values; and the lines of each entry."""
    step, newline = draw(st.sampled_from(["", "  ", "    "])), draw(st.sampled_from(["\n", "\r\n"]))
    indent = f"{step}  "
    lines, entries = ["# Top.", "items:"], {}
    for index in range(draw(st.integers(1, 3))):
        keys = draw(st.permutations(["type", "unit", "owner"]))[: draw(st.integers(0, 3))]
        if draw(st.booleans()):
            lines.append(f"{step}- {{name: n{index}{''.join(f', {key}: v' for key in keys)}}} # flow")
            entries |= {(index, key): lines[-1:] for key in ("type", "description")}
            continue
        lines.append(f"{step}- name: n{index}{draw(st.sampled_from(['', '  # named']))}")
        for key in keys:
            lines += draw(BLANKS).replace("{i}", indent).split("\n")[:-1]
            entries[index, key] = f"{indent}{key}: {draw(SCALARS)}".replace("{i}", indent).split("\n")
            lines += entries[index, key]
    return newline.join(lines) + newline * draw(st.integers(0, 2)), entries


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files(), st.integers(0, 2), st.sampled_from(["description", "type"]), PLAIN)
def test_one_key_changes_no_other_line(
    file: tuple[str, dict[tuple[int, str], list[str]]], which: int, key: str, value: str
) -> None:
    text, entries = file
    before, items = values(text), read_documents(text.encode(), "f.yml").roots[0]["items"]  # type: ignore[index]
    which %= len(items)
    place = items[which].origin.at()
    now = after(text, SetKeys((place.line, place.column), {key: value}, ORDER))
    before[0]["items"][which][key] = value
    assert values(now) == before
    gone, come = entries.get((which, key), []), []
    old, new = re.split("\r?\n", text), re.split("\r?\n", now)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            assert set(old[a:b]) <= {*gone, ""}
            come += new[c:d]
    assert all(key in line or line in gone or len(come) > 1 for line in come)
    assert now.count("\r\n") in (0, now.count("\n"))
