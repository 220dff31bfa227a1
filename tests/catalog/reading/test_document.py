"""YAML with a place for every value; what is wrong with a file is one finding in words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalog.model import Location
from catalog.reading.document import Documents, is_read_by_libyaml, read_documents
from catalog.reading.yaml_values import ORIGIN_KEY, YamlMapping, without_origins

FILE = "definitions/a.yml"


def read(text: str | bytes) -> Documents:
    return read_documents(text if isinstance(text, bytes) else text.encode(), FILE)


def root(text: str | bytes) -> YamlMapping:
    documents = read(text)
    assert documents.misfits == ()
    (value,) = documents.roots
    assert isinstance(value, YamlMapping)
    return value


def plain(text: str) -> Any:
    return without_origins(root(text))


def at(line: int, column: int) -> Location:
    return Location(FILE, line, column)


def test_the_c_parser_does_the_reading() -> None:
    assert is_read_by_libyaml()


def test_words_that_other_readers_take_for_booleans_stay_text() -> None:
    assert plain("a: [NO, No, no, yes, on, off, y, n]") == {
        "a": ["NO", "No", "no", "yes", "on", "off", "y", "n"]
    }


def test_true_false_and_null_are_read_in_three_spellings() -> None:
    assert plain("a: [true, True, TRUE, false, False, FALSE]") == {"a": [True] * 3 + [False] * 3}
    assert plain("a: [null, Null, NULL, ~]\nb:") == {"a": [None] * 4, "b": None}


def test_only_plain_decimal_numbers_are_numbers() -> None:
    assert plain("a: [0, -7, 42, 1.50, -0.5, 1.5e3]") == {"a": [0, -7, 42, 1.5, -0.5, 1500.0]}
    as_text = ["007", "0x1F", "0o17", "1_000", "12:30", "1e5", ".nan", ".inf", "+5", "1.", "-", "9" * 19]
    assert plain(f"a: [{', '.join(as_text)}]") == {"a": as_text}


def test_a_date_is_a_date_and_an_impossible_one_is_text() -> None:
    assert root("a: 2026-03-31")["a"] == datetime.date(2026, 3, 31)
    assert root("a: 2026-02-30")["a"] == "2026-02-30"
    assert root("a: 2026-03-31 10:00:00")["a"] == "2026-03-31 10:00:00"


def test_quotes_make_text_of_anything() -> None:
    assert plain("a: ['1', \"true\", '2026-01-01', '~', !!str 7]") == {
        "a": ["1", "true", "2026-01-01", "~", "7"]
    }


def test_a_standard_tag_says_what_a_quoted_word_is() -> None:
    assert plain("a: [!!int '7', !!bool 'true', !!null '']") == {"a": [7, True, None]}


def test_numbers_and_dates_keep_how_they_are_written() -> None:
    documents = read("version: 1.10\nday: 2026-01-01\nname: x\nnothing: ~\n")
    assert documents.written == {(1, 10): "1.10", (2, 6): "2026-01-01"}


def test_every_value_knows_its_place() -> None:
    value = root(
        """\
tables:
  - name: ops.queue
    tags: [a, "b",
      c]
    columns:
      - name: day
        type:   DATE
    description: |
      Some words
"""
    )
    table = value["tables"][0]
    assert value.origin.at("tables") == at(2, 3)
    assert table.origin.at() == at(2, 5)
    assert table.origin.at("name") == at(2, 11)
    assert table.origin.at("tags") == at(3, 11)
    assert [table.origin.at(f"tags.{index}") for index in range(3)] == [at(3, 12), at(3, 15), at(4, 7)]
    assert table["columns"][0].origin.at() == at(6, 9)
    assert table["columns"][0].origin.at("type") == at(7, 17)
    assert table["columns"][0].key_at("type") == at(7, 9)
    assert table.origin.at("description") == at(8, 18)


def test_places_count_characters_and_not_bytes() -> None:
    assert root("{ä€😀: x, owner: y}").origin.at("owner") == at(1, 17)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_places_are_the_same_whatever_ends_a_line(line_end: str) -> None:
    value = root(line_end.join(["a: 1", "b:", "  c: |", "    x", "    y", "  d: 2", ""]))
    assert value["b"].origin.at("d") == at(6, 6)
    assert value["b"]["c"] == "x\ny\n"


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert root(b"\xef\xbb\xbfname: x").origin.at("name") == at(1, 7)


def test_each_document_of_a_file_is_read() -> None:
    documents = read("a: 1\n---\nb: 2\n---\n")
    assert [without_origins(value) for value in documents.roots] == [{"a": 1}, {"b": 2}, None]
    assert documents.misfits == ()


def test_an_alias_stands_for_the_value_and_keeps_its_place() -> None:
    value = root("a: &x {name: q}\nb: *x\nc: [*x]\nd: &y text\ne: *y\n")
    assert value["b"]["name"] == value["c"][0]["name"] == "q"
    assert value["b"].origin.at("name") == at(1, 14)
    assert value["e"] == "text"


def test_a_merge_takes_over_what_the_mapping_does_not_say() -> None:
    value = root("base: &b {owner: x, tags: [q]}\nitem:\n  <<: *b\n  owner: y\nboth: {<<: [*b, {z: 1}]}\n")
    assert without_origins(value["item"]) == {"owner": "y", "tags": ["q"]}
    assert without_origins(value["both"]) == {"owner": "x", "tags": ["q"], "z": 1}
    assert value["item"].origin.at("tags.0") == at(1, 28)
    assert value["item"].origin.at("owner") == at(4, 10)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def nested_by_alias(levels: int) -> str:
    """An alias for 20 levels, so many levels deep below the root."""
    return f"a: &a {'[' * 20}{']' * 20}\nb: &b {'[' * levels}*a{']' * levels}\n"


BROKEN = [
    ("tables:\n\t- name: x\n", (2, 1), "a tab indents this line"),
    ("tables:\n  - name: x\n\t  owner: y\n", (3, 1), "a tab indents this line"),
    ("tables:\n  - sql: |\n\tSELECT 1\n", (3, 1), "a tab indents this line"),
    ("tables: [a\nb: c\n", (1, 9), "the list opened here with `[` is not closed"),
    ("tables: {a: 1\n", (1, 9), "the mapping opened here with `{` is not closed"),
    ("a: 'x\nb: c\n", (1, 4), "the quote opened here is not closed"),
    ("a: b: c\n", (1, 5), "a `:` stands where no value can begin"),
    ("a: @x\n", (1, 4), "`@` cannot begin a value"),
    ("a:\n  - b\n c: d\n", (3, 2), "this line does not fit the mapping it stands in"),
    ("- a\nb: c\n", (2, 1), "this line does not fit the list it stands in"),
    ("a: - b\n", (1, 4), "a list item cannot begin here"),
    (
        'a: "\\q"\n',
        (1, 5),
        "a `\\` in double quotes is followed by a character that it cannot escape",
    ),
    (b"a: b\nc: d\xffe\n", (2, 5), "byte 9 (0xFF) is not UTF-8"),
    ("a: ä\n".encode("utf-16"), (1, 1), "byte 0 (0xFF) is not UTF-8"),
    ("a: b\nc: d\x00e\n", (2, 5), "control character U+0000 stands in the text"),
    ("a: \x1b[0m\n", (1, 4), "control character U+001B stands in the text"),
    ("a: !!python/name:os.system x\n", (1, 4), "the tag `!!python/name:os.system` is unknown"),
    ("a: !vault {b: c}\n", (1, 4), "the tag `!vault` is unknown"),
    ("a: *b\n", (1, 4), "`*b` names no anchor that is complete above it"),
    ("a: &b [*b]\n", (1, 8), "`*b` names no anchor that is complete above it"),
    ("a: " + "[" * 100_000, (1, 63), "lists and mappings stand more than 60 deep in each other"),
    ("a: " + "{a: " * 100_000, (1, 240), "lists and mappings stand more than 60 deep in each other"),
    ("- " * 50_000, (1, 121), "lists and mappings stand more than 60 deep in each other"),
    (nested_by_alias(40), (2, 47), "lists and mappings stand more than 60 deep in each other"),
    (BOMB, (7, 12), "its aliases stand for more than 5,000,000 characters"),
    (b"x" * 10_000_000, (0, 0), "the file has 10.0 MB, 5 MB are allowed"),
]


@pytest.mark.parametrize(("text", "place", "message"), BROKEN)
def test_a_broken_file_is_one_finding_at_its_place(
    text: str | bytes, place: tuple[int, int], message: str
) -> None:
    documents = read(text)
    (misfit,) = documents.misfits
    assert (misfit.code, misfit.location, misfit.message) == ("FL001", Location(FILE, *place), message)
    assert documents.roots == ()


def test_sixty_levels_are_read() -> None:
    assert read("[" * 60 + "]" * 60).misfits == ()
    assert read(nested_by_alias(39)).misfits == ()


def test_levels_are_counted_beside_an_anchor_inside() -> None:
    text = nested_by_alias(40).replace("&a [", "&a [&c [], ")
    assert [misfit.location for misfit in read(text).misfits] == [at(2, 47)]
    text = nested_by_alias(40).replace("]\n", ", &c []]\n", 1)
    assert [misfit.location for misfit in read(text).misfits] == [at(2, 47)]


def test_an_anchor_ends_with_its_document() -> None:
    assert [misfit.location for misfit in read("a: &x 1\n---\nb: *x\n").misfits] == [at(3, 4)]


def test_a_byte_that_is_not_utf_8_is_counted_with_the_byte_order_mark() -> None:
    (misfit,) = read(b"\xef\xbb\xbfa: \xff").misfits
    assert (misfit.message, misfit.location) == ("byte 6 (0xFF) is not UTF-8", at(1, 4))


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: 1\nowner: x\nowner: y\n", (3, 1), "`owner` is written twice in one mapping"),
        ("a: 1\n1: x\n", (2, 1), "the key `1` is not text"),
        ("a: 1\ntrue: x\n", (2, 1), "the key `true` is not text"),
        ("a: 1\n? [b]\n: c\n", (2, 3), "a key is a list or a mapping"),
        ("a: 1\n__origin__: x\n", (2, 1), "the key `__origin__` is reserved"),
        ("a: 1\n<<: x\n", (2, 5), "`<<` takes over no mapping"),
    ],
)
def test_a_key_that_cannot_be_is_one_finding_and_the_rest_is_read(
    text: str, place: tuple[int, int], message: str
) -> None:
    documents = read(text)
    (misfit,) = documents.misfits
    assert (misfit.code, misfit.location, misfit.message) == ("FL001", at(*place), message)
    assert documents.roots[0]["a"] == 1  # type: ignore[index]


def test_a_repeated_key_names_both_places_and_the_first_value_stands() -> None:
    documents = read("owner: x\nowner: y\n")
    assert documents.roots[0]["owner"] == "x"  # type: ignore[index]
    assert documents.misfits[0].hint == "Keep one; the first is at 1:1"


@pytest.mark.parametrize("text", ["", "\n \n", "# only a comment\n", "---\n", b"\xef\xbb\xbf"])
def test_a_file_that_says_nothing_is_empty(text: str | bytes) -> None:
    (misfit,) = read(text).misfits
    assert (misfit.code, misfit.location) == ("FL005", Location(FILE))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
KEYS = st.from_regex(r"[a-z]{4,6}", fullmatch=True).filter(lambda key: key not in ("true", "false", "null"))
VALUES = st.recursive(
    TEXTS | st.integers(-9, 99) | st.booleans() | st.dates() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(VALUES, st.sampled_from([None, '"', "'", "|", ">"]))
def test_what_another_writer_wrote_is_read_as_it_was(value: Any, style: str | None) -> None:
    documents = read(yaml.safe_dump({"root": value}, allow_unicode=True, default_style=style))
    assert documents.misfits == ()
    assert without_origins(documents.roots[0]) == {"root": without_origins(value)}


def test_the_origin_of_a_mapping_is_among_its_values() -> None:
    value = root("a: 1")
    assert value[ORIGIN_KEY] is value.origin
