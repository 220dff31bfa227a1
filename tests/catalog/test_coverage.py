"""What counts as described, owned and traced, against what definitions and SQL know of."""

from pathlib import Path

import pytest

from catalog import Coverage, Lack, coverage_of, open_project

DEFINITIONS = """
tables:
  - name: ops.queue
    layer: source
    owner: ops
    description: Work that waits.
    columns:
      - {name: item_id, description: What to look at.}
      - {name: opened_at}
  - name: ops.by_day
    layer: mart
    columns:
      - {name: day, description: Day on which the item came in.}
    sql: |
      SELECT DATE(opened_at) AS day, COUNT(*) AS items, MAX(t.note) AS note
      FROM ops.queue LEFT JOIN ops.notes AS t USING (item_id)
      GROUP BY day
metrics:
  - {name: items, owner: ops, source: ops.by_day, expression: SUM(items)}
reports:
  - {name: board, description: Numbers for the meeting., metrics: [items]}
"""


@pytest.fixture
def coverage(tmp_path: Path) -> Coverage:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "definitions" / "all.yml").write_text(DEFINITIONS)
    (tmp_path / "plumbline.yml").write_text("name: Example\n")
    return coverage_of(open_project(tmp_path))


def shares(found: object) -> dict[str, tuple[int, int]]:
    return {share.kind: (share.covered, share.total) for share in found}  # type: ignore[attr-defined]


def test_what_sql_alone_knows_counts_as_not_described(coverage: Coverage) -> None:
    assert shares(coverage.described) == {
        "tables": (1, 3),
        "columns": (2, 5),
        "metrics": (0, 1),
        "reports": (1, 1),
    }


def test_what_sql_alone_knows_has_no_owner(coverage: Coverage) -> None:
    assert shares(coverage.owned) == {"tables": (1, 3), "metrics": (1, 1), "reports": (0, 1)}


def test_a_generated_column_is_traced_as_well_as_one_with_a_source(coverage: Coverage) -> None:
    assert (coverage.traced.covered, coverage.traced.total) == (3, 3)


def test_layers_keep_their_order_and_things_without_one_come_last(coverage: Coverage) -> None:
    assert [group.name for group in coverage.by_layer] == ["source", "mart", ""]
    assert shares(coverage.by_layer[0].described) == {"tables": (1, 1), "columns": (1, 2)}


def test_owners_stand_by_name_and_things_without_one_come_first(coverage: Coverage) -> None:
    assert [group.name for group in coverage.by_owner] == ["", "ops"]
    assert shares(coverage.by_owner[1].described) == {
        "tables": (1, 1),
        "columns": (1, 2),
        "metrics": (0, 1),
    }


def test_the_worklist_names_all_that_is_left_to_write(coverage: Coverage) -> None:
    def item(lack: Lack) -> tuple[str, str, int | None]:
        return lack.subject, lack.lacks, lack.location and lack.location.line

    assert [item(lack) for lack in coverage.worklist] == [
        ("ops.by_day.items", "entry", None),
        ("ops.by_day.note", "entry", None),
        ("report:board", "owner", 21),
        ("ops.by_day", "description", 10),
        ("ops.by_day", "owner", 10),
        ("ops.notes", "entry", None),
        ("ops.queue.opened_at", "description", 9),
        ("metric:items", "description", 19),
    ]


def test_nothing_to_cover_is_wholly_covered(tmp_path: Path) -> None:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text("name: Example\n")
    assert [share.percent for share in coverage_of(open_project(tmp_path)).described] == [100] * 4
