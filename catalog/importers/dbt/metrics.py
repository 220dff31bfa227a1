"""Metrics of a dbt project, in the form of dbt 1 (measures) and in the one of dbt 1.12 and later.

What cannot be said as one SQL expression over one relation (offsets, windows, conversions, metrics of several
models) is said in words, and never as an expression that computes something else.
"""

from __future__ import annotations

import re
from typing import Any

from ...model import Metric, Misfit
from ..aggregation import Aggregation, NoExpressionError
from ..building import built
from .aggregations import aggregation_of
from .manifest import Manifest
from .nodes import Json, Node, as_items, as_keys, texts_of
from .owners import owner_of

TYPES = frozenset({"simple", "ratio", "cumulative", "derived", "conversion"})

Values = dict[str, Any]


def read_metrics(manifest: Manifest, misfits: list[Misfit]) -> tuple[Metric, ...]:
    """The metrics, with their SQL where one expression says it."""
    metrics = (
        built(Metric, _values(manifest, node), manifest.origin(node), misfits) for node in _nodes(manifest)
    )
    return tuple(metric for metric in metrics if metric is not None)


def _nodes(manifest: Manifest) -> list[Node]:
    return [node for node in manifest.list_of("metrics") if node.config.get("enabled") is not False]


def _values(manifest: Manifest, node: Node) -> Values:
    kind = node.text("type") or ""
    inputs = _inputs(node)
    try:
        computed = _computed(manifest, node, kind)
    except NoExpressionError as reason:
        computed = {
            "formula": _in_words(node, kind, inputs),
            "limitations": [f"No SQL is given here: {reason}."],
        }
    return {
        "name": node.name,
        "label": node.text("label"),
        "description": node.text("description"),
        "owner": owner_of(manifest, node),
        "type": kind if kind in TYPES else None,
        "tags": list(texts_of(node.content.get("tags")) or texts_of(node.config.get("tags"))),
        "related_metrics": [{"name": name} for name in inputs],
        "custom_properties": {key: each for key, each in node.meta.items() if key != "owner"},
        **computed,
    }


def _inputs(node: Node) -> list[str]:
    """The names of the metrics that a metric is made of."""
    given = node.keys("type_params")
    one = [given.get("numerator"), given.get("denominator"), given.get("metric")]
    written = [*one, *as_items(given.get("metrics"))]
    names = [name for each in written if isinstance(name := as_keys(each).get("name"), str)]
    return list(dict.fromkeys(names))


def _computed(manifest: Manifest, node: Node, kind: str) -> Values:
    """The keys that say what is computed.

    Raises:
        NoExpressionError: one expression over one relation cannot say it.
    """
    given = node.keys("type_params")
    if kind == "ratio":
        return _ratio(manifest, node, given)
    if kind == "derived":
        return _derived(manifest, node, given)
    if kind == "cumulative":
        raise NoExpressionError(f"it adds up over {_window(given)}")
    if kind != "simple":
        raise NoExpressionError(f"a metric of the type `{kind}` follows one thing to another")
    found = aggregation_of(manifest, node)
    values: Values = {**_of(found), "expression": found.sql, "filter": found.filter}
    return values


def _of(found: Aggregation) -> Values:
    return {"source": found.source, "dimensions": list(found.dimensions), "time_anchor": found.time}


def _ratio(manifest: Manifest, node: Node, given: Json) -> Values:
    parts = {key: as_keys(given.get(key)) for key in ("numerator", "denominator")}
    found = {key: _input(manifest, node, each) for key, each in parts.items()}
    top, bottom = found["numerator"], found["denominator"]
    _require_one_source(found.values())
    written = {
        key: {"expression": each.with_filter(), "label": _label(manifest, str(parts[key].get("name")))}
        for key, each in found.items()
    }
    return {**_of(top if top.source else bottom), **written}


def _derived(manifest: Manifest, node: Node, given: Json) -> Values:
    expression = given.get("expr")
    found = {
        str(each.get("alias") or each.get("name")): _input(manifest, node, each)
        for each in map(as_keys, as_items(given.get("metrics")))
    }
    if not found or not isinstance(expression, str):
        raise NoExpressionError("the manifest does not say what it is made of")
    _require_one_source(found.values())
    names = "|".join(sorted(map(re.escape, found), key=len, reverse=True))
    sql = re.sub(rf"\b(?:{names})\b", lambda name: f"({found[name[0]].with_filter()})", expression)
    return {**_of(next(iter(found.values()))), "expression": sql}


def _input(manifest: Manifest, node: Node, written: Json) -> Aggregation:
    """The aggregation behind an input of a metric; its filters and those of the metric itself apply."""
    if written.get("offset_window") or written.get("offset_to_grain"):
        raise NoExpressionError(f"`{written.get('name')}` is taken from an earlier time")
    name = written.get("name")
    metric = next((each for each in manifest.list_of("metrics") if each.name == name), None)
    if metric is None or metric.text("type") != "simple":
        raise NoExpressionError(f"`{name}` is made of other metrics itself")
    return aggregation_of(manifest, metric, also=(written.get("filter"), node.content.get("filter")))


def _require_one_source(found: Any) -> None:
    sources = {each.source for each in found}
    if len(sources) > 1:
        raise NoExpressionError("its parts are computed over different tables")


def _label(manifest: Manifest, name: str) -> str:
    metric = next((each for each in manifest.list_of("metrics") if each.name == name), None)
    return (metric and metric.text("label")) or name


def _window(given: Json) -> str:
    """What a cumulative metric adds up over, in words."""
    inner = as_keys(given.get("cumulative_type_params"))
    window = as_keys(inner.get("window") or given.get("window"))
    grain = inner.get("grain_to_date") or given.get("grain_to_date")
    if window:
        return f"the last {window.get('count')} {window.get('granularity')}s"
    return f"each {grain} to date" if grain else "all time"


def _in_words(node: Node, kind: str, inputs: list[str]) -> str | None:
    """The computation in words, where there is no SQL for it."""
    given = node.keys("type_params")
    measure = as_keys(given.get("measure")).get("name") or next(iter(inputs), node.name)
    conversion = as_keys(given.get("conversion_type_params"))
    if kind == "ratio" and len(inputs) == 2:
        return f"`{inputs[0]}` ÷ `{inputs[1]}`"
    if kind == "derived" and isinstance(given.get("expr"), str):
        offsets = [
            f"`{each.get('alias') or each.get('name')}` is `{each.get('name')}` {_offset(each)} before"
            for each in map(as_keys, as_items(given.get("metrics")))
            if each.get("offset_window") or each.get("offset_to_grain")
        ]
        return ", where ".join([f"`{given['expr']}`", *([" and ".join(offsets)] if offsets else [])])
    if kind == "cumulative":
        return f"`{measure}`, added up over {_window(given)}"
    if kind == "conversion" and conversion:
        base, then = (
            as_keys(conversion.get(f"{part}_measure") or conversion.get(f"{part}_metric")).get("name")
            for part in ("base", "conversion")
        )
        return f"`{then}` ÷ `{base}`, counted by `{conversion.get('entity')}`"
    return None


def _offset(written: Json) -> str:
    window = as_keys(written.get("offset_window"))
    if window:
        return f"{window.get('count')} {window.get('granularity')}"
    return f"at the beginning of the {written.get('offset_to_grain')}"
