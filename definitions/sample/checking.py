"""What the definitions say of the warehouse, held against the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
from clock import RUN_DATE
from duckdb_sql import statements

from catalog import Column, Metric, Project, Table

BIGQUERY_TYPES = {
    "BIGINT": "INT64",
    "BOOLEAN": "BOOL",
    "DATE": "DATE",
    "DOUBLE": "FLOAT64",
    "HUGEINT": "INT64",
    "INTEGER": "INT64",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMP",
    "UBIGINT": "INT64",
    "VARCHAR": "STRING",
    "VARCHAR[]": "ARRAY<STRING>",
}
"""DuckDB's type → BigQuery's. Sums of whole numbers are wider in DuckDB."""

SHARES = frozenset({"percent", "share"})
"""Units whose values lie between 0 and 1."""


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A built warehouse with the definitions it was built from."""

    connection: duckdb.DuckDBPyConnection
    project: Project

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What a query of DuckDB gives."""
        return self.connection.execute(query).fetchall()

    def bigquery(self, query: str) -> list[tuple[object, ...]]:
        """What a query of BigQuery gives."""
        (translated,) = statements(query, RUN_DATE)
        return self.rows(translated)


def faults(connection: duckdb.DuckDBPyConnection, project: Project) -> Iterator[str]:
    """Every contradiction, in words."""
    warehouse = Warehouse(connection, project)
    derived = {text.table for text in project.catalog.sql}
    for table in project.catalog.tables.values():
        if table.name in derived:
            yield from column_faults(warehouse, table)
        yield from key_faults(warehouse, table)
        yield from value_faults(warehouse, table)
    for metric in project.catalog.metrics.values():
        yield from metric_faults(warehouse, metric)


def quoted(table: str) -> str:
    """The name of a table in SQL."""
    return ".".join(f'"{part}"' for part in table.split(".", 1))


def column_faults(warehouse: Warehouse, table: Table) -> Iterator[str]:
    """Columns that are produced and not declared or the other way round, and types that differ."""
    produced = {str(name): str(kind) for name, kind, *_ in warehouse.rows(f"DESCRIBE {quoted(table.name)}")}
    declared = {column.name: column.type for column in table.columns if "." not in column.name}
    if list(produced) != list(declared):
        yield f"{table.name}: produces {', '.join(produced)}, declares {', '.join(declared)}"
        return
    for name, kind in produced.items():
        if BIGQUERY_TYPES.get(kind, kind) != declared[name]:
            yield f"{table.name}.{name}: is {kind}, declared as {declared[name]}"


def key_faults(warehouse: Warehouse, table: Table) -> Iterator[str]:
    """No rows at all, rows with one key, and nulls or repeats where there may be none."""
    name = quoted(table.name)
    ((count,),) = warehouse.rows(f"SELECT COUNT(*) FROM {name}")
    if not count:
        yield f"{table.name}: has no rows"
    key = ", ".join(f'"{column}"' for column in table.primary_key)
    repeated = (
        warehouse.rows(f"SELECT {key} FROM {name} GROUP BY ALL HAVING COUNT(*) > 1 LIMIT 1") if key else []
    )
    for row in repeated:
        yield f"{table.name}: the key {row} stands in several rows"
    for column in table.columns:
        if column.required and "." not in column.name:
            ((nulls,),) = warehouse.rows(f'SELECT COUNT(*) FROM {name} WHERE "{column.name}" IS NULL')
            if nulls:
                yield f"{table.name}.{column.name}: is required and null in {nulls} rows"
        if column.unique:
            ((repeats,),) = warehouse.rows(
                f'SELECT COUNT("{column.name}") - COUNT(DISTINCT "{column.name}") FROM {name}'
            )
            if repeats:
                yield f"{table.name}.{column.name}: is unique and {repeats} values repeat"


def value_faults(warehouse: Warehouse, table: Table) -> Iterator[str]:
    """Values outside an enumeration, and codes that the table they point at does not have."""
    for column in table.columns:
        values = f"SELECT DISTINCT value FROM ({_values(table, column)}) WHERE value IS NOT NULL"
        allowed = set(column.valid_values)
        if column.enum and not allowed:
            allowed = {value.value for value in warehouse.project.catalog.enums[column.enum].values}
        if allowed:
            strange = {value for (value,) in warehouse.rows(values)} - allowed
            for value in sorted(map(str, strange)):
                yield f"{table.name}.{column.name}: holds `{value}`, which is not among its values"
        if column.references:
            target = warehouse.project.catalog.tables[column.references]
            key = target.primary_key[0]
            known = f'SELECT "{key}" FROM {quoted(target.name)}'
            ((lost,),) = warehouse.rows(f"SELECT COUNT(*) FROM ({values}) WHERE value NOT IN ({known})")
            if lost:
                yield f"{table.name}.{column.name}: {lost} values are not in {target.name}"


def _values(table: Table, column: Column) -> str:
    """A query for the single values of a column: those inside an array, a struct, or an array of structs."""
    outer, _, inner = column.name.partition(".")
    holder = table.column(outer)
    value = f'"{outer}"'
    if holder and (holder.type or "").startswith("ARRAY"):
        value = f"UNNEST({value})"
    source = f"SELECT {value} AS value FROM {quoted(table.name)}"
    return f'SELECT (value)."{inner}" AS value FROM ({source})' if inner else source


def metric_faults(warehouse: Warehouse, metric: Metric) -> Iterator[str]:
    """Expressions that do not run, give nothing or something absurd, and dimensions that do not group."""
    value = metric_value(warehouse, metric)
    if value is None or not is_sane(metric, value):
        yield f"{metric.name}: gives {value} {metric.unit or ''}"
    if metric.numerator and metric.denominator:
        (above,) = _select(warehouse, metric, metric.numerator.expression)[0]
        (below,) = _select(warehouse, metric, metric.denominator.expression)[0]
        if not isinstance(above, int | float) or not isinstance(below, int | float) or not below:
            yield f"{metric.name}: divides {above} by {below}"
        elif value is not None and abs(above / below - value) > 1e-9 * max(1.0, abs(value)):
            yield f"{metric.name}: gives {value}, but {above} ÷ {below} is {above / below}"
    for dimension in metric.dimensions:
        groups = _groups(warehouse, metric, dimension)
        if not groups:
            yield f"{metric.name}: has no groups by {dimension}"


def metric_value(warehouse: Warehouse, metric: Metric) -> float | None:
    """The value of a metric over the whole sample; None where it has none."""
    ((value,),) = _select(warehouse, metric, metric.expression or "NULL")
    return float(value) if isinstance(value, int | float) else None


def is_sane(metric: Metric, value: float) -> bool:
    """Can the value be one of its unit?"""
    if metric.unit in SHARES or (metric.unit or "").startswith("share"):
        return 0 <= value <= 1
    return value >= (-1 if "-1" in (metric.unit or "") else 0)


def _select(warehouse: Warehouse, metric: Metric, expression: str) -> list[tuple[object, ...]]:
    condition = f" WHERE {metric.filter}" if metric.filter else ""
    return warehouse.bigquery(f"SELECT {expression} FROM `{metric.source}`{condition}")


def _groups(warehouse: Warehouse, metric: Metric, dimension: str) -> list[tuple[object, ...]]:
    """The values of a metric by a dimension; a list counts in the group of each of its values."""
    source = warehouse.project.catalog.tables[metric.source or ""]
    column = source.column(dimension)
    condition = f" WHERE {metric.filter}" if metric.filter else ""
    is_list = column is not None and (column.type or "").startswith("ARRAY")
    unnested = f", UNNEST({dimension}) AS one" if is_list else ""
    group = "one" if is_list else dimension
    return warehouse.bigquery(
        f"SELECT {group}, {metric.expression} FROM `{source.name}`{unnested}{condition} GROUP BY {group}"
    )
