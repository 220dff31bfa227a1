"""`plumbline inherit`: descriptions of copies, written down with where they are from."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from catalog import CHECKS, Plan, inheriting, open_project, run_checks, write_all

SQL = """\
CREATE TABLE stg.t AS SELECT id AS item_id, UPPER(kind) AS kind, level, secret FROM raw.t;
CREATE TABLE mart.t AS SELECT item_id AS item, kind, COUNT(level) AS level, secret, level AS own
FROM stg.t GROUP BY 1, 2
"""

RAW = """\
tables:
  - name: raw.t
    columns:
      - {name: id, description: Item under review., unit: item}
      - {name: kind, description: Kind as sent.}
      - {name: level, description: Level as sent.}
      - {name: secret, description: Not for everyone.}
"""

DERIVED = """\
tables:
  - name: stg.t # staged
    columns:
      - name: item_id
      - {name: kind}
      - name: level
        inherit: true
      - name: secret
        inherit: false
  - name: mart.t
    columns:
      - name: item   # renamed
        type: STRING

      - name: kind
      - name: level
      - name: secret
      - name: own
        description: Own words.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text("dialect: bigquery\n", "utf-8")
    (tmp_path / "definitions" / "raw.yml").write_text(RAW, "utf-8")
    (tmp_path / "definitions" / "derived.yml").write_text(DERIVED, "utf-8")
    (tmp_path / "definitions" / "t.sql").write_text(SQL, "utf-8")
    return tmp_path


def inherited(root: Path) -> Plan:
    plan = inheriting(root, open_project(root))
    write_all(root, plan.rewrites)
    return plan


def outdated(root: Path) -> list[str]:
    found = run_checks(open_project(root), CHECKS, today=datetime.date(2026, 1, 1))
    return [finding.message for finding in found if finding.code == "CL013"]


def test_copies_get_the_words_through_renames_and_nothing_else_gets_any(root: Path) -> None:
    plan = inherited(root)
    assert [mend.message for mend in plan.made] == [
        "`stg.t.item_id` has its description from `raw.t.id`",
        "`mart.t.item` has its description from `raw.t.id`",
    ]
    staged = (
        "      - name: item_id\n        description: Item under review.\n        inherited_from: raw.t.id\n"
    )
    renamed = (
        "      - name: item   # renamed\n        description: Item under review.\n        type: STRING\n"
        "        inherited_from: raw.t.id\n"
    )
    expected = DERIVED.replace("      - name: item_id\n", staged).replace(
        "      - name: item   # renamed\n        type: STRING\n", renamed
    )
    assert (root / "definitions" / "derived.yml").read_text("utf-8") == expected
    assert outdated(root) == []


def test_what_was_written_so_takes_the_unit_too_and_is_not_held_to_be_its_own(root: Path) -> None:
    inherited(root)
    item = open_project(root).catalog.tables["mart.t"].column("item")
    assert item is not None
    assert (item.unit, item.inherited_from) == ("item", "raw.t.id")
    assert inherited(root).made == ()


def test_changed_words_are_a_finding_and_renewed_by_the_next_run(root: Path) -> None:
    inherited(root)
    raw = root / "definitions" / "raw.yml"
    raw.write_text(RAW.replace("Item under review.", "Piece of content."), "utf-8")
    assert outdated(root) == [
        "the description of `stg.t.item_id` is not that of `raw.t.id` any more",
        "the description of `mart.t.item` is not that of `raw.t.id` any more",
    ]
    assert len(inherited(root).made) == 2
    assert outdated(root) == []
    assert "description: Piece of content.\n" in (root / "definitions" / "derived.yml").read_text("utf-8")


def test_words_of_what_is_no_copy_any_more_are_left_and_told(root: Path) -> None:
    inherited(root)
    sql = root / "definitions" / "t.sql"
    sql.write_text(SQL.replace("item_id AS item", "UPPER(item_id) AS item"), "utf-8")
    before = (root / "definitions" / "derived.yml").read_bytes()
    plan = inherited(root)
    assert (root / "definitions" / "derived.yml").read_bytes() == before
    message = "`mart.t.item` is no copy of a described column, but says `inherited_from:`"
    assert [left.message for left in plan.left] == [message]
    assert len(outdated(root)) == 1
