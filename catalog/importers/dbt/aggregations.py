"""A simple metric of dbt → an aggregation in SQL over a relation, its filters too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..aggregation import Aggregation, NoExpressionError, joined
from .manifest import Manifest
from .nodes import Json, Node, as_items, as_keys

AGGREGATIONS = {
    "sum": "SUM({})",
    "count": "COUNT({})",
    "count_distinct": "COUNT(DISTINCT {})",
    "average": "AVG({})",
    "min": "MIN({})",
    "max": "MAX({})",
    "median": "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY {})",
    "sum_boolean": "SUM(CASE WHEN {} THEN 1 ELSE 0 END)",
}
"""MetricFlow's `agg` → SQL."""

OBJECT = re.compile(
    r"\{\{-?\s*(Dimension|TimeDimension|Entity|Metric)\(\s*['\"]([\w.]+)['\"]([^}]*)\)([^}]*?)-?\}\}"
)
"""A thing of the semantic layer in a filter: its kind, its name, further arguments, what is called on it."""

GRAIN = re.compile(r"\.grain\(\s*['\"](\w+)['\"]\s*\)|,\s*['\"](\w+)['\"]")


def aggregation_of(manifest: Manifest, metric: Node, also: tuple[object, ...] = ()) -> Aggregation:
    """The aggregation of a simple metric. `also` are further filters.

    Raises:
        NoExpressionError: the manifest does not say it, or a filter reads another model.
    """
    given = metric.keys("type_params")
    measure = as_keys(given.get("measure"))
    if measure:
        model, facts = _measured(manifest, str(measure.get("name")))
        how, default = str(facts.get("agg")), str(facts.get("name"))
        operand, time = facts.get("expr"), facts.get("agg_time_dimension")
    else:
        facts = as_keys(given.get("metric_aggregation_params"))
        model = _model(manifest, str(facts.get("semantic_model")))
        how, default = str(facts.get("agg")), metric.name
        operand, time = given.get("expr") or facts.get("expr"), facts.get("agg_time_dimension")
    time = time or model.keys("defaults").get("agg_time_dimension")
    filters = [
        _condition(model, each)
        for given_filter in (metric.content.get("filter"), measure.get("filter"), *also)
        for each in _written(given_filter)
    ]
    return Aggregation(
        _relation(model),
        _function(how, as_keys(facts.get("agg_params"))),
        str(operand or default),
        joined(filters),
        _column(model, str(time)) if time else None,
        tuple(_plain_dimensions(model)),
    )


def _measured(manifest: Manifest, name: str) -> tuple[Node, Json]:
    for model in manifest.list_of("semantic_models"):
        for measure in map(as_keys, model.items("measures")):
            if measure.get("name") == name:
                return model, measure
    raise NoExpressionError(f"the measure `{name}` is in no semantic model")


def _model(manifest: Manifest, name: str) -> Node:
    found = next((each for each in manifest.list_of("semantic_models") if each.name == name), None)
    if found is None:
        raise NoExpressionError(f"the semantic model `{name}` is not in the manifest")
    return found


def _relation(model: Node) -> str:
    relation = model.keys("node_relation").get("relation_name")
    if not isinstance(relation, str):
        raise NoExpressionError(f"the semantic model `{model.name}` names no relation")
    return relation


def _function(how: str, given: Json) -> str:
    if how == "percentile" and isinstance(given.get("percentile"), int | float):
        kind = "PERCENTILE_DISC" if given.get("use_discrete_percentile") else "PERCENTILE_CONT"
        return f"{kind}({given['percentile']}) WITHIN GROUP (ORDER BY {{}})"
    if how not in AGGREGATIONS:
        raise NoExpressionError(f"the aggregation `{how}` is not known")
    return AGGREGATIONS[how]


def _written(given: object) -> Iterator[str]:
    """The conditions of a filter: a text, a list of them, or what a manifest makes of them."""
    if isinstance(given, str):
        yield given
    for each in given if isinstance(given, list) else as_items(as_keys(given).get("where_filters")):
        condition = each if isinstance(each, str) else as_keys(each).get("where_sql_template")
        if isinstance(condition, str):
            yield condition


def _condition(model: Node, template: str) -> str:
    """A filter as SQL over the model's relation."""

    def column(found: re.Match[str]) -> str:
        if found[1] == "Metric":
            raise NoExpressionError(f"its filter reads the metric `{found[2]}`")
        name = _column(model, found[2])
        grain = GRAIN.search(f"{found[3]}{found[4]}")
        unit = (grain[1] or grain[2]) if grain else None
        return f"DATE_TRUNC('{unit}', {name})" if unit and unit != "day" else name

    return OBJECT.sub(column, template).strip()


def _column(model: Node, name: str) -> str:
    """The SQL of a dimension or entity of the model, written `name` or `entity__name`."""
    entity, _, own = name.rpartition("__")
    entities = {str(each.get("name")): each for each in map(as_keys, model.items("entities"))}
    primary = {key for key, each in entities.items() if each.get("type") in ("primary", "natural", "unique")}
    if own == "metric_time":
        own = str(model.keys("defaults").get("agg_time_dimension") or "")
    if entity and entity not in primary | {str(model.content.get("primary_entity"))}:
        raise NoExpressionError(f"its filter reads `{name}`, which is in another model")
    for each in (*map(as_keys, model.items("dimensions")), *entities.values()):
        if each.get("name") == own:
            return str(each.get("expr") or own)
    raise NoExpressionError(f"its filter reads `{name}`, which is in another model")


def _plain_dimensions(model: Node) -> Iterator[str]:
    """The dimensions that are columns as they stand."""
    for each in map(as_keys, model.items("dimensions")):
        column = str(each.get("expr") or each.get("name"))
        if column.isidentifier():
            yield column
