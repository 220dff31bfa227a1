"""Whatever rests on one fault, it is told once; and what is no fault is not told."""

import datetime
from pathlib import Path

import pytest

from catalog import CHECKS, open_project, run_checks

TODAY = datetime.date(2026, 11, 20)
TEAM = "teams:\n  - {name: ops, label: Operations}\n"
QUEUE = """
tables:
  - name: ops.queue
    owner: ops
    description: Work that waits for a reviewer.
    columns:
      - {name: item_id, type: STRING, description: What to look at.}
      - {name: opened_at, type: TIMESTAMP, description: When it came in.}
      - {name: reviewer, type: STRING, audience: restricted, description: Who took it.}
"""
TAKEN = """
tables:
  - name: ops.taken
    owner: ops
    description: Work that someone has taken.
    columns: [{name: who, description: Person at work.}]
    sql: |
      SELECT reviewer AS who FROM ops.queue
"""
REPORT = "reports:\n  - name: board\n    owner: ops\n    summary: Told.\n"


def by_day(sql: str, *columns: str, more: str = "") -> str:
    """The entry of a table that the SQL makes."""
    listed = "".join(
        f"      - {{name: {name}, label: In words, description: Told well.}}\n" for name in columns
    )
    return (
        f"tables:\n  - name: ops.by_day\n    label: By day\n    owner: ops\n    description: Counted up.\n"
        f"    sql: by_day.sql\n{more}    columns:\n{listed}" + f"---SQL---\n{sql}"
    )


def metric(name: str, expression: str, source: str = "ops.queue", more: str = "") -> str:
    return (
        f"metrics:\n  - name: {name}\n    owner: ops\n    summary: Told well.\n    source: {source}\n"
        f"    expression: {expression}\n{more}"
    )


def found(folder: Path, *texts: str, dialect: str = "bigquery") -> list[tuple[str, str]]:
    """Code and subject of what the checks find in these files."""
    (folder / "definitions").mkdir(parents=True)
    (folder / "plumbline.yml").write_text(f"name: Example\ndialect: {dialect}\n")
    for number, text in enumerate((TEAM, *texts)):
        yaml, _, sql = text.partition("---SQL---\n")
        (folder / "definitions" / f"f{number}.yml").write_text(yaml)
        if sql:
            (folder / "definitions" / "by_day.sql").write_text(sql)
    findings = run_checks(open_project(folder), CHECKS, today=TODAY)
    return [(finding.code, finding.subject) for finding in findings]


def test_a_column_missing_to_sql_metrics_and_reports_is_told_once(tmp_path: Path) -> None:
    report = REPORT + "    fields: [{name: A, column: ops.queue.size}]\n"
    assert found(
        tmp_path,
        QUEUE,
        by_day("SELECT SUM(size) AS total, MAX(size) AS most FROM ops.queue", "total", "most"),
        metric("one", "SUM(size)", more="    dimensions: [size]\n"),
        metric("two", "AVG(size)"),
        report,
    ) == [("CL006", "ops.queue.size")]


def test_a_table_without_an_entry_has_its_remedy_beside_the_guess(tmp_path: Path) -> None:
    made = by_day("SELECT item_id FROM ops.queues", "item_id")
    found(tmp_path, QUEUE, made)
    findings = run_checks(open_project(tmp_path), CHECKS, today=TODAY)
    assert [finding.hint for finding in findings] == [
        "Add it under `tables:` with `name: ops.queues`, or did you mean `ops.queue`?"
    ]


def test_an_unknown_dialect_is_told_once_for_all_sql_and_metrics(tmp_path: Path) -> None:
    made = by_day("SELECT DATE(opened_at) AS day FROM ops.queue", "day")
    texts = [QUEUE, made, metric("one", "COUNT(item_id)"), metric("two", "MAX(size)")]
    assert found(tmp_path, *texts, dialect="snowflak") == [("LN005", "dialect")]
    assert found(tmp_path / "floor", *texts, dialect="snowflak\nmin_completeness: 90") == [
        ("LN005", "dialect")
    ]


def test_a_column_missing_to_two_metrics_is_told_once(tmp_path: Path) -> None:
    one = metric("one", "SUM(size)", more="    dimensions: [size]\n    filter: size > 1\n")
    assert found(tmp_path, QUEUE, one, metric("two", "AVG(size)")) == [("MT001", "ops.queue.size")]


def test_an_undocumented_column_that_others_read_is_told_once(tmp_path: Path) -> None:
    made = by_day("SELECT DATE(opened_at) AS day, COUNT(*) AS items FROM ops.queue GROUP BY day", "day")
    assert found(
        tmp_path, QUEUE, made, metric("one", "SUM(items)", "ops.by_day", "    dimensions: [items]\n")
    ) == [("CL004", "ops.by_day.items")]


def test_an_unknown_table_is_told_once_however_it_is_used(tmp_path: Path) -> None:
    sql = "SELECT q.*, extra, n.more FROM ops.queue AS q JOIN ops.notes AS n ON n.id = q.item_id"
    made = by_day(sql, "item_id", "opened_at", "reviewer", "extra", "more")
    assert found(tmp_path, QUEUE, made, metric("one", "SUM(x)", "ops.notes", "    dimensions: [y]\n")) == [
        ("TB001", "ops.notes")
    ]


def test_a_star_over_an_unknown_table_hides_columns_and_is_told_once(tmp_path: Path) -> None:
    assert found(tmp_path, by_day("SELECT * FROM ops.notes", "day")) == [("TB001", "ops.notes")]


def test_an_unknown_source_brings_nothing_else_of_the_metric(tmp_path: Path) -> None:
    one = metric(
        "one", "SUM(x)", "ops.queues", "    dimensions: [y]\n    time_anchor: z\n    filter: w > 1\n"
    )
    assert found(tmp_path, QUEUE, one) == [("LN001", "ops.queues")]


def test_a_metric_missing_to_a_report_and_a_metric_is_told_once(tmp_path: Path) -> None:
    one = metric("one", "COUNT(*)", more="    related_metrics: [{name: gone}]\n")
    report = REPORT + "    metrics: [gone]\n    fields: [{name: A, metric: gone}]\n"
    assert found(tmp_path, QUEUE, one, report) == [("RP001", "metric:gone")]


def test_a_ratio_of_nothing_is_told_once(tmp_path: Path) -> None:
    rate = "metrics:\n  - {name: rate, owner: ops, summary: Told., type: ratio, source: ops.queue}\n"
    assert found(tmp_path, QUEUE, rate) == [("MT002", "metric:rate")]


def test_a_broken_filter_of_a_ratio_is_told_once(tmp_path: Path) -> None:
    parts = "".join(f"    {part}: {{expression: COUNT(*)}}\n" for part in ("numerator", "denominator"))
    rate = (
        "metrics:\n  - name: rate\n    owner: ops\n    summary: Told.\n    type: ratio\n"
        "    source: ops.queue\n"
        f"{parts}    filter: item_id ==== 'a'\n"
    )
    assert found(tmp_path, QUEUE, rate) == [("MT007", "metric:rate")]


def test_a_misspelt_column_handed_on_under_its_name_is_told_once(tmp_path: Path) -> None:
    assert found(tmp_path, QUEUE, by_day("SELECT item_idd FROM ops.queue", "item_id")) == [
        ("CL006", "ops.queue.item_idd")
    ]


def test_a_column_read_in_vain_is_not_told_as_undocumented_too(tmp_path: Path) -> None:
    assert found(tmp_path, QUEUE, by_day("SELECT item_id, size FROM ops.queue", "item_id")) == [
        ("CL006", "ops.queue.size")
    ]


def test_columns_that_an_unread_star_may_hold_are_not_told_as_missing(tmp_path: Path) -> None:
    made = by_day("SELECT q.item_id, n.* FROM ops.queue AS q CROSS JOIN ops.notes AS n", "item_id", "note")
    assert found(tmp_path, QUEUE, made) == [("TB001", "ops.notes")]


def test_a_team_missing_to_all_is_told_once(tmp_path: Path) -> None:
    texts = [QUEUE, metric("one", "COUNT(*)")]
    misspelt = [text.replace("owner: ops", "owner: opz") for text in texts]
    assert found(tmp_path, *misspelt) == [("GV004", "team:opz")]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TEMP TABLE step AS SELECT item_id FROM ops.queue;\n"
        "CREATE TABLE ops.by_day AS SELECT item_id FROM step;",
        "INSERT INTO ops.by_day (item_id) SELECT item_id FROM ops.queue",
        "WITH step AS (SELECT item_id FROM ops.queue) SELECT item_id FROM step",
        "MERGE ops.by_day AS t USING ops.queue AS s ON t.item_id = s.item_id\n"
        "WHEN NOT MATCHED THEN INSERT (item_id) VALUES (s.item_id)",
        "SELECT table_name AS item_id FROM ops.INFORMATION_SCHEMA.TABLES",
        "SELECT ITEM_ID FROM `ops.queue`",
        "DROP TABLE IF EXISTS ops.by_day; CREATE TABLE ops.by_day AS SELECT item_id FROM ops.queue",
        "CREATE VIEW ops.by_day AS SELECT * EXCEPT (opened_at, reviewer) FROM ops.queue",
    ],
)
def test_sound_sql_brings_nothing(tmp_path: Path, sql: str) -> None:
    assert found(tmp_path, QUEUE, by_day(sql, "item_id")) == []


def test_an_update_alone_need_not_touch_every_column(tmp_path: Path) -> None:
    made = by_day("UPDATE ops.by_day SET item_id = 'none' WHERE item_id IS NULL", "item_id", "opened_at")
    assert found(tmp_path, QUEUE, made) == []


@pytest.mark.parametrize(
    ("sql", "is_secret"),
    [
        ("SELECT reviewer AS day FROM ops.queue", True),
        ("SELECT UPPER(TRIM(reviewer)) AS day FROM ops.queue", True),
        ("WITH a AS (SELECT reviewer AS b FROM ops.queue) SELECT b AS day FROM a", True),
        ("SELECT COUNT(DISTINCT reviewer) AS day FROM ops.queue", False),
        ("SELECT SHA256(reviewer) AS day FROM ops.queue", False),
        ("SELECT item_id AS day FROM ops.queue WHERE reviewer IS NOT NULL", False),
    ],
)
def test_a_partner_column_may_not_carry_a_restricted_one(tmp_path: Path, sql: str, is_secret: bool) -> None:
    expected = [("AU001", "ops.by_day.day")] if is_secret else []
    assert found(tmp_path, QUEUE, by_day(sql, "day", more="    audience: partner\n")) == expected


@pytest.mark.parametrize(
    ("sql", "is_secret"),
    [
        ("SELECT reviewer AS day FROM ops.queue", True),
        ("WITH a AS (SELECT reviewer AS b FROM ops.queue) SELECT b AS day FROM a", True),
        ("SELECT LENGTH(reviewer) AS day FROM ops.queue", False),
    ],
)
def test_a_column_can_be_declared_fit_for_partners_unless_it_is_a_copy(
    tmp_path: Path, sql: str, is_secret: bool
) -> None:
    made = by_day(sql, "day").replace("label: In words", "label: In words, audience: partner")
    made = made.replace("    sql: by_day", "    audience: partner\n    sql: by_day")
    assert found(tmp_path, QUEUE, made) == ([("AU001", "ops.by_day.day")] if is_secret else [])


def test_a_restricted_column_is_found_through_tables_between(tmp_path: Path) -> None:
    made = by_day("SELECT who AS day FROM ops.taken", "day", more="    audience: partner\n")
    assert found(tmp_path, QUEUE, TAKEN, made) == [("AU001", "ops.by_day.day")]


def test_a_column_that_says_partner_answers_for_what_is_made_of_it(tmp_path: Path) -> None:
    made = by_day("SELECT who AS day FROM ops.taken", "day", more="    audience: partner\n")
    assert "name: who," in TAKEN
    open_taken = TAKEN.replace("name: who,", "name: who, audience: partner,")
    assert found(tmp_path, QUEUE, open_taken, made) == []


def test_a_documented_field_of_a_struct_is_produced_with_the_struct(tmp_path: Path) -> None:
    made = by_day("SELECT STRUCT(item_id AS id, 1 AS n) AS item FROM ops.queue", "item", "item.id")
    assert found(tmp_path, QUEUE, made) == []


def test_a_table_without_a_promise_hands_on_that_of_its_sources(tmp_path: Path) -> None:
    source = QUEUE.replace("    columns:", "    freshness: P2D\n    columns:")
    made = by_day("SELECT who AS day FROM ops.taken", "day", more="    freshness: P1D\n")
    assert found(tmp_path, source, TAKEN, made) == [("TB004", "ops.by_day")]


def test_nearest_promise_upstream_counts_and_not_the_ones_behind_it(tmp_path: Path) -> None:
    source = QUEUE.replace("    columns:", "    freshness: P2D\n    columns:")
    between = TAKEN.replace("    columns:", "    freshness: P1D\n    columns:")
    made = by_day("SELECT who AS day FROM ops.taken", "day", more="    freshness: P1D\n")
    assert found(tmp_path, source, between, made) == [("TB004", "ops.taken")]
