"""Metrics as expressions over a dataset of a semantic model."""

import duckdb
import pytest

from catalog.sql import Aggregation, Dataset, over_dataset

DAY = Dataset("d", frozenset({"removed", "spent", "kind", "is_open", "decision.outcome"}), "id")


def said(expression: str, condition: str | None = None, dialect: str = "bigquery") -> str | None:
    return over_dataset(Aggregation(expression, condition, "mart.day"), DAY, dialect=dialect)


@pytest.mark.parametrize(
    ("expression", "over"),
    [
        ("SUM(removed)", "SUM(d.removed)"),
        ("SUM(day.removed)", "SUM(d.removed)"),
        ("SUM(`removed`)", "SUM(d.`removed`)"),
        ("COUNTIF(decision.outcome = 'A')", "COUNTIF(d.decision.outcome = 'A')"),
        ("SUM(IF(kind = 'd.kind', spent, 0))", "SUM(IF(d.kind = 'd.kind', d.spent, 0))"),
        ("COUNT(*)", "COUNT(d.id)"),
        ("SUM(removed) / NULLIF(COUNT(*), 0)", "SUM(d.removed) / NULLIF(COUNT(*), 0)"),
    ],
)
def test_columns_are_named_with_their_dataset(expression: str, over: str) -> None:
    assert said(expression) == over


@pytest.mark.parametrize(
    ("expression", "condition", "over"),
    [
        ("SUM(removed)", "kind = 'a'", "SUM(CASE WHEN d.kind = 'a' THEN d.removed END)"),
        ("COUNT(*)", "is_open", "COUNT(CASE WHEN d.is_open THEN 1 END)"),
        ("COUNT(DISTINCT kind)", "spent > 1", "COUNT(DISTINCT CASE WHEN d.spent > 1 THEN d.kind END)"),
        (
            "COUNTIF(is_open)",
            "kind = 'a' OR spent > 1",
            "COUNTIF(CASE WHEN d.kind = 'a' OR d.spent > 1 THEN d.is_open END)",
        ),
    ],
)
def test_a_condition_goes_into_each_aggregate(expression: str, condition: str, over: str) -> None:
    assert said(expression, condition) == over


@pytest.mark.parametrize(
    ("expression", "condition", "dialect"),
    [
        ("SUM(other.removed)", None, "bigquery"),
        ("ARRAY_AGG(removed)", "kind = 'a'", "bigquery"),
        ("SUM(removed) FILTER (WHERE is_open)", "kind = 'a'", "duckdb"),
        ("(SELECT MAX(removed) FROM mart.day)", None, "bigquery"),
        ("SUM(removed) OVER ()", None, "bigquery"),
        ("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY removed)", "kind = 'a'", "snowflake"),
        ("MAX(removed, spent)", "kind = 'a'", "sqlite"),
        ("SUM((", None, "bigquery"),
        ("1", None, "bigquery"),
        ("SUM(removed)", None, "no dialect"),
    ],
)
def test_what_may_give_another_value_is_not_said(
    expression: str, condition: str | None, dialect: str
) -> None:
    assert said(expression, condition, dialect) is None


def test_rows_are_counted_without_a_key_only_beside_a_column() -> None:
    keyless = Dataset("d", DAY.columns)
    assert over_dataset(Aggregation("COUNT(*)", None, "mart.day"), keyless, dialect="bigquery") is None


ROWS = """
(VALUES (1, 'a', 1, true), (2, 'a', NULL, NULL), (3, 'b', 3, false), (4, NULL, 5, true), (5, 'b', 3, NULL))
  d(id, kind, spent, is_open)
"""


@pytest.mark.parametrize(
    "expression",
    [
        *("SUM(spent)", "COUNT(*)", "COUNT(spent)", "COUNT(DISTINCT kind)", "AVG(spent)", "MIN(kind)"),
        *("MAX(spent)", "COUNT_IF(is_open)", "SUM(spent) / NULLIF(COUNT(*), 0)", "STDDEV(spent)"),
        *("MEDIAN(spent)", "VAR_POP(spent)"),
    ],
)
@pytest.mark.parametrize(
    "condition", [None, "kind = 'a'", "is_open", "kind = 'a' OR spent > 2", "kind = 'none'"]
)
def test_the_value_is_the_same_as_with_a_condition_beside(expression: str, condition: str | None) -> None:
    """NULLs in every column, and no row that meets the condition, too."""
    over = said(expression, condition, "duckdb")
    assert over is not None
    with duckdb.connect() as connection:
        before = connection.execute(f"SELECT {expression} FROM {ROWS} WHERE {condition or 'TRUE'}").fetchall()
        assert connection.execute(f"SELECT {over} FROM {ROWS}").fetchall() == before
