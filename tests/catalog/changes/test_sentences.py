"""Changes are told in sentences, in the words of the project where it has any."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog import DIFF_FORMATS, Alteration, Compared, Versions, compare_versions, open_project

DEFINITIONS = """
teams:
  - {name: ops, label: Operations}
enums:
  - name: area
    values:
      - {value: SPAM, label: Spam}
      - {value: HATE, label: Hate}
tables:
  - name: raw.appeal
    grain: One row per appeal.
    columns:
      - {name: id, type: INT64}
      - {name: area, type: STRING, label: Harm area, enum: area}
      - {name: score, type: INT64}
      - {name: decided_at, type: TIMESTAMP}
      - {name: is_won, type: BOOL}
  - name: raw.moderator
    columns: [{name: id, type: INT64}, {name: site, type: STRING}]
  - name: mart.outcome
    grain: One row per appeal.
    audience: partner
    columns: [{name: id}, {name: grade, description: How sure., unit: points}]
metrics:
  - name: won
    label: Appeals won
    audience: partner
    owner: ops
    source: mart.outcome
    expression: COUNT(id)
    filter: grade > 1
reports:
  - name: weekly
    owner: ops
    metrics: [won]
"""

SQL = """CREATE TABLE mart.outcome AS
SELECT
  a.id,
  CASE WHEN a.score >= 30 THEN 2 ELSE 1 END AS grade
FROM raw.appeal AS a
LEFT JOIN raw.moderator AS m ON m.id = a.id
WHERE a.is_won AND a.score < 90
"""


def project(folder: Path, definitions: str, sql: str) -> Path:
    (folder / "definitions").mkdir(parents=True)
    (folder / "plumbline.yml").write_text("name: Example\n", "utf-8")
    (folder / "definitions" / "all.yml").write_text(definitions, "utf-8")
    (folder / "definitions" / "outcome.sql").write_text(sql, "utf-8")
    return folder


def compared(folder: Path, definitions: str = DEFINITIONS, sql: str = SQL) -> Compared:
    base = open_project(project(folder / "base", DEFINITIONS, SQL))
    return compare_versions(Versions(base, open_project(project(folder / "head", definitions, sql))))


def only(found: Compared) -> Alteration:
    (change,) = found.changes.all
    return change


IN_TABLE = "in `mart.outcome`, line"

SENTENCES = [
    (
        "a.is_won AND",
        "a.is_won AND a.area <> 'SPAM' AND",
        f"appeals with harm area “Spam” are no longer counted (new filter `a.area <> 'SPAM'` {IN_TABLE} 7)",
    ),
    (
        "a.is_won AND",
        "a.is_won AND a.area IN ('SPAM', 'HATE') AND",
        "only appeals with harm area “Hate” or “Spam” are counted "
        f"(new filter `a.area IN ('SPAM', 'HATE')` {IN_TABLE} 7)",
    ),
    (
        "a.is_won AND",
        "a.is_won AND a.decided_at IS NOT NULL AND",
        "appeals without decided at are no longer counted "
        f"(new filter `NOT a.decided_at IS NULL` {IN_TABLE} 7)",
    ),
    (
        " AND a.score < 90",
        "",
        "appeals are counted however high their score (the filter `a.score < 90` is gone in `mart.outcome`)",
    ),
    ("< 90", "< 60", f"the limit in `a.score < 60` goes from 90 to 60 (filter {IN_TABLE} 7)"),
    (
        "a.is_won AND",
        "COALESCE(a.is_won, a.score = 1) AND",
        f"rows are kept only where `COALESCE(a.is_won, a.score = 1)` (new filter {IN_TABLE} 7)",
    ),
    (
        "LEFT JOIN",
        "JOIN",
        "rows without a match in `raw.moderator` are no longer counted "
        f"(the join to `raw.moderator` becomes INNER, was LEFT, {IN_TABLE} 6)",
    ),
    (
        "m.id = a.id",
        "m.id = a.score",
        "rows of `raw.moderator` are matched on `m.id = a.score`, no longer on `m.id = a.id` "
        f"(join {IN_TABLE} 6)",
    ),
    (
        ">= 30",
        ">= 60",
        "the threshold in `grade` goes from 30 to 60: "
        f"`CASE WHEN a.score >= 60 THEN 2 ELSE 1 END` ({IN_TABLE} 4)",
    ),
    ("SELECT\n", "SELECT DISTINCT\n", f"rows that are alike count once ({IN_TABLE} 3)"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), SENTENCES)
def test_a_change_of_sql_is_one_sentence(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    found = compared(tmp_path, sql=SQL.replace(old, new))
    assert sentence in [change.sentence for change in found.changes.all]


def test_a_grouping_is_told_key_by_key(tmp_path: Path) -> None:
    grouped = SQL.replace("a.id,\n", "COUNT(a.id) AS id,\n") + "GROUP BY grade"
    told = [change.sentence for change in compared(tmp_path, sql=grouped).changes.all]
    assert f"rows are grouped by `grade` ({IN_TABLE} 8)" in told


def test_a_unit_is_told_with_both_values(tmp_path: Path) -> None:
    change = only(compared(tmp_path, DEFINITIONS.replace("unit: points", "unit: marks")))
    assert (change.kind, change.subject) == ("type", "mart.outcome.grade")
    assert change.sentence == "the unit of `mart.outcome.grade` is now `marks`, was `points`"


def test_the_filter_of_a_metric_is_told_of_the_metric(tmp_path: Path) -> None:
    change = only(compared(tmp_path, DEFINITIONS.replace("grade > 1", "grade > 2")))
    assert change.sentence == "the limit in `grade > 2` goes from 1 to 2 (filter in the metric `won`)"
    assert change.reach.metrics == ("won",)


def test_a_change_tells_whom_it_reaches(tmp_path: Path) -> None:
    found = compared(tmp_path, sql=SQL.replace("< 90", "< 60"))
    reach = only(found).reach
    assert (reach.metrics, reach.reports, reach.teams) == (("won",), ("weekly",), ("ops",))
    assert reach.partner_pages == ("metric:won", "table:mart.outcome")
    assert [(each.code, each.subject) for each in found.findings] == [("GT003", "metric:won")]


def test_text_tells_metrics_first(tmp_path: Path) -> None:
    text = DIFF_FORMATS["text"](compared(tmp_path, sql=SQL.replace("< 90", "< 60")))
    assert text.startswith("won (Appeals won, seen by partners)\n    the limit in `a.score < 60`")
    assert text.endswith("Changes: 1 model_wide. Metrics whose values may change: 1\n")


def test_nothing_foreign_in_a_comment_is_obeyed(tmp_path: Path) -> None:
    hostile = DEFINITIONS.replace(
        "label: Harm area", 'label: "@team <b>x</b> [a](http://x.y) | ::set-output"'
    )
    sql = SQL.replace("a.is_won AND", "a.is_won AND a.area <> 'SPAM' AND")
    base = open_project(project(tmp_path / "base", hostile, SQL))
    head = open_project(project(tmp_path / "head", hostile, sql))
    text = DIFF_FORMATS["markdown"](compare_versions(Versions(base, head)))
    assert "@team" not in text
    assert "<b>" not in text
    assert "[a](http" not in text
    assert all(line.count(" | ") == 2 for line in text.splitlines() if line.startswith("| model_wide"))


def test_a_secret_in_sql_is_not_told(tmp_path: Path) -> None:
    secret = "ghp_" + "a" * 36
    sql = SQL.replace("a.is_won AND", f"a.is_won AND a.area <> '{secret}' AND")
    found = compared(tmp_path, sql=sql)
    for write in DIFF_FORMATS.values():
        assert secret not in write(found)


def test_a_comment_stays_below_the_length_that_is_taken(tmp_path: Path) -> None:
    columns = "\n".join(f"      - {{name: c{n}, type: INT64}}" for n in range(2_000))
    first = "      - {name: id, type: INT64}\n"
    more = DEFINITIONS.replace(first, f"{first}{columns}\n", 1)
    text = DIFF_FORMATS["markdown"](compared(tmp_path, more))
    assert len(text.encode()) < 65_000
    assert "in the artifact of the run" in text
