"""Metrics of dbt in both forms: SQL where one expression says it, words where none does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dbt_manifest import manifest, node, opened

from catalog import Metric

ORDERS = node(
    "model.shop.orders",
    columns={name: {"name": name} for name in ("id", "amount", "day", "email")},
    compiled_code="select 1 as id, 2 as amount, date '2026-01-01' as day, 'a' as email",
)
MODEL: dict[str, Any] = {
    "unique_id": "semantic_model.shop.orders",
    "name": "orders",
    "node_relation": {"relation_name": '"warehouse"."shop"."orders"'},
    "defaults": {"agg_time_dimension": "ordered_on"},
    "entities": [{"name": "order", "type": "primary", "expr": "id"}, {"name": "buyer", "type": "foreign"}],
    "dimensions": [
        {"name": "ordered_on", "expr": "day"},
        {"name": "email"},
        {"name": "big", "expr": "amount > 9"},
    ],
    "measures": [
        {"name": "total", "agg": "sum", "expr": "amount"},
        {"name": "orders", "agg": "count", "expr": "id"},
    ],
}


def metric(name: str, kind: str, **others: Any) -> dict[str, Any]:
    return {"unique_id": f"metric.shop.{name}", "name": name, "type": kind, **others}


def simple(name: str, measure: str, condition: str | None = None) -> dict[str, Any]:
    where = {"where_filters": [{"where_sql_template": condition}]} if condition else None
    return metric(name, "simple", filter=where, type_params={"measure": {"name": measure}, "metrics": []})


def newer(name: str, how: str, expression: str | None) -> dict[str, Any]:
    """A simple metric as dbt 1.12 and 2 write it: no measure, but an aggregation of its own."""
    given = {"semantic_model": "orders", "agg": how, "agg_time_dimension": "ordered_on"}
    return metric(
        name,
        "simple",
        type_params={"measure": None, "expr": expression, "metric_aggregation_params": given},
    )


def read(folder: Path, *metrics: dict[str, Any]) -> dict[str, Metric]:
    return opened(folder, manifest(ORDERS, MODEL, *metrics)).catalog.metrics


@pytest.mark.parametrize(
    "written", [simple("m", "total"), newer("m", "sum", "amount")], ids=["measure", "aggregation"]
)
def test_a_simple_metric_is_an_aggregation_over_a_relation(tmp_path: Path, written: dict[str, Any]) -> None:
    found = read(tmp_path, written)["m"]
    assert (found.expression, found.source, found.filter) == ("SUM(amount)", "shop.orders", None)
    assert (found.time_anchor, found.dimensions) == ("day", ("day", "email"))


@pytest.mark.parametrize(
    ("how", "expression", "sql"),
    [
        ("count_distinct", "email", "COUNT(DISTINCT email)"),
        ("sum_boolean", "amount > 9", "SUM(CASE WHEN amount > 9 THEN 1 ELSE 0 END)"),
        ("average", "amount", "AVG(amount)"),
        ("max", None, "MAX(m)"),
    ],
)
def test_every_aggregation_is_sql(tmp_path: Path, how: str, expression: str | None, sql: str) -> None:
    assert read(tmp_path, newer("m", how, expression))["m"].expression == sql


def test_a_filter_is_sql_over_the_columns_of_the_relation(tmp_path: Path) -> None:
    condition = (
        "{{ Dimension('order__big') }} and {{ TimeDimension('order__ordered_on', 'month') }} > '2026-01-01'"
    )
    found = read(tmp_path, simple("m", "total", condition))["m"]
    assert found.filter == "amount > 9 and DATE_TRUNC('month', day) > '2026-01-01'"


def test_a_filter_on_another_model_gives_no_sql_that_would_be_wrong(tmp_path: Path) -> None:
    found = read(tmp_path, simple("m", "total", "{{ Dimension('buyer__country') }} = 'DE'"))["m"]
    assert found.expression is None
    assert found.limitations == (
        "No SQL is given here: its filter reads `buyer__country`, which is in another model.",
    )


def test_a_ratio_has_its_parts_each_over_the_rows_of_its_filter(tmp_path: Path) -> None:
    parts = {"numerator": {"name": "big_total"}, "denominator": {"name": "number"}}
    found = read(
        tmp_path,
        {**simple("big_total", "total", "{{ Dimension('order__big') }}"), "label": "Large orders"},
        simple("number", "orders"),
        metric("share", "ratio", type_params=parts),
    )["share"]
    assert found.numerator is not None
    assert found.denominator is not None
    assert found.numerator.expression == "SUM(CASE WHEN amount > 9 THEN amount END)"
    assert (found.numerator.label, found.denominator.expression) == ("Large orders", "COUNT(id)")
    assert (found.source, [each.name for each in found.related_metrics]) == (
        "shop.orders",
        ["big_total", "number"],
    )


def test_a_derived_metric_is_its_parts_put_together(tmp_path: Path) -> None:
    inputs = [{"name": "sum_total", "alias": "all_of_it"}, {"name": "number"}]
    given = {"expr": "all_of_it / number", "metrics": inputs}
    found = read(
        tmp_path,
        simple("sum_total", "total"),
        simple("number", "orders"),
        metric("m", "derived", type_params=given),
    )["m"]
    assert found.expression == "(SUM(amount)) / (COUNT(id))"


@pytest.mark.parametrize(
    ("kind", "given", "formula"),
    [
        (
            "derived",
            {
                "expr": "now - before",
                "metrics": [
                    {"name": "sum_total", "alias": "now"},
                    {
                        "name": "sum_total",
                        "alias": "before",
                        "offset_window": {"count": 1, "granularity": "month"},
                    },
                ],
            },
            "`now - before`, where `before` is `sum_total` 1 month before",
        ),
        (
            "cumulative",
            {
                "measure": {"name": "total"},
                "cumulative_type_params": {"window": {"count": 7, "granularity": "day"}},
            },
            "`total`, added up over the last 7 days",
        ),
        (
            "cumulative",
            {"measure": {"name": "total"}, "grain_to_date": "month"},
            "`total`, added up over each month to date",
        ),
        (
            "conversion",
            {
                "conversion_type_params": {
                    "base_measure": {"name": "visits"},
                    "conversion_measure": {"name": "orders"},
                    "entity": "buyer",
                }
            },
            "`orders` ÷ `visits`, counted by `buyer`",
        ),
    ],
)
def test_what_no_single_expression_says_is_said_in_words(
    tmp_path: Path, kind: str, given: dict[str, Any], formula: str
) -> None:
    found = read(tmp_path, simple("sum_total", "total"), metric("m", kind, type_params=given))["m"]
    assert (found.expression, found.formula) == (None, formula)


def test_a_metric_is_traced_to_the_columns_of_its_relation(tmp_path: Path) -> None:
    project = opened(tmp_path, manifest(ORDERS, MODEL, simple("m", "total")))
    sources = {str(edge.source) for edge in project.lineage.edges if edge.target.name == "m"}
    assert any("amount" in source for source in sources)
