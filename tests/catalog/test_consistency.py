"""Metrics held to themselves: what a definition says in one place, and in another."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.consistency import FaultKind
from catalog.model import KINDS, Definitions
from catalog.project import assemble
from catalog.settings import Settings

DAY = {
    "name": "mart.day",
    "primary_key": ["id"],
    "columns": [
        {"name": "id", "type": "STRING"},
        {"name": "late", "type": "INT64"},
        {"name": "decided", "type": "INT64"},
        {"name": "minutes", "type": "FLOAT64", "unit": "min"},
    ],
}
PARTS = {"numerator": {"expression": "SUM(late)"}, "denominator": {"expression": "SUM(decided)"}}


def told(dialect: str = "bigquery", **metric: Any) -> list[tuple[str, str]]:
    """Kind and sentence of each fault."""
    written = {"name": "m", "source": "mart.day", **metric}
    found = assemble(
        Definitions(
            tables=(KINDS["tables"].model_validate(DAY),),  # type: ignore[arg-type]
            metrics=(KINDS["metrics"].model_validate(written),),  # type: ignore[arg-type]
        ),
        Settings(dialect=dialect),
    )
    return [(each.kind.value, each.sentence) for each in found.own_faults.get("m", ())]


def sentence(**metric: Any) -> str:
    ((kind, said),) = told(**metric)
    assert kind == FaultKind.CONTRADICTION
    return said


@pytest.mark.parametrize(
    "expression",
    [
        "SAFE_DIVIDE(SUM(late), SUM(decided))",
        "sum(late) / NULLIF(sum(decided), 0)",
        "1 - SAFE_DIVIDE(SUM(decided) - SUM(late), SUM(decided))",
        "CASE WHEN SUM(decided) > 0 THEN SUM(late) / SUM(decided) END",
    ],
    ids=["as it is", "other words", "another arrangement, which is not judged", "guarded by a condition"],
)
def test_an_expression_that_is_its_fraction_has_no_fault(expression: str) -> None:
    assert told(type="ratio", unit="percent", expression=expression, **PARTS) == []


def test_an_expression_with_another_aggregate_than_its_fraction_is_told() -> None:
    assert sentence(expression="SAFE_DIVIDE(SUM(late), COUNT(decided))", **PARTS) == (
        "`expression` is not its numerator over its denominator: only numerator and denominator have "
        "`SUM(decided)`; only `expression` has `COUNT(decided)`"
    )


def test_a_fraction_upside_down_is_told() -> None:
    said = sentence(expression="SAFE_DIVIDE(SUM(decided), SUM(late))", **PARTS)
    assert said == "`expression` divides the denominator by the numerator"


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ({"type": "ratio", "expression": "SUM(late)"}, "divides nothing"),
        ({"unit": "percent", "expression": "SUM(late)"}, "its unit is percent, and its `expression` divides"),
        ({"unit": "%", "expression": "100 * SAFE_DIVIDE(SUM(late), SUM(decided))"}, "multiplies by 100"),
        ({"unit": "hours", "expression": "SUM(minutes)"}, "the columns that it adds up are in minutes"),
        ({"statistic": "median", "expression": "AVG(minutes)"}, "no median is computed"),
        ({"statistic": "mean", "expression": "APPROX_QUANTILES(minutes, 100)[OFFSET(50)]"}, "a quantile"),
    ],
)
def test_what_contradicts_the_computation_is_told(metric: dict[str, Any], said: str) -> None:
    assert said in sentence(**metric)


@pytest.mark.parametrize(
    "metric",
    [
        {"unit": "percent", "expression": "AVG(IF(late > 0, 1, 0))"},
        {"unit": "hours", "expression": "SUM(minutes) / 60"},
        {"unit": "percent", "expression": "SAFE_DIVIDE(SUM(minutes), SUM(late))"},
        {"unit": "minutes", "expression": "SUM(minutes)"},
        {"type": "ratio", "expression": "AVG(late)"},
        {"statistic": "median", "expression": "APPROX_QUANTILES(minutes, 100)[OFFSET(50)]"},
        {"unit": "percent", "expression": "SUM("},
    ],
)
def test_what_agrees_or_cannot_be_read_is_not_told(metric: dict[str, Any]) -> None:
    assert told(**metric) == []


@pytest.mark.parametrize(
    ("expression", "additivity", "is_told"),
    [
        ("SUM(late)", "additive", False),
        ("SUM(late) / 60", "additive", False),
        ("COUNTIF(late > 0)", "additive", False),
        ("COUNT(DISTINCT late)", "additive", True),
        ("COUNT(DISTINCT late)", "semi_additive", True),
        ("COUNT(DISTINCT id)", "additive", False),
        ("COUNT(DISTINCT late)", "non_additive", False),
        ("AVG(late)", "additive", True),
        ("MAX(late)", "additive", True),
        ("SAFE_DIVIDE(SUM(late), SUM(decided))", "additive", True),
    ],
)
def test_what_is_said_to_add_up_must(expression: str, additivity: str, *, is_told: bool) -> None:
    kinds = [kind for kind, _ in told(expression=expression, additivity=additivity)]
    assert kinds == ([FaultKind.ADDITIVITY] if is_told else [])


def test_a_division_by_nothing_is_guarded_where_it_would_fail() -> None:
    metric = {"expression": "SUM(late) / SUM(decided)"}
    assert told(**metric) == [
        ("unguarded", "`SUM(late) / SUM(decided)` fails where there is nothing to divide by")
    ]
    assert told("mysql", **metric) == []


def test_an_average_of_quotients_is_told() -> None:
    ((kind, said),) = told(expression="AVG(SAFE_DIVIDE(late, decided))")
    assert kind == FaultKind.AVERAGED
    assert "small groups weigh as much as large ones" in said
