"""A definition and SQL that computes it, held together: what agrees, what differs, what is not known."""

from __future__ import annotations

import pytest

from catalog.audience import publishable
from catalog.conformance import Aspect, Held, Verdict
from catalog.model import KINDS, Audience, Definitions, Location, SqlText
from catalog.project import Project, assemble
from catalog.settings import Settings

CASES = {
    "name": "raw.cases",
    "columns": [
        {"name": "decided_at", "type": "TIMESTAMP"},
        {"name": "opened_at", "type": "TIMESTAMP"},
        {"name": "queue", "type": "STRING"},
        {"name": "site", "type": "STRING"},
        {"name": "person", "type": "STRING"},
        {"name": "minutes", "type": "FLOAT64"},
        {"name": "is_late", "type": "BOOL"},
        {"name": "is_test", "type": "BOOL"},
    ],
}
DAY = """
CREATE TABLE mart.day AS
SELECT DATE(decided_at) AS day, queue, COUNT(*) AS decided, COUNTIF(is_late) AS late, SUM(minutes) AS minutes,
  COUNT(DISTINCT person) AS people
FROM raw.cases
WHERE NOT is_test
GROUP BY day, queue
"""
NAMED = """
CREATE VIEW mart.named AS
SELECT c.minutes, q.area FROM raw.cases AS c JOIN raw.queues AS q ON q.queue = c.queue
"""
DAY_COLUMNS = [
    {"name": "day", "type": "DATE"},
    *({"name": name, "type": "INT64"} for name in ("decided", "late", "people")),
    {"name": "queue", "type": "STRING"},
    {"name": "minutes", "type": "FLOAT64"},
]
LATE = {"source": "mart.day", "expression": "SAFE_DIVIDE(SUM(late), SUM(decided))",
        "dimensions": ["queue"], "time_anchor": "day"}  # fmt: skip


def project(metric: dict[str, object], report: str = "") -> Project:
    tables = [
        CASES,
        {"name": "mart.day", "columns": DAY_COLUMNS},
        {"name": "mart.named"},
        {"name": "report.week"},
    ]
    texts = [
        SqlText(DAY, Location("day.sql", 1, 1), "bigquery", "mart.day"),
        SqlText(NAMED, Location("named.sql", 1, 1), "bigquery", "mart.named"),
    ]
    if report:
        text = f"CREATE TABLE report.week AS\n{report}"
        texts.append(SqlText(text, Location("week.sql", 1, 1), "bigquery", "report.week"))
    written = {"name": "late_share", "audience": "partner", **metric}
    return assemble(
        Definitions(
            tables=tuple(KINDS["tables"].model_validate(each) for each in tables),  # type: ignore[misc]
            metrics=(KINDS["metrics"].model_validate(written),),  # type: ignore[arg-type]
            sql=tuple(texts),
        ),
        Settings(dialect="bigquery"),
    )


def held(report: str, **metric: object) -> Held:
    """What became of `report.week.share`, made by that SQL."""
    found = project({**LATE, "computed_by": [{"column": "report.week.share"}], **metric}, report)
    return found.conformance["late_share"][0]


def told(report: str, **metric: object) -> list[tuple[Aspect, str, str]]:
    one = held(report, **metric)
    assert one.verdict is Verdict.DIFFERS, one
    return [(each.aspect, each.sentence, str(each.location)) for each in one.differences]


@pytest.mark.parametrize(
    "report",
    [
        "SELECT queue, SAFE_DIVIDE(SUM(late), SUM(decided)) AS share FROM mart.day GROUP BY queue",
        "SELECT SUM(d.late) / NULLIF(SUM(d.decided), 0) AS share FROM mart.day AS d",
        "SELECT COUNTIF(is_late) / COUNT(*) AS share FROM raw.cases WHERE NOT is_test",
        "SELECT SUM(IF(is_late, 1, 0)) / COUNT(*) AS share FROM raw.cases WHERE NOT is_test GROUP BY queue",
        "WITH w AS (SELECT queue, SUM(late) AS l, SUM(decided) AS n FROM mart.day GROUP BY queue)\n"
        "SELECT SAFE_DIVIDE(w.l, w.n) AS share FROM w WHERE w.n > 10",
        "WITH w AS (SELECT queue, day, SUM(late) AS l, SUM(decided) AS n FROM mart.day GROUP BY queue, day)\n"
        "SELECT queue, SAFE_DIVIDE(SUM(l), SUM(n)) AS share FROM w GROUP BY queue",
        "SELECT SAFE_DIVIDE(late, decided) AS share FROM mart.day",
    ],
    ids=["as written", "another division", "read through the mart", "conditional sum", "handed on",
         "sum of sums", "row by row"],
)  # fmt: skip
def test_sql_that_computes_the_same_matches(report: str) -> None:
    assert held(report).verdict is Verdict.MATCH


def test_a_missing_filter_is_named_with_the_line() -> None:
    sentence = "lacks the filter `NOT cases.is_test` of the definition"
    report = "SELECT COUNTIF(is_late) / COUNT(*) AS share\nFROM raw.cases"
    assert told(report) == [(Aspect.FILTERS, sentence, "week.sql:2:1")]


def test_an_added_filter_is_named_where_it_stands() -> None:
    report = "SELECT SUM(late) / SUM(decided) AS share\nFROM mart.day\nWHERE queue <> 'spam'"
    sentence = "has the filter `day.queue <> 'spam'`, which the definition has not"
    assert told(report) == [(Aspect.FILTERS, sentence, "week.sql:4:1")]


def test_a_changed_filter_is_told_with_both() -> None:
    report = "SELECT SUM(late) / SUM(decided) AS share FROM mart.day WHERE queue = 'b'"
    ((_, sentence, _),) = told(report, filter="queue = 'a'")
    assert sentence == "has the filter `day.queue = 'b'`, the definition the filter `day.queue = 'a'`"


def test_another_column_is_named_with_its_side_of_the_fraction() -> None:
    ((aspect, sentence, _),) = told("SELECT SUM(people) / SUM(decided) AS share FROM mart.day")
    assert aspect is Aspect.COLUMNS
    assert sentence == "has `SUM(day.people)` in the numerator, the definition `SUM(day.late)`"


def test_distinct_counting_is_another_aggregate() -> None:
    ((aspect, sentence, _),) = told(
        "SELECT COUNT(DISTINCT person) AS share FROM raw.cases", source="raw.cases",
        expression="COUNT(person)", dimensions=[], time_anchor=None,
    )  # fmt: skip
    assert aspect is Aspect.AGGREGATES
    assert sentence == "has `COUNT(DISTINCT cases.person)` in its value, the definition `COUNT(cases.person)`"


def test_an_average_of_ratios_is_said_in_those_words() -> None:
    report = (
        "WITH w AS (SELECT queue, SUM(late) / SUM(decided) AS r FROM mart.day GROUP BY queue)\n"
        "SELECT AVG(w.r) AS share FROM w"
    )
    ((aspect, sentence, _),) = told(report)
    assert aspect is Aspect.AGGREGATES
    assert "averages ratios" in sentence


def test_sums_of_distinct_counts_are_told_whatever_else_is_the_same() -> None:
    metric = {"source": "raw.cases", "expression": "COUNT(DISTINCT person)", "filter": "NOT is_test",
              "dimensions": [], "time_anchor": None}  # fmt: skip
    ((_, sentence, _),) = told("SELECT SUM(people) AS share FROM mart.day", **metric)
    assert "counts twice" in sentence


def test_another_kind_of_join_is_told() -> None:
    metric = {"source": "mart.named", "expression": "SUM(minutes)", "dimensions": [], "time_anchor": None}
    report = (
        "SELECT SUM(c.minutes) AS share\nFROM raw.cases AS c\nLEFT JOIN raw.queues AS q ON q.queue = c.queue"
    )
    assert told(report, **metric) == [
        (Aspect.JOINS, "joins `raw.queues` by LEFT JOIN, the definition by INNER JOIN", "week.sql:4:1")
    ]


def test_a_grouping_that_is_no_dimension_is_told() -> None:
    report = (
        "SELECT site, COUNTIF(is_late) / COUNT(*) AS share FROM raw.cases WHERE NOT is_test GROUP BY site"
    )
    ((aspect, sentence, _),) = told(report)
    assert aspect is Aspect.GRAIN
    assert sentence == "groups by `cases.site`, by which the definition is not split"


def test_another_time_anchor_is_told() -> None:
    report = (
        "SELECT DATE_TRUNC(DATE(opened_at), ISOWEEK) AS week, COUNTIF(is_late) / COUNT(*) AS share\n"
        "FROM raw.cases WHERE NOT is_test GROUP BY week"
    )
    ((aspect, sentence, _),) = told(report)
    assert aspect is Aspect.TIME
    assert "the definition places rows by `day`" in sentence


def test_another_time_zone_is_told() -> None:
    report = (
        "SELECT DATE(decided_at, 'Europe/Berlin') AS day, COUNTIF(is_late) / COUNT(*) AS share\n"
        "FROM raw.cases WHERE NOT is_test GROUP BY day"
    )
    sentences = [sentence for _, sentence, _ in told(report, timezone="UTC")]
    assert sentences == ["cuts time in `Europe/Berlin`, the definition in `UTC`"]


def test_a_period_is_held_to_the_one_that_is_said() -> None:
    report = "SELECT DATE_TRUNC(day, MONTH) AS m, SUM(late) / SUM(decided) AS share FROM mart.day GROUP BY m"
    place = {"column": "report.week.share", "grouped_by": ["DATE_TRUNC(day, ISOWEEK)"]}
    ((aspect, sentence, _),) = told(report, computed_by=[place])
    assert aspect is Aspect.TIME
    assert sentence.startswith("groups by `DATE_TRUNC(day.day, MONTH)`")


def test_a_filter_that_is_left_out_on_purpose_is_part_of_the_comparison() -> None:
    report = "SELECT SUM(late) / SUM(decided) AS share FROM mart.day WHERE queue <> 'spam'"
    place = {"column": "report.week.share", "filter": "queue <> 'spam'"}
    assert held(report, computed_by=[place]).verdict is Verdict.MATCH


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        ("", "no SQL of the project fills `report.week`"),
        ("SELECT 1 AS other", "it has no output `share`"),
        ("SELECT MAX(x) AS share FROM elsewhere.t", "they have no table in common that both are made from"),
        ("SELECT late AS share FROM mart.day UNION ALL SELECT 1", "its rows come from several queries"),
        ("WITH RECURSIVE w AS (SELECT 1 AS share) SELECT share FROM w", "a query of WITH reads itself"),
    ],
    ids=["no SQL", "no output", "no table in common", "union", "recursion"],
)  # fmt: skip
def test_what_cannot_be_decided_says_why(report: str, reason: str) -> None:
    one = held(report)
    assert one.verdict is Verdict.CANNOT_DECIDE
    assert reason in one.reason


def test_a_difference_that_is_explained_stays_visible() -> None:
    place = {"column": "report.week.share", "differs_because": "Spam is counted elsewhere."}
    one = held("SELECT SUM(people) / SUM(decided) AS share FROM mart.day", computed_by=[place])
    assert (one.verdict, one.excused) == (Verdict.DIFFERS, "Spam is counted elsewhere.")


def test_partners_get_the_verdict_and_no_word_of_the_sql() -> None:
    found = project({**LATE, "computed_by": [{"column": "report.week.share"}]},
                    "SELECT SUM(people) / SUM(decided) AS share FROM mart.day")  # fmt: skip
    cut = publishable(found, Audience.PARTNER)
    assert cut.conformance == {"late_share": (Held("", Verdict.DIFFERS, Location("")),)}
    assert cut.catalog.metrics["late_share"].computed_by == ()


def test_a_query_of_with_is_compared_by_itself() -> None:
    sql = (
        "WITH w AS (SELECT SUM(late) / SUM(decided) AS r FROM mart.day), x AS (SELECT 1 AS y) SELECT y FROM x"
    )
    found = project({**LATE, "computed_by": [{"sql": sql, "column": "w.r"}]})
    assert found.conformance["late_share"][0].verdict is Verdict.MATCH


@pytest.mark.parametrize(
    ("expression", "report", "required", "verdict"),
    [
        ("SUM(first) + SUM(second)", "SUM(first + second)", True, "match"),
        ("SUM(first) - SUM(second)", "SUM(first - second)", True, "match"),
        ("SUM(first) + SUM(second)", "SUM(first + second)", False, "cannot_decide"),
        ("SUM(first) + SUM(second)", "SUM(COALESCE(first, 0) + COALESCE(second, 0))", False, "differs"),
        ("SUM(first) * 60", "SUM(60 * first)", False, "match"),
        ("SUM(first) * 60", "SUM(61 * first)", False, "differs"),
        ("COUNT(*)", "COUNT(first)", True, "match"),
        ("COUNT(*)", "COUNT(first)", False, "differs"),
        ("SUM(first)", "SUM(first + second)", True, "differs"),
    ],
)
def test_sums_are_split_only_where_no_null_can_tell_the_difference(
    expression: str, report: str, required: bool, verdict: str
) -> None:
    table = {"name": "raw.pair", "columns": [{"name": name, "type": "INT64", "required": required}
                                             for name in ("first", "second")]}  # fmt: skip
    metric = {"name": "m", "source": "raw.pair", "expression": expression,
              "computed_by": [{"sql": f"SELECT {report} AS v FROM raw.pair", "column": "v"}]}  # fmt: skip
    found = assemble(
        Definitions(
            tables=(KINDS["tables"].model_validate(table),),  # type: ignore[arg-type]
            metrics=(KINDS["metrics"].model_validate(metric),),  # type: ignore[arg-type]
        ),
        Settings(dialect="bigquery"),
    )
    assert found.conformance["m"][0].verdict.value == verdict


def test_a_left_join_makes_what_is_never_null_null() -> None:
    columns = [{"name": name, "type": "INT64", "required": True} for name in ("k", "n", "o")]
    tables = [
        {"name": "raw.a", "columns": columns[:1]},
        {"name": "raw.b", "columns": columns},
        {"name": "mart.j"},
    ]
    read = "FROM raw.a AS a LEFT JOIN raw.b AS b ON b.k = a.k"
    joined = f"CREATE VIEW mart.j AS SELECT b.n, b.o {read}"
    place = {"sql": f"SELECT SUM(b.n + b.o) AS v {read}", "column": "v"}
    metric = {
        "name": "m",
        "source": "mart.j",
        "expression": "SUM(n) + SUM(o)",
        "computed_by": [place],
    }
    found = assemble(
        Definitions(
            tables=tuple(KINDS["tables"].model_validate(each) for each in tables),  # type: ignore[misc]
            metrics=(KINDS["metrics"].model_validate(metric),),  # type: ignore[arg-type]
            sql=(SqlText(joined, Location("j.sql", 1, 1), "bigquery", "mart.j"),),
        ),
        Settings(dialect="bigquery"),
    )
    assert found.conformance["m"][0].verdict is Verdict.CANNOT_DECIDE


JOB = '''
def run(client):
    client.query("SELECT 1 AS share FROM raw.cases")
    client.query("""
        CREATE OR REPLACE TABLE report.week AS
        SELECT SUM({}) / SUM(decided) AS share
        FROM mart.day
    """)
'''


@pytest.mark.parametrize(
    ("column", "expected", "line"),
    [("late", Verdict.MATCH, 0), ("people", Verdict.DIFFERS, 6)],
)
def test_sql_in_a_python_text_is_compared_at_its_own_lines(column: str, expected: Verdict, line: int) -> None:
    tables = [CASES, {"name": "mart.day", "columns": DAY_COLUMNS}, {"name": "report.week"}]
    metric = {"name": "m", **LATE, "computed_by": [{"column": "report.week.share"}]}
    found = assemble(
        Definitions(
            tables=tuple(KINDS["tables"].model_validate(each) for each in tables),  # type: ignore[misc]
            metrics=(KINDS["metrics"].model_validate(metric),),  # type: ignore[arg-type]
            sql=(
                SqlText(DAY, Location("day.sql", 1, 1), "bigquery", "mart.day"),
                SqlText(JOB.format(column), Location("week.py", 1, 1), "bigquery"),
            ),
        ),
        Settings(dialect="bigquery"),
    )
    (one,) = found.conformance["m"]
    assert one.verdict is expected, one
    assert [each.location.line for each in one.differences] == ([line] if line else [])


def test_sql_that_python_puts_together_is_not_judged() -> None:
    sql = 'f"CREATE TABLE report.week AS SELECT SUM({c}) AS share FROM mart.day"'
    job = f"def run(client, c):\n    client.query({sql})\n"
    metric = {"name": "m", **LATE, "computed_by": [{"column": "report.week.share"}]}
    found = assemble(
        Definitions(
            tables=(KINDS["tables"].model_validate({"name": "mart.day", "columns": DAY_COLUMNS}),),  # type: ignore[arg-type]
            metrics=(KINDS["metrics"].model_validate(metric),),  # type: ignore[arg-type]
            sql=(SqlText(job, Location("week.py", 1, 1), "bigquery"),),
        ),
        Settings(dialect="bigquery"),
    )
    (one,) = found.conformance["m"]
    assert (one.verdict, one.reason) == (
        Verdict.CANNOT_DECIDE,
        "a part of the SQL is put together when Python runs",
    )
