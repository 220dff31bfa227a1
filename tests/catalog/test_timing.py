"""What metrics say of time, held to the SQL: what dates rows, when a value is final, how late rows come."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.audience import publishable
from catalog.conformance import Verdict
from catalog.model import KINDS, Audience, Definitions, Location, SqlText
from catalog.project import Project, assemble
from catalog.settings import Settings
from catalog.timing import MetricTime, TimeAspect

CASES = {
    "name": "raw.case",
    "columns": [
        {"name": "opened_at", "type": "TIMESTAMP"},
        {"name": "decided_at", "type": "TIMESTAMP"},
        {"name": "is_late", "type": "BOOL"},
    ],
}
BY_EVENT = """
WITH flow AS (
  SELECT DATE(opened_at) AS day, 1 AS opened, 0 AS decided, 0 AS late FROM raw.case
  UNION ALL
  SELECT DATE(decided_at), 0, 1, IF(is_late, 1, 0) FROM raw.case WHERE decided_at IS NOT NULL
), spine AS (
  SELECT day FROM UNNEST(GENERATE_DATE_ARRAY('2026-01-01', @run_date)) AS day
)
SELECT s.day, SUM(COALESCE(f.opened, 0)) AS opened, SUM(f.decided) AS decided, SUM(f.late) AS late
FROM spine AS s LEFT JOIN flow AS f ON f.day = s.day GROUP BY s.day
"""
RATIO = {"source": "mart.day", "time_anchor": "day", "type": "ratio"}


def project(metric: dict[str, Any], sql: str = BY_EVENT) -> Project:
    """A project of one metric, whose source that SQL fills."""
    made = f"CREATE TABLE mart.day AS\n{sql}"
    return assemble(
        Definitions(
            tables=tuple(KINDS["tables"].model_validate(each) for each in (CASES, {"name": "mart.day"})),  # type: ignore[misc]
            metrics=(KINDS["metrics"].model_validate({"name": "m", "audience": "partner", **metric}),),  # type: ignore[arg-type]
            sql=(SqlText(made, Location("day.sql", 1, 1), "bigquery", "mart.day"),),
        ),
        Settings(dialect="bigquery"),
    )


def told(aspect: TimeAspect, metric: dict[str, Any], sql: str = BY_EVENT) -> tuple[str, str]:
    """Verdict and sentence on one aspect."""
    (held,) = (each for each in project(metric, sql).times["m"].held if each.aspect is aspect)
    return held.verdict.value, held.sentence


def ratio(above: str, below: str, **more: str) -> dict[str, Any]:
    dated = {part: {"dated_by": by} for part, by in more.items()}
    return RATIO | {
        "numerator": {"expression": above} | dated.get("numerator", {}),
        "denominator": {"expression": below} | dated.get("denominator", {}),
    }


def test_two_events_above_and_below_the_line_are_found_behind_a_union_and_a_join() -> None:
    assert told(TimeAspect.PARTS, ratio("SUM(opened)", "SUM(decided)")) == (
        "differs",
        "the numerator is dated by `raw.case.opened_at`, the denominator by `raw.case.decided_at`",
    )


def test_one_event_above_and_below_the_line_is_as_it_should_be() -> None:
    assert told(TimeAspect.PARTS, ratio("SUM(late)", "SUM(decided)")) == (
        "match",
        "numerator and denominator are dated by `raw.case.decided_at`",
    )


def test_two_events_may_be_meant_if_it_says_so_and_says_it_right() -> None:
    opened, decided = "raw.case.opened_at", "raw.case.decided_at"
    parts = ("SUM(opened)", "SUM(decided)")
    meant = ratio(*parts, numerator=opened, denominator=decided)
    assert told(TimeAspect.PARTS, meant)[0] == "match"
    assert project(meant).times["m"].has_two_dates
    assert told(TimeAspect.PARTS, ratio(*parts, numerator=decided, denominator=opened))[0] == "differs"


def test_rows_dated_by_several_columns_at_once_are_not_judged() -> None:
    verdict, reason = told(TimeAspect.PARTS, ratio("SUM(opened) - SUM(decided)", "SUM(decided)"))
    assert verdict == "cannot_decide"
    assert "several columns" in reason


def test_an_anchor_that_is_the_day_of_the_run_is_none() -> None:
    sql = "SELECT CURRENT_DATE() AS day, COUNT(*) AS decided FROM raw.case"
    metric = {"source": "mart.day", "time_anchor": "day", "expression": "SUM(decided)"}
    assert told(TimeAspect.ANCHOR, metric, sql)[0] == "differs"


WAITS = """
SELECT DATE_TRUNC(DATE(opened_at), ISOWEEK) AS day, COUNT(*) AS opened,
  COUNTIF({}) AS final FROM raw.case WHERE opened_at >= TIMESTAMP_SUB(@run, INTERVAL 400 DAY) GROUP BY day
"""


@pytest.mark.parametrize(
    ("condition", "matures_after", "expected"),
    [
        ("DATE_DIFF(@run_date, DATE(opened_at), DAY) >= 28", "P28D", "match"),
        ("DATE_DIFF(@run_date, DATE(opened_at), DAY) >= 28", "P4W", "match"),
        ("DATE(opened_at) <= DATE_SUB(CURRENT_DATE(), INTERVAL 4 WEEK)", "P28D", "match"),
        ("DATE(opened_at) < CURRENT_DATE() - 7", "P28D", "differs"),
        ("TIMESTAMP_ADD(opened_at, INTERVAL 72 HOUR) <= CURRENT_TIMESTAMP()", "P3D", "match"),
        ("NOT DATE(opened_at) < CURRENT_DATE() - 7", "P28D", "cannot_decide"),
        ("is_late", "P28D", "cannot_decide"),
    ],
)
def test_the_time_that_the_sql_waits_is_held_to_the_definition(
    condition: str, matures_after: str, expected: str
) -> None:
    metric = RATIO | {"expression": "SUM(final)", "type": "simple", "matures_after": matures_after}
    assert told(TimeAspect.MATURITY, metric, WAITS.format(condition))[0] == expected


def test_a_numerator_that_waits_and_a_denominator_that_does_not_are_told() -> None:
    sql = WAITS.format("DATE(opened_at) <= CURRENT_DATE() - 28")
    assert told(TimeAspect.MATURITY, ratio("SUM(final)", "SUM(opened)"), sql) == (
        "differs",
        "the numerator waits 28 days for a row to be final, the denominator no time",
    )


@pytest.mark.parametrize(
    ("late_data", "matures_after", "expected"),
    [("P3D", "P28D", "match"), ("P3D", "P1D", "differs"), ("P500D", "P600D", "differs")],
    ids=["in time", "final before they come", "older than what is read"],
)
def test_late_rows_must_come_before_a_value_is_final_and_be_read(
    late_data: str, matures_after: str, expected: str
) -> None:
    metric = RATIO | {"expression": "SUM(opened)", "late_data": late_data, "matures_after": matures_after}
    assert told(TimeAspect.LATE_DATA, metric, WAITS.format("is_late"))[0] == expected


def test_days_cut_in_another_time_zone_are_told() -> None:
    sql = "SELECT DATE(opened_at, 'Europe/Berlin') AS day, COUNT(*) AS n FROM raw.case GROUP BY day"
    metric = {"source": "mart.day", "time_anchor": "day", "expression": "SUM(n)", "timezone": "UTC"}
    assert told(TimeAspect.ZONE, metric, sql) == (
        "differs",
        "time is cut in `Europe/Berlin`, the definition says `UTC`",
    )


def test_partners_learn_the_period_and_that_there_are_two_dates_and_no_more() -> None:
    cut = publishable(project(ratio("SUM(opened)", "SUM(decided)")), Audience.PARTNER)
    assert cut.times == {"m": MetricTime("day", has_two_dates=True)}


def test_sql_that_cannot_be_read_is_said_and_is_no_finding() -> None:
    metric = {"source": "mart.day", "time_anchor": "day", "expression": "SUM(n"}
    found = project(metric).times["m"]
    assert {each.verdict for each in found.held} == {Verdict.CANNOT_DECIDE}
