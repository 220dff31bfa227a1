"""Files of metrics of any shape → `Definitions`, by a mapping: one of ours, or the project's own.

What no single SQL expression over one relation says (windows, offsets, parts of several tables, templates
that nobody knows) is said in words with its reason, and never as an expression that computes something else.
"""

from __future__ import annotations

from typing import Any

from ...model import Definitions, Metric, MetricType, Misfit, Origin
from ..aggregation import Aggregation, NoExpressionError, NotUnderstoodError
from ..asked import Asked
from ..building import LEFT_OUT, built
from ..paths import Item, text_at, value_at, values_at
from ..teams import owners_of, people_of
from .computing import Computing, computed, fraction, relation_of
from .files import read_files
from .mappings import mapping_of
from .relations import read_queries, table_behind
from .source import Entry, MappedSource, gathered

__all__ = ["read_metrics"]

Values = dict[str, Any]


def read_metrics(asked: Asked) -> Definitions:
    """The metrics of the source's files, and the queries that they are computed over.

    Raises:
        UnreadableError: there is no such source or mapping, or no file of that kind.
    """
    misfits: list[Misfit] = []
    mapping = mapping_of(asked)
    source = gathered(asked, mapping, read_files(asked, mapping.files, misfits), misfits)
    tables, texts = read_queries(source, misfits)
    built_ones = (_metric(source, entry, misfits) for entry in source.metrics)
    metrics = tuple(metric for metric in built_ones if metric is not None)
    return Definitions(
        tables=tuple(tables),
        metrics=metrics,
        teams=owners_of(metrics),
        sql=tuple(texts),
        misfits=tuple(misfits),
    )


def _metric(source: MappedSource, entry: Entry, misfits: list[Misfit]) -> Metric | None:
    computing = Computing(source, entry, (entry.name,))
    try:
        said = _computed(computing)
    except NoExpressionError as reason:
        said = _in_words(source, entry, str(reason))
        misfits += _not_understood(entry, reason)
    keys = source.mapping.metric_keys
    named = keys.model_dump(exclude={"origin"})
    named |= {"status": keys.deprecated, "direction": keys.bigger_is_better}
    origin = entry.origin({**named, "source": keys.relation, "formula": keys.expression}, source.source)
    return built(Metric, {**_words(source, entry), **said}, _placed(entry, origin), misfits)


def _not_understood(entry: Entry, reason: NoExpressionError) -> list[Misfit]:
    """The finding about a metric whose SQL is there, but not known. That there can be none is no fault."""
    if not isinstance(reason, NotUnderstoodError):
        return []
    message = f"the SQL of the metric `{entry.name}` is not known: {reason}"
    place = entry.origin({}, "").at()
    hint = "Correct it, or write the metric's `expression:` by hand"
    return [Misfit(LEFT_OUT, f"metric:{entry.name}", message, place, hint)]


def _placed(entry: Entry, origin: Origin) -> Origin:
    """Where the metric stands: at its name, where that is a value, else at its own head."""
    return origin if origin.line else Origin(entry.file.file, 1, 1, (), origin.source)


def _words(source: MappedSource, entry: Entry) -> Values:
    """What a metric says of itself, its SQL aside."""
    keys, item = source.mapping.metric_keys, entry.item
    owner, contact = people_of(value_at(item, keys.owner))
    label, kind = text_at(item, keys.label), (text_at(item, keys.type) or "").lower()
    free = value_at(item, keys.custom_properties)
    return {
        "name": source.metric_name(entry, relation_of(source, entry)),
        "label": label if label and len(label) <= 80 else None,
        "summary": label if label and len(label) > 80 else None,
        "description": text_at(item, keys.description),
        "owner": owner,
        "contact": contact,
        "domain": text_at(item, keys.domain),
        "unit": text_at(item, keys.unit),
        "tags": [str(each) for each in _flat(values_at(item, keys.tags)) if isinstance(each, str)],
        "type": kind if kind in list(MetricType) else None,
        "status": "deprecated" if value_at(item, keys.deprecated) is True else None,
        "direction": _direction(value_at(item, keys.bigger_is_better)),
        "related_metrics": _related(source, entry),
        "custom_properties": {key: each for key, each in free.items() if not key.startswith("__")}
        if isinstance(free, dict)
        else {},
    }


def _direction(is_higher_better: Any) -> str | None:
    if not isinstance(is_higher_better, bool):
        return None
    return "higher_is_better" if is_higher_better else "lower_is_better"


def _related(source: MappedSource, entry: Entry) -> list[Values]:
    """The metrics that a metric names, by the names they have here."""
    keys = source.mapping.metric_keys
    written = [*values_at(entry.item, keys.related_metrics), *values_at(entry.item, keys.inputs)]
    parts = (text_at(entry.item, each) for each in (keys.numerator, keys.denominator))
    named = [*(each.get("name") if isinstance(each, dict) else each for each in _flat(written)), *parts]
    found = [source.aggregated(name, entry) for name in named if isinstance(name, str)]
    names = [
        source.metric_name(each, relation_of(source, each))
        for each in found
        if each is not None and each.is_metric
    ]
    own = source.metric_name(entry, relation_of(source, entry))
    return [{"name": name} for name in dict.fromkeys(names) if name != own]


def _computed(computing: Computing) -> Values:
    """The keys that say what is computed.

    Raises:
        NoExpressionError: one expression over one relation cannot say it.
    """
    parts = fraction(computing)
    if parts is None:
        found = computed(computing)
        return {**_of(found), "expression": found.sql, "filter": found.filter}
    keys = computing.source.mapping.metric_keys
    written = {
        key: {"expression": part.with_filter(), "label": text_at(computing.entry.item, getattr(keys, key))}
        for key, part in zip(("numerator", "denominator"), parts, strict=True)
    }
    return {**_of(parts[0]), **written, "type": "ratio"}


def _of(found: Aggregation) -> Values:
    return {"source": found.source, "dimensions": list(found.dimensions), "time_anchor": found.time}


def _in_words(source: MappedSource, entry: Entry, reason: str) -> Values:
    """What is written, where there is no SQL for it, and why."""
    keys, item = source.mapping.metric_keys, entry.item
    parts = [text_at(item, each) for each in (keys.numerator, keys.denominator)]
    formula = (
        " ÷ ".join(f"`{each}`" for each in parts if each)
        if all(parts)
        else _as_written(item, keys.expression)
    )
    relation = relation_of(source, entry)
    return {
        "formula": formula,
        "limitations": [f"No SQL is given here: {reason}."],
        "source": table_behind(source, relation) if relation else None,
    }


def _as_written(item: Item, keys: str | None) -> str | None:
    text = text_at(item, keys)
    return f"`{' '.join(text.replace('`', '').split())}`" if text else None


def _flat(values: list[Any]) -> list[Any]:
    return [each for value in values for each in (value if isinstance(value, list) else [value])]
