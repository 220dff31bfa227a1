"""A metric and the places that compute it → questions about both, read down to the tables that they share."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace

from ..engine import Engine
from ..examples import value_expression
from ..lineage import Lineage
from ..model import Catalog, ComputedBy, Location, Metric, SqlText
from ..settings import Settings
from ..trace import quoted, text_question
from .around import Around, Asking, asked, between
from .judging import Told, judged
from .values import Conformance, Held, Verdict


def hold_to_sql(catalog: Catalog, lineage: Lineage, settings: Settings, engine: Engine) -> Conformance:
    """Every metric that says where it is computed, compared with the SQL there."""
    around = Around(catalog, lineage, settings.naming, engine)
    return {
        metric.name: tuple(held_to(metric, item, around) for item in metric.computed_by)
        for metric in catalog.metrics.values()
        if metric.computed_by
    }


@dataclass(frozen=True, slots=True)
class _Place:
    """A text that computes a metric: which output of it, which table it fills, and what it reads."""

    text: SqlText
    target: str
    column: str
    reads: frozenset[str]


def held_to(metric: Metric, item: ComputedBy, around: Around) -> Held:
    """What became of one place that computes a metric."""
    said_at = item.at("column" if item.column and not item.sql else "sql")
    name = " ".join(filter(None, (_file_of(item), item.column))) or "its query"
    place = _place(metric, item, around)
    if isinstance(place, str):
        return Held(name or "", Verdict.CANNOT_DECIDE, said_at, reason=place, excused=item.differs_because)
    source = metric.source or ""
    shared = (around.behind([source]) & around.behind(place.reads)) - {place.target}
    begun = Held(name or "", Verdict.MATCH, said_at, excused=item.differs_because)
    found = _computed(place, shared, around)
    is_per_row = place.target == source or (not found.computation.reason and not found.computation.levels)
    defined = _defined(metric, item, shared, around, is_per_row=is_per_row)
    held = judged(begun, metric, defined, found)
    if held.verdict is Verdict.CANNOT_DECIDE and defined.computation.levels != found.computation.levels:
        whole = judged(begun, metric, _unfolded(defined, around), _unfolded(found, around))
        held = held if whole.verdict is Verdict.CANNOT_DECIDE else whole
    if held.verdict is Verdict.MATCH or not is_per_row or source not in shared:
        return held
    # A row of the source has the value of the metric already: both are made from what the source reads.
    below = shared - {source}
    found = _computed(place, below, around)
    again = judged(begun, metric, _defined(metric, item, below, around, is_per_row=True), found)
    return held if again.verdict is Verdict.DIFFERS else again


def _unfolded(told: Told, around: Around) -> Told:
    """The same with sums of sums left as they are: two that are built alike then still are."""
    if told.question is None:
        return told
    (answer,) = around.engine.compute([replace(told.question, is_folded=False)])
    return replace(told, computation=answer)


def _file_of(item: ComputedBy) -> str:
    """The file that `sql:` names; empty where it is the SQL itself, or there is none."""
    written = item.sql or ""
    return written if written.lower().endswith((".sql", ".py")) and "\n" not in written else ""


def _place(metric: Metric, item: ComputedBy, around: Around) -> _Place | str:
    """Where the metric is computed, or why that is not known."""
    if value_expression(metric) is None or metric.source is None:
        return "the metric has no expression over a source to compare with"
    if item.sql:
        text = _text(metric, item, around)
        if isinstance(text, str):
            return text
        (tables,) = around.engine.tables([text_question(text, around.naming)], {})
        return _Place(text, "", item.column or "", frozenset(tables.reads))
    table, _, column = (item.column or "").rpartition(".")
    texts = around.fillers(table)
    if len(texts) != 1:
        return f"{len(texts)} texts fill `{table}`" if texts else f"no SQL of the project fills `{table}`"
    return _Place(texts[0], table, column, around.reads(table) - {table})


def _text(metric: Metric, item: ComputedBy, around: Around) -> SqlText | str:
    """The text of `sql:`: a file of the project, or itself."""
    written = item.sql or ""
    source = around.catalog.tables.get(metric.source or "")
    dialect = (source and source.dialect) or around.naming.dialect
    if not _file_of(item):
        start = item.at("sql")
        is_block = "\n" in written
        return SqlText(written, Location(start.file, start.line + is_block, start.column), dialect)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(item.at("sql").file), written))
    named = (text for text in around.catalog.sql if text.start.file == path)
    return next(named, f"there is no file `{written}` beside the definition")


def _computed(place: _Place, shared: frozenset[str], around: Around) -> Told:
    """What the SQL computes, down to the shared tables."""
    opened = between(place.reads, shared, around)
    return asked(place.text, Asking(place.target, place.column, opened, place.reads), around)


def _defined(
    metric: Metric, item: ComputedBy, shared: frozenset[str], around: Around, *, is_per_row: bool
) -> Told:
    """What the definition computes: a query over the source, grouped by all that it may be split by."""
    source = metric.source or ""
    table = around.catalog.tables.get(source)
    dialect = (table and table.dialect) or around.naming.dialect
    known = {column.name for column in table.columns} if table else set()
    split = [name for name in (*metric.dimensions, metric.time_anchor) if name in known and name]
    keys = list(item.grouped_by) or list(dict.fromkeys(split))
    begun = query_of(metric, dialect, item.filter)
    grouping = f"\nGROUP BY {', '.join(keys)}" if keys and not is_per_row else ""
    text = replace(begun, text=begun.text + grouping)
    opened = between([source], shared, around)
    asking = Asking("", "metric_value", opened, frozenset([source]), is_per_row=is_per_row)
    return replace(asked(text, asking, around, is_definition=True), is_exact=bool(item.grouped_by))


def query_of(metric: Metric, dialect: str, *filters: str | None) -> SqlText:
    """The metric as a query over its source, whose only output is `metric_value`."""
    wheres = [f"({' '.join(one.split())})" for one in (metric.filter, *filters) if one]
    lines = [f"SELECT {' '.join((value_expression(metric) or '').split())} AS metric_value"]
    lines += [f"FROM {quoted(metric.source or '', dialect)}"]
    lines += [f"WHERE {' AND '.join(wheres)}"] if wheres else []
    start = metric.at("filter") if metric.filter else metric.at("expression")
    return SqlText("\n".join(lines), start, dialect)
