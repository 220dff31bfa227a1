"""What a metric computes → one SQL expression over one relation, where that says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from ..aggregation import Aggregation, NoExpressionError, NotUnderstoodError, joined
from ..paths import Item, text_at, value_at, values_at
from .relations import table_behind
from .source import Entry, MappedSource
from .templates import plain_sql

PLAIN = re.compile(r"[\w$]+")


@dataclass(frozen=True, slots=True)
class Computing:
    """A metric on its way to SQL. `under_way` are the names of those that it is made for."""

    source: MappedSource
    entry: Entry
    under_way: tuple[str, ...] = ()

    def of(self, name: str) -> Aggregation | None:
        """What another metric or measure computes; None where there is none of that name."""
        found = self.source.aggregated(name, self.entry)
        if found is None:
            return None
        if name in self.under_way:
            raise NoExpressionError(f"`{name}` is made of itself")
        return computed(Computing(self.source, found, (*self.under_way, name)))


def computed(computing: Computing) -> Aggregation:
    """The aggregation that a metric or measure is; its own filter is kept apart.

    Raises:
        NoExpressionError: one expression over one relation cannot say it.
    """
    source, entry = computing.source, computing.entry
    _require_sayable(source, entry)
    keys = entry.keys or source.mapping.metric_keys
    measure = text_at(entry.item, keys.measure)
    if measure is not None:
        return _measured(computing, measure)
    sql = text_at(entry.item, keys.expression)
    if keys.inputs and values_at(entry.item, keys.inputs) and sql:
        return _of_inputs(computing, sql)
    how = text_at(entry.item, keys.aggregation)
    if sql is None or (keys.aggregation and how is None):
        raise NoExpressionError("the file says none")
    if keys.aggregation and how not in source.mapping.aggregations:
        raise NotUnderstoodError(f"the aggregation `{how}` is not known")
    function = source.mapping.aggregations[how] if how else "{}"
    return _over_relation(computing, function, sql)


def fraction(computing: Computing) -> tuple[Aggregation, Aggregation] | None:
    """Numerator and denominator of a ratio; None of another metric.

    Raises:
        NoExpressionError: they are not over one relation, or not known.
    """
    keys = computing.entry.keys or computing.source.mapping.metric_keys
    names = [text_at(computing.entry.item, each) for each in (keys.numerator, keys.denominator)]
    if not all(names):
        return None
    _require_sayable(computing.source, computing.entry)
    top, bottom = (_required(computing, str(name)) for name in names)
    _require_one_relation([top, bottom])
    own = _conditions(
        computing, relation_of(computing.source, computing.entry) or _relation_of(computing, names)
    )
    return _filtered(top, own), _filtered(bottom, own)


def _relation_of(computing: Computing, names: list[str | None]) -> Entry | None:
    """The relation of the first of some metrics."""
    found = computing.source.aggregated(str(names[0]), computing.entry)
    return found and relation_of(computing.source, found)


def _measured(computing: Computing, name: str) -> Aggregation:
    """A metric that is a measure, over the rows of its own filter."""
    found = _required(computing, name)
    measure = computing.source.aggregated(name, computing.entry)
    relation = relation_of(computing.source, measure) if measure else None
    return _filtered(found, _conditions(computing, relation))


def _filtered(found: Aggregation, conditions: list[str]) -> Aggregation:
    every = [*([found.filter] if found.filter else []), *conditions]
    return replace(found, filter=joined(every))


def _required(computing: Computing, name: str) -> Aggregation:
    found = computing.of(name)
    if found is None:
        raise NotUnderstoodError(f"there is no metric or measure `{name}`")
    return found


def _of_inputs(computing: Computing, sql: str) -> Aggregation:
    """An expression whose words are metrics."""
    keys = computing.entry.keys or computing.source.mapping.metric_keys
    found: dict[str, Aggregation] = {}
    for each in _listed(value_at(computing.entry.item, keys.inputs)):
        name = str(each.get("name")) if isinstance(each, dict) else str(each)
        alias = each.get("alias") if isinstance(each, dict) else None
        found[str(alias or name)] = _required(computing, name)
    _require_one_relation(list(found.values()))
    relation = _relation_of(computing, [next(iter(found))])
    own = _conditions(computing, relation)
    words = "|".join(sorted(map(re.escape, found), key=len, reverse=True))
    expression = re.sub(
        rf"\b(?:{words})\b", lambda word: f"({_filtered(found[word[0]], own).with_filter()})", sql
    )
    return replace(next(iter(found.values())), function="{}", operand=expression, filter=None)


def _over_relation(computing: Computing, function: str, sql: str) -> Aggregation:
    """An aggregation over the relation that the metric stands in or names."""
    source, entry = computing.source, computing.entry
    relation = relation_of(source, entry)
    table = table_behind(source, relation) if relation else None
    if relation is None or table is None:
        raise NotUnderstoodError(_without_table(source, entry))
    parts: list[Aggregation] = []

    def member(name: str) -> str | None:
        part = computing.of(name) if name != entry.name else None
        if part is None:
            return None
        parts.append(part)
        return f"({part.with_filter()})"

    operand = plain_sql(source, relation, sql, member)
    if any(part.source != table for part in parts):
        raise NoExpressionError("its parts are computed over different tables")
    return Aggregation(
        table,
        function,
        operand,
        joined(_conditions(computing, relation)),
        _time(source, relation),
        dimensions_of(source, relation),
    )


def _conditions(computing: Computing, relation: Entry | None) -> list[str]:
    """The filters of a metric as SQL over its relation."""
    source, entry = computing.source, computing.entry
    keys = entry.keys or source.mapping.metric_keys
    written = [each for value in values_at(entry.item, keys.filter) for each in _listed(value)]
    if any(not isinstance(each, str) for each in written):
        raise NoExpressionError("its filter is not written in SQL")
    return [plain_sql(source, relation, each, lambda _: None) for each in written]


def relation_of(source: MappedSource, entry: Entry) -> Entry | None:
    """What a metric is computed over: what it names, else what it stands in."""
    keys = entry.keys or source.mapping.metric_keys
    name = text_at(entry.item, keys.relation)
    return source.relation(name, entry) if name else entry.relation


def _without_table(source: MappedSource, entry: Entry) -> str:
    keys = entry.keys or source.mapping.metric_keys
    name = text_at(entry.item, keys.relation)
    if name and source.relation(name, entry) is None:
        return f"there is no `{name}` that it is computed over"
    return "nothing says over which table it is computed"


def dimensions_of(source: MappedSource, relation: Entry) -> tuple[str, ...]:
    """The dimensions of a relation that are columns as they stand; looked up once for all its metrics."""
    if id(relation) not in source.dimensions:
        source.dimensions[id(relation)] = _dimensions(source, relation)
    return source.dimensions[id(relation)]


def _dimensions(source: MappedSource, relation: Entry) -> tuple[str, ...]:
    keys = source.mapping.relation_keys
    if keys.fields is None:
        return ()
    fields = (each for value in values_at(relation.item, keys.fields) for each in _listed(value))
    found: list[str] = []
    for each in fields:
        name = each.get("name") if isinstance(each, dict) else None
        sql = _own_column(source, relation, each, str(name))
        if sql and PLAIN.fullmatch(sql):
            found.append(sql)
    return tuple(dict.fromkeys(found))


def _own_column(source: MappedSource, relation: Entry, value: Any, name: str) -> str | None:
    """The SQL of a dimension as far as it is of the relation itself."""
    if not isinstance(value, dict):
        return None
    sql = text_at(Item(name, value, (relation.item.value,)), source.mapping.relation_keys.field_sql) or name
    try:
        return plain_sql(source, relation, sql, lambda _: None)
    except NoExpressionError:
        return None


def _time(source: MappedSource, relation: Entry) -> str | None:
    time = text_at(relation.item, source.mapping.relation_keys.time_anchor)
    return time if time and PLAIN.fullmatch(time) else None


def _require_sayable(source: MappedSource, entry: Entry) -> None:
    for refusal in source.mapping.refusals:
        written = [str(each).lower() for each in values_at(entry.item, refusal.key)]
        if written and (refusal.value is None or refusal.value.lower() in written):
            raise NoExpressionError(refusal.because)


def _require_one_relation(found: list[Aggregation]) -> None:
    if len({each.source for each in found}) > 1:
        raise NoExpressionError("its parts are computed over different tables")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
