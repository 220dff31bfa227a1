import datetime
from collections.abc import Sequence

import pytest

from catalog.audience import publishable
from catalog.examples import RunExample, agrees
from catalog.executing import Ending, Scalar
from catalog.model import KINDS, Audience, Definitions
from catalog.project import Project, assemble
from catalog.settings import Settings

COLUMNS = [
    {"name": "day", "type": "DATE", "label": "Day"},
    {"name": "done", "type": "INT64", "label": "Done"},
    {"name": "due", "type": "INT64", "label": "Due"},
    {"name": "is_total", "type": "BOOL", "label": "Is a total"},
    {"name": "rule", "type": "STRING", "audience": "internal"},
]


def project(metric: dict[str, object], dialect: str = "bigquery") -> Project:
    table = {"name": "ops.queue", "label": "Queue", "audience": "partner", "columns": COLUMNS}
    written = {"name": "share", "audience": "partner", "source": "ops.queue", **metric}
    return assemble(
        Definitions(
            tables=(KINDS["tables"].model_validate(table),),  # type: ignore[arg-type]
            metrics=(KINDS["metrics"].model_validate(written),),  # type: ignore[arg-type]
        ),
        Settings(dialect=dialect),
    )


def run(
    expression: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Scalar]],
    expected: Scalar = 0,
    dialect: str = "bigquery",
    **more: object,
) -> RunExample:
    example = {"columns": columns, "rows": rows, "expected": expected}
    found = project({"expression": expression, "examples": [example], **more}, dialect)
    return found.examples["share"][0]


def test_the_value_comes_from_the_sql_of_the_metric() -> None:
    example = run("SAFE_DIVIDE(SUM(done), SUM(due))", ["done", "due"], [[1, 2], [2, 4]], 0.5)
    assert (example.outcome.value, example.is_right) == (0.5, True)


def test_a_wrong_expectation_is_told_with_what_came_out() -> None:
    example = run("SUM(done)", ["done"], [[1], [2]], 4)
    assert (example.outcome.value, example.is_right) == (3, False)


def test_rows_that_the_filter_leaves_out_do_not_count() -> None:
    rows: list[list[Scalar]] = [[5, False], [7, True], [1, None]]
    example = run("SUM(done)", ["done", "is_total"], rows, 5, filter="NOT is_total")
    assert (example.outcome.value, example.outcome.counted) == (5, (True, False, False))


def test_a_filter_that_looks_at_the_source_looks_at_the_rows() -> None:
    rows: list[list[Scalar]] = [["2026-10-05", 5], ["2026-10-06", 7]]
    latest = "day = (SELECT MAX(day) FROM ops.queue)"
    assert run("SUM(done)", ["day", "done"], rows, 7, filter=latest).is_right


def test_a_metric_without_an_expression_is_its_numerator_over_its_denominator() -> None:
    parts = {"numerator": {"expression": "SUM(done)"}, "denominator": {"expression": "SUM(due)"}}
    examples = [{"columns": ["done", "due"], "rows": [[1, 4]], "expected": 0.25}]
    assert project({**parts, "examples": examples}).examples["share"][0].is_right


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("APPROX_QUANTILES(done, 100)[OFFSET(50)]", "`APPROX_QUANTILES(done, 100)[OFFSET(50)]` is not known"),
        ("SUM(done) / SUM(due)", "it divides by zero"),
        ("ops.our_share(done)", "is not known"),
        ("SUM(IF(CURRENT_DATE() > '2026-01-01', done, 0))", "`CURRENT_DATE` is not known"),
        ("(SELECT COUNT(*) FROM ops.other)", "it reads `other` too"),
        ("SUM(missing)", "the example does not give `missing`"),
        ("SUM(done", "it cannot be parsed"),
        ("1 AS v FROM x; DROP TABLE y", "it cannot be parsed"),
        ("COUNT(*) FROM read_csv('secret.csv') --", "it reads `read_csv('secret.csv')"),
    ],
)
def test_what_may_mean_something_else_is_not_run_and_says_why(expression: str, reason: str) -> None:
    outcome = run(expression, ["done", "due"], [[1, 0]]).outcome
    assert outcome.ending is Ending.NOT_RUN
    assert outcome.value is None
    assert reason in (outcome.reason or "")


@pytest.mark.parametrize(
    ("dialect", "expression", "value"),
    [
        ("bigquery", "COUNTIF(is_total)", 0),
        ("bigquery", "SAFE_DIVIDE(1, COUNTIF(is_total))", None),
        ("snowflake", "SUM(IFF(done > 1, done, 0))", 5),
        ("postgres", "COUNT(*) FILTER (WHERE done > 1)", 2),
        ("databricks", "AVG(done)", 2),
    ],
)
def test_a_value_is_that_of_the_dialect(dialect: str, expression: str, value: Scalar) -> None:
    outcome = run(
        expression, ["done", "is_total"], [[1, None], [2, None], [3, None]], dialect=dialect
    ).outcome
    assert outcome.reason is None
    assert outcome.value == value


@pytest.mark.parametrize(("dialect", "reason"), [("mysql", "texts"), ("postgres", "whole numbers")])
def test_a_dialect_that_counts_in_another_way_is_not_run(dialect: str, reason: str) -> None:
    outcome = run("SUM(done) / SUM(due)", ["done", "due"], [[1, 2]], dialect=dialect).outcome
    assert outcome.ending is Ending.NOT_RUN
    assert reason in (outcome.reason or "")


@pytest.mark.parametrize(
    ("columns", "rows", "reason"),
    [
        (["dun"], [[1]], "`dun` is no column of `ops.queue`"),
        (["done"], [[1], [1, 2]], "row 2 has 2 values for 1 columns"),
        (["done"], [["many"]], "many"),
    ],
)
def test_rows_that_do_not_fit_are_told(columns: list[str], rows: list[list[Scalar]], reason: str) -> None:
    outcome = run("SUM(done)", columns, rows).outcome
    assert outcome.ending is Ending.MISFIT
    assert reason in (outcome.reason or "")


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        (0.33, 1 / 3, True),
        (0.34, 1 / 3, False),
        (3, 3.0, True),
        (3, 3.2, False),
        (True, 1, False),
        (None, None, True),
        (None, 0, False),
        ("a", "a", True),
        (datetime.date(2026, 1, 2), "2026-01-02", True),
    ],
)
def test_numbers_agree_to_the_decimals_that_are_written(expected: Scalar, actual: Scalar, same: bool) -> None:
    assert agrees(expected, actual) is same


def test_partners_see_labels_and_no_example_with_a_column_they_do_not_see() -> None:
    examples = [
        {"columns": ["done", "due"], "rows": [[1, 2]], "expected": 1},
        {"columns": ["done", "rule"], "rows": [[1, "x"]], "expected": 1},
    ]
    found = project({"expression": "SUM(done)", "examples": examples})
    (shown,) = publishable(found, Audience.PARTNER).examples["share"]
    assert (shown.columns, shown.location.file) == (("Done", "Due"), "")
