"""`Definitions` → `Catalog`: one thing per name, and every reference in its canonical form. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from .model import (
    Catalog,
    Column,
    ComputedBy,
    Definitions,
    Described,
    Flow,
    Job,
    Metric,
    MetricExample,
    MetricPart,
    Report,
    ReportField,
    SqlText,
    Table,
)
from .naming import Naming, split_name

T = TypeVar("T", bound=Described)


@dataclass(frozen=True, slots=True)
class _Names:
    """The canonical table names there are, and the rules that made them: the project's own first."""

    naming: Naming
    tables: dict[str, Table]
    others: tuple[Naming, ...] = ()

    def table(self, name: str) -> str:
        """The canonical form of a reference to a table."""
        own = self.naming.written(name)
        if own in self.tables:
            return own
        return next((found for rule in self.others if (found := rule.written(name)) in self.tables), own)

    def column(self, table: str | None, name: str) -> str:
        """The canonical form of a column of a table, by the table's own dialect."""
        found = self.tables.get(table or "")
        return self.naming.of(found.dialect if found else None).column(name)

    def table_column(self, name: str) -> str:
        """The canonical form of `table.column`; the longest part that is a table is the table."""
        parts = [text for text, _ in split_name(name)]
        for length in range(len(parts) - 1, 0, -1):
            table = self.table(".".join(parts[:length]))
            if table in self.tables:
                return f"{table}.{self.column(table, '.'.join(parts[length:]))}"
        table = self.table(".".join(parts[:-1])) if len(parts) > 1 else ""
        return ".".join(filter(None, (table, self.naming.column(parts[-1]))))


def resolve(definitions: Definitions, naming: Naming) -> Catalog:
    """One thing per name: the first one read keeps it, later ones are `repeats`.

    A table has at most one SQL text: the first one written for it.
    """
    repeats: list[Described] = []
    named = [_with_canonical_names(table, naming) for table in definitions.tables]
    tables = _by_name(named, repeats)
    names = _Names(naming, tables, _other_namings(tables.values(), naming))
    return Catalog(
        tables={name: _table(table, names) for name, table in tables.items()},
        metrics=_by_name((_metric(metric, names) for metric in definitions.metrics), repeats),
        reports=_by_name((_report(report, names) for report in definitions.reports), repeats),
        jobs=_by_name((_job(job, names) for job in definitions.jobs), repeats),
        teams=_by_name(definitions.teams, repeats),
        terms=_by_name(definitions.terms, repeats),
        enums=_by_name(definitions.enums, repeats),
        sql=_sql(definitions, named),
        flows=tuple(_flow(flow, naming) for flow in definitions.flows),
        misfits=definitions.misfits,
        repeats=tuple(repeats),
    )


def _flow(flow: Flow, naming: Naming) -> Flow:
    here, there = naming.of(flow.dialect), naming.of(flow.target_dialect or flow.dialect)
    columns = tuple((here.column(source), there.column(target)) for source, target in flow.columns)
    target = there.written(flow.target) if flow.target else ""
    return replace(flow, source=here.written(flow.source), target=target, columns=columns)


def _by_name(things: Iterable[T], repeats: list[Described]) -> dict[str, T]:
    """Things by name, sorted; what comes second under a name goes to `repeats`."""
    first: dict[str, T] = {}
    for thing in things:
        if first.setdefault(thing.name, thing) is not thing:
            repeats.append(thing)
    return dict(sorted(first.items()))


def _sql(definitions: Definitions, named: list[Table]) -> tuple[SqlText, ...]:
    """The SQL texts under canonical table names; a repeated table's later texts are left out."""
    canonical = {before.name: after.name for before, after in zip(definitions.tables, named, strict=True)}
    taken: set[str] = set()
    texts: list[SqlText] = []
    for text in definitions.sql:
        table = None if text.table is None else canonical.get(text.table, text.table)
        if table not in taken:
            texts.append(text if table == text.table else replace(text, table=table))
        if table is not None:
            taken.add(table)
    return tuple(texts)


def _other_namings(tables: Iterable[Table], naming: Naming) -> tuple[Naming, ...]:
    dialects = {table.dialect for table in tables if table.dialect} - {naming.dialect}
    return tuple(naming.of(dialect) for dialect in sorted(dialects))


def _changed(thing: T, **values: Any) -> T:
    """The thing with other values; itself where nothing differs, which is much cheaper than a copy."""
    update = {key: value for key, value in values.items() if getattr(thing, key) != value}
    return thing.model_copy(update=update) if update else thing


def _with_canonical_names(table: Table, naming: Naming) -> Table:
    rule = naming.of(table.dialect)
    return _changed(
        table,
        name=rule.written(table.name),
        primary_key=tuple(map(rule.column, table.primary_key)),
        columns=tuple(_column(column, rule) for column in table.columns),
    )


def _column(column: Column, rule: Naming) -> Column:
    name = rule.column(column.name)
    return column if name == column.name else column.model_copy(update={"name": name})


def _table(table: Table, names: _Names) -> Table:
    return _changed(
        table,
        replacement=_table_or_none(table.replacement, names),
        columns=tuple(_with_reference(column, names) for column in table.columns),
    )


def _example(example: MetricExample, source: str | None, names: _Names) -> MetricExample:
    columns = tuple(names.column(source, column) for column in example.columns)
    return example.model_copy(update={"columns": columns})


def _computation(item: ComputedBy, names: _Names) -> ComputedBy:
    if item.sql or not item.column:
        return item
    return item.model_copy(update={"column": names.table_column(item.column)})


def _with_reference(column: Column, names: _Names) -> Column:
    reference = _table_or_none(column.references, names)
    source = column.inherited_from and names.table_column(column.inherited_from)
    if (reference, source) == (column.references, column.inherited_from):
        return column
    return column.model_copy(update={"references": reference, "inherited_from": source})


def _metric(metric: Metric, names: _Names) -> Metric:
    source = _table_or_none(metric.source, names)
    return _changed(
        metric,
        source=source,
        dimensions=tuple(names.column(source, dimension) for dimension in metric.dimensions),
        computed_by=tuple(_computation(item, names) for item in metric.computed_by),
        examples=tuple(_example(example, source, names) for example in metric.examples),
        time_anchor=metric.time_anchor and names.column(source, metric.time_anchor),
        numerator=metric.numerator and _part(metric.numerator, names),
        denominator=metric.denominator and _part(metric.denominator, names),
    )


def _part(part: MetricPart, names: _Names) -> MetricPart:
    if not part.dated_by:
        return part
    return part.model_copy(update={"dated_by": names.table_column(part.dated_by)})


def _report(report: Report, names: _Names) -> Report:
    fields = tuple(_field(field, names) for field in report.fields)
    return _changed(report, tables=tuple(map(names.table, report.tables)), fields=fields)


def _field(field: ReportField, names: _Names) -> ReportField:
    if not field.reads:
        return field
    column = field.column and names.table_column(field.column)
    columns = tuple(map(names.table_column, field.columns))
    return field.model_copy(update={"column": column, "columns": columns})


def _job(job: Job, names: _Names) -> Job:
    return _changed(job, tables=tuple(map(names.table, job.tables)))


def _table_or_none(name: str | None, names: _Names) -> str | None:
    return None if name is None else names.table(name)
