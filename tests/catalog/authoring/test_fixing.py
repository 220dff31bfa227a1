"""`plumbline fix`: what is mechanical is mended, the rest of the same kind is told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from catalog import MENDED_CHECKS, ORDER, Plan, fixing, open_project, run_checks, write_all

CODES = frozenset({"FL002", "CL003", "CL004"})

FILE = """\
# The shop.
tables:
  - name: shop.orders # main
    sumary: What was bought.
    colour: red
    audince: partner
    columns:
      # Key.
      - name: id
        description: Which one.
      - {name: gone, description: Was dropped.}
      - name: amuont_paid
        description: What was paid.

      - name: note # free
        descripton: Free text.
    sql: |
      SELECT id, day, amount_paid, note, last FROM raw.orders
"""

MENDED = """\
# The shop.
tables:
  - name: shop.orders # main
    summary: What was bought.
    colour: red
    audince: partner
    columns:
      # Key.
      - name: id
        description: Which one.
      - name: day
      - name: amount_paid
        description: What was paid.

      - name: note # free
        description: Free text.
      - name: last
    sql: |
      SELECT id, day, amount_paid, note, last FROM raw.orders
"""


def project_of(folder: Path, text: str, settings: str = "dialect: bigquery\n") -> Path:
    (folder / "definitions").mkdir()
    (folder / "plumbline.yml").write_text(settings, "utf-8")
    (folder / "definitions" / "t.yml").write_text(text, "utf-8")
    return folder


def fixed(root: Path, wanted: frozenset[str] = CODES) -> tuple[str, Plan]:
    project = open_project(root)
    findings = run_checks(project, MENDED_CHECKS, today=datetime.date(2026, 1, 1))
    plan = fixing(root, project, findings, wanted)
    write_all(root, plan.rewrites)
    return (root / "definitions" / "t.yml").read_text("utf-8"), plan


def test_keys_and_columns_are_mended_and_the_rest_is_told(tmp_path: Path) -> None:
    text, plan = fixed(project_of(tmp_path, FILE))
    assert text == MENDED
    assert [f"{mend.location.line} {mend.message}" for mend in plan.made] == [
        "4 `sumary` is `summary` now (FL002)",
        "9 `shop.orders.day` is in, and needs a description (CL004)",
        "9 `shop.orders.last` is in, and needs a description (CL004)",
        "11 `shop.orders.gone` is out: no SQL produces it (CL003)",
        "12 `shop.orders.amuont_paid` is `amount_paid` now (CL003)",
        "16 `descripton` is `description` now (FL002)",
    ]
    assert [f"{left.location.line} {left.message}" for left in plan.left] == [
        "5 unknown key `colour` in a table",
        "6 unknown key `audince` in a table",
    ]
    assert all(left.hint for left in plan.left)
    assert fixed(tmp_path)[1].made == ()


def test_what_may_be_another_column_is_left_for_a_person(tmp_path: Path) -> None:
    text = "tables:\n- name: a.t\n  columns:\n  - name: created_at\n  sql: SELECT updated_at FROM raw.t\n"
    after, plan = fixed(project_of(tmp_path, text))
    assert after == text
    assert [left.message for left in plan.left] == [
        "`created_at` is documented but the SQL does not produce it"
    ]


def test_only_what_is_asked_for_is_mended_and_no_waived_finding(tmp_path: Path) -> None:
    waiver = (
        "dialect: bigquery\nwaivers:\n"
        "  - {check: CL003, subject: shop.orders.gone, reason: Comes back., until: 2026-12-31}\n"
    )
    text, plan = fixed(project_of(tmp_path, FILE, waiver), frozenset({"CL003"}))
    assert text == FILE.replace("name: amuont_paid", "name: amount_paid")
    assert len(plan.made) == 1


@pytest.mark.parametrize("settings", ["dialect: snowflake\n", "dialect: bigquery\n"])
def test_new_columns_are_spelled_as_people_write_them(tmp_path: Path, settings: str) -> None:
    text = "tables:\n- name: a.t\n  sql: SELECT x FROM raw.t\n"
    after, _ = fixed(project_of(tmp_path, text, settings))
    assert after == "tables:\n- name: a.t\n  sql: SELECT x FROM raw.t\n  columns:\n  - name: x\n"


def test_keys_are_put_in_order_inside_and_outside(tmp_path: Path) -> None:
    text = """\
tables:
  - name: a.t
    # Who answers.
    owner: me
    columns:
      - name: x
        type: INT64 # days
        # Said by the team.
        description: |
          Two

          lines.

      - {type: STRING, name: y}
    label: T
"""
    after, plan = fixed(project_of(tmp_path, text), frozenset({ORDER}))
    assert (
        after
        == """\
tables:
  - name: a.t
    label: T
    # Who answers.
    owner: me
    columns:
      - name: x
        # Said by the team.
        description: |
          Two

          lines.
        type: INT64 # days

      - {name: y, type: STRING}
"""
    )
    assert {mend.message for mend in plan.made} == {"its keys are in order"}
    assert plan.left == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("tables:\n- name: a.t\n\tsumary: x\n", None),
        ("tables:\n- name: a.t\n  sumary: x\n  sumary: y\n", "`sumary` is written twice in one mapping"),
        (
            "tables:\n- &t\n  name: a.t\n  sumary: x\n- *t\n",
            "a key here cannot get another name without changing more than was asked",
        ),
    ],
    ids=["tab", "twice", "anchor"],
)
def test_a_file_that_may_not_be_edited_is_left_byte_for_byte(
    tmp_path: Path, text: str, reason: str | None
) -> None:
    after, plan = fixed(project_of(tmp_path, text))
    assert after == text
    assert reason is None or reason in [left.message for left in plan.left]


def test_a_misspelt_kind_of_list_gets_its_name(tmp_path: Path) -> None:
    after, _ = fixed(project_of(tmp_path, "tabels: # all\r\n  - name: a.t\r\n"))
    assert (tmp_path / "definitions" / "t.yml").read_bytes() == b"tables: # all\r\n  - name: a.t\r\n"
    assert after


def test_a_misspelt_key_of_the_settings_gets_its_name(tmp_path: Path) -> None:
    settings = "dialect: bigquery\nlayer_nmes: {staging: [stg_*]} # ours\n"
    fixed(project_of(tmp_path, "tables: [{name: a.t}]\n", settings))
    assert (tmp_path / "plumbline.yml").read_text("utf-8") == settings.replace("nmes", "names")
