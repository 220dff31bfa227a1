"""Sources of a fraction, made from tables of the example: dated by one event, or by two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog import Project, Verdict
from catalog.model import KINDS, Definitions, Location, SqlText
from catalog.project import assemble
from catalog.timing import TimeAspect

UNION = """
WITH flow AS (
  SELECT DATE({one}) AS day, 1 AS above, 0 AS below FROM {table}
  UNION ALL SELECT DATE({other}), 0, 1 FROM {table}
) SELECT day, SUM(above) AS above, SUM(below) AS below FROM flow GROUP BY day
"""
JOIN = """
WITH first AS (SELECT DATE({one}) AS day, COUNT(*) AS above FROM {table} GROUP BY day),
  second AS (SELECT DATE({other}) AS day, COUNT(*) AS below FROM {table} GROUP BY day)
SELECT f.day, f.above, s.below FROM first AS f LEFT JOIN second AS s ON s.day = f.day
"""
SPINE = """
WITH spine AS (SELECT day FROM UNNEST(GENERATE_DATE_ARRAY('2026-01-01', @run_date)) AS day),
  flow AS (
    SELECT DATE({one}) AS day, COUNT(*) AS above, CAST(0 AS INT64) AS below FROM {table} GROUP BY day
    UNION ALL SELECT DATE({other}), 0, COUNT(*) FROM {table} GROUP BY 1
  )
SELECT s.day, COALESCE(SUM(f.above), 0) AS above, COALESCE(SUM(f.below), 0) AS below
FROM spine AS s LEFT JOIN flow AS f ON f.day = s.day GROUP BY s.day
"""
WEEKS = """
WITH dated AS (SELECT t.*, DATE_TRUNC(DATE(t.{one}), ISOWEEK) AS day FROM {table} AS t),
  counted AS (SELECT day, COUNT(*) AS above, COUNTIF({other} IS NOT NULL) AS below FROM dated GROUP BY day)
SELECT * FROM counted
"""
SHAPES = {"union": UNION, "join": JOIN, "spine": SPINE}
WAITS = """
SELECT DATE({one}) AS day,
  COUNTIF(DATE({one}) <= DATE_SUB(@run_date, INTERVAL {days} DAY)) AS above,
  COUNTIF(DATE_DIFF(@run_date, DATE({one}), DAY) >= {other_days}) AS below
FROM {table} GROUP BY day
"""


@dataclass(frozen=True)
class TimedSource:
    """SQL that fills the source of a fraction, what it is, and what is to be told of it."""

    kind: str
    sql: str
    aspect: TimeAspect
    expected: Verdict
    matures_after: str | None = None


def timed_sources(project: Project) -> Iterator[TimedSource]:
    """Of each table with two timestamps: fractions of one event and of two, that wait as said or not."""
    for name, table in project.catalog.tables.items():
        times = [
            column.name for column in table.columns if column.type == "TIMESTAMP" and "." not in column.name
        ]
        if len(times) > 1:
            yield from _of(name, times[0], times[1])


def _of(table: str, one: str, other: str) -> Iterator[TimedSource]:
    for kind, shape in SHAPES.items():
        for second, expected in ((other, Verdict.DIFFERS), (one, Verdict.MATCH)):
            sql = shape.format(table=table, one=one, other=second)
            yield TimedSource(f"{kind}, {expected}", sql, TimeAspect.PARTS, expected)
    sql = WEEKS.format(table=table, one=one, other=other)
    yield TimedSource("one event in weeks", sql, TimeAspect.PARTS, Verdict.MATCH)
    for days, other_days, said, expected in (
        (28, 28, "P28D", Verdict.MATCH),
        (28, 28, "P4W", Verdict.MATCH),
        (27, 27, "P28D", Verdict.DIFFERS),
        (28, 7, "P28D", Verdict.DIFFERS),
    ):
        sql = WAITS.format(table=table, one=one, days=days, other_days=other_days)
        yield TimedSource(
            f"waits {days} and {other_days} days, {said}", sql, TimeAspect.MATURITY, expected, said
        )


def told(project: Project, source: TimedSource) -> Verdict | None:
    """What is told of a fraction over that source; None where nothing is."""
    metric = KINDS["metrics"].model_validate(
        {
            "name": "m", "source": "mart.timed", "time_anchor": "day", "matures_after": source.matures_after,
            "numerator": {"expression": "SUM(above)"}, "denominator": {"expression": "SUM(below)"},
        }
    )  # fmt: skip
    text = SqlText(
        f"CREATE TABLE mart.timed AS {source.sql}", Location("timed.sql", 1, 1), "bigquery", "mart.timed"
    )
    tables = [each for each in project.catalog.tables.values() if each.name in source.sql]
    tables.append(KINDS["tables"].model_validate({"name": "mart.timed"}))  # type: ignore[arg-type]
    made = assemble(Definitions(tables=tuple(tables), metrics=(metric,), sql=(text,)), project.settings)  # type: ignore[arg-type]
    held = made.times["m"].held
    return next((each.verdict for each in held if each.aspect is source.aspect), None)
