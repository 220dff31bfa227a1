"""SQL text to facts. The only package that imports sqlglot.

sqlglot is imported when the first text is traced, not before: a run that finds
everything in its cache never pays for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..naming import Naming
from .edges import (
    ColumnEdge,
    EdgeType,
    Gap,
    GapReason,
    IndirectEdge,
    OutputColumn,
    StatementLineage,
    Subtype,
    UnknownColumn,
)
from .observations import Observation, ObservationKind
from .translated import GIVEN, ROW_NUMBER, Aggregation, Dataset, DuckDbSql, Untranslated

__all__ = [
    "GIVEN",
    "ROW_NUMBER",
    "SQL_DIALECTS",
    "Aggregation",
    "ColumnEdge",
    "Dataset",
    "DuckDbSql",
    "EdgeType",
    "Gap",
    "GapReason",
    "IndirectEdge",
    "Observation",
    "ObservationKind",
    "OutputColumn",
    "StatementLineage",
    "Subtype",
    "UnknownColumn",
    "Untranslated",
    "for_duckdb",
    "is_same_stored_type",
    "is_same_type",
    "keys_of_rows",
    "over_dataset",
    "scan",
    "trace_python",
    "trace_sql",
]

SQL_DIALECTS = frozenset(
    {"athena", "bigquery", "clickhouse", "databricks", "dax", "doris", "dremio", "drill", "druid", "duckdb",
     "dune", "exasol", "fabric", "hive", "materialize", "mysql", "oracle", "postgres", "presto", "prql",
     "redshift", "risingwave", "snowflake", "solr", "spark", "spark2", "sqlite", "starrocks", "tableau",
     "teradata", "trino", "tsql"}
)  # fmt: skip
"""Names of dialects that `trace_sql` takes."""


def trace_sql(  # noqa: PLR0913 - the one door, all but the text by name
    sql: str,
    *,
    dialect: str,
    schema: Mapping[str, Mapping[str, str]] | None = None,
    default_catalog: str | None = None,
    default_schema: str | None = None,
    aliases: Sequence[tuple[str, str]] = (),
    home: Sequence[str] = (),
    infer_types: bool = False,
    observes: bool = False,
) -> tuple[StatementLineage, ...]:
    """The lineage of every statement of a text, in order. Never raises on text: what is not seen is a gap.

    Args:
        sql: Any number of statements; empty text and comments have none.
        dialect: One of `SQL_DIALECTS`; another name gives one unparsed statement.
        schema: Canonical table name → canonical column name (dotted in a struct) → type, "" where unknown.
        default_catalog: The database of names that state none.
        default_schema: The schema of names that state none.
        aliases: Other names of databases, each with the one that is meant.
        home: Database and schema in which names that state none are found first, as after `USE`.
        infer_types: Tell the types of outputs too, which costs as much as all the rest.
        observes: Tell what is seen in how the statements are written, too.
    """
    from .tracing import Wanted, trace_text

    if dialect not in SQL_DIALECTS:
        gap = Gap(GapReason.UNSUPPORTED, f"`{dialect}` is no SQL dialect that is known", 1)
        return (StatementLineage(0, 1, "unparsed", gaps=(gap,)),)
    naming = Naming(dialect, default_catalog, default_schema, tuple(aliases)).at(home)
    return trace_text(sql, naming, schema or {}, Wanted(types=infer_types, observations=observes))


def trace_python(  # noqa: PLR0913 - as `trace_sql`
    text: str,
    *,
    dialect: str,
    schema: Mapping[str, Mapping[str, str]] | None = None,
    default_catalog: str | None = None,
    default_schema: str | None = None,
    aliases: Sequence[tuple[str, str]] = (),
    observes: bool = False,
) -> tuple[StatementLineage, ...]:
    """The lineage of the SQL in a Python text, as of `trace_sql`, at the lines where it stands there.

    The text is read, never run. What of a SQL string is not constant is a hole: harmless in a literal, a gap
    where it may be a table or column.
    """
    from .tracing import Wanted, trace_python_text

    if dialect not in SQL_DIALECTS:
        return trace_sql("", dialect=dialect)
    naming = Naming(dialect, default_catalog, default_schema, tuple(aliases))
    return trace_python_text(text, naming, schema or {}, Wanted(types=True, observations=observes))


def scan(
    sql: str, *, dialect: str, default_catalog: str | None = None, default_schema: str | None = None
) -> tuple[frozenset[str], frozenset[str]]:
    """The canonical names of the tables that a text reads and writes, for an order to trace texts in."""
    statements = trace_sql(
        sql, dialect=dialect, default_catalog=default_catalog, default_schema=default_schema
    )
    reads = frozenset(table for statement in statements for table in statement.reads)
    return reads, frozenset(table for statement in statements for table in statement.writes)


def is_same_type(declared: str, inferred: str, *, dialect: str) -> bool:
    """Do two types of a dialect mean the same, lengths and widths aside? True where one cannot be judged."""
    if declared.casefold() == inferred.casefold():
        return True
    from .same_type import is_alike

    return is_alike(declared, inferred, dialect)


def is_same_stored_type(documented: tuple[str, str], stored: tuple[str, str]) -> bool:
    """Do a documented type and one that a warehouse states mean the same, each with its dialect?

    As `is_same_type`, but time zones count: neither is inferred.
    """
    if documented[0].casefold() == stored[0].casefold():
        return True
    from .same_type import is_alike_in_warehouse

    return is_alike_in_warehouse(documented, stored)


def for_duckdb(
    aggregation: Aggregation, columns: Mapping[str, str], *, dialect: str
) -> DuckDbSql | Untranslated:
    """An aggregating expression as DuckDB runs it over rows with those columns, where both mean the same.

    Args:
        aggregation: In the dialect, over the columns.
        columns: Name → type in the dialect, "" where it is not known.
        dialect: One of `SQL_DIALECTS`.
    """
    from .faithful import translated

    return translated(aggregation, columns, dialect)


def over_dataset(aggregation: Aggregation, dataset: Dataset, *, dialect: str) -> str | None:
    """An aggregating expression as a semantic model has it, `SUM(dataset.column)`, its condition inside.

    None where it cannot be said so, or may not give the same value.
    """
    from .datasets import over_dataset as said

    return said(aggregation, dataset, dialect) if dialect in SQL_DIALECTS else None


def keys_of_rows(sql: str, naming: Naming) -> dict[int, tuple[str, ...]]:
    """Line of a statement → the output columns that tell its rows apart, where its own SELECT says so."""
    from . import row_keys

    return row_keys.keys_of_rows(sql, naming) if naming.dialect in SQL_DIALECTS else {}
