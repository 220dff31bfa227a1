"""Catalog → Traced: every SQL text of the project, and every metric's expression, turned into facts.

Texts are traced sources first, so that the columns one text produces are known to the next one
where no definition declares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from .model import Catalog, Location, Metric, SqlText
from .naming import Naming
from .settings import Settings
from .sql import StatementLineage, scan, trace_sql

BACKTICK_DIALECTS = frozenset(
    {"bigquery", "mysql", "spark", "spark2", "databricks", "hive", "doris", "starrocks"}
)

Schema = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class TracedText:
    """A SQL text and its statements, each with the table it writes filled in."""

    sql: SqlText
    statements: tuple[StatementLineage, ...]


@dataclass(frozen=True, slots=True)
class TracedExpression:
    """A piece of SQL of a metric, traced as a query over the metric's source.

    `part` is expression, numerator or denominator.
    """

    metric: str
    part: str
    location: Location
    statements: tuple[StatementLineage, ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """All that was traced: texts in the order of their files, expressions by metric."""

    texts: tuple[TracedText, ...] = ()
    expressions: tuple[TracedExpression, ...] = ()


def trace(catalog: Catalog, settings: Settings) -> Traced:
    """Every SQL text and metric of the catalog, traced."""
    schema = declared_schema(catalog)
    texts = []
    for sql in in_order_of_dependency(catalog.sql, settings.naming):
        traced = _trace_text(sql, schema, settings.naming)
        texts.append(traced)
        for table, columns in produced_columns(traced.statements).items():
            schema.setdefault(table, columns)
    expressions = [
        expression
        for metric in catalog.metrics.values()
        for expression in _trace_metric(metric, catalog, schema, settings.naming)
    ]
    return Traced(tuple(sorted(texts, key=lambda text: text.sql.start)), tuple(expressions))


def declared_schema(catalog: Catalog) -> dict[str, dict[str, str]]:
    """Table → column → type, of all tables whose columns are written down."""
    return {
        name: {column.name: column.type or "" for column in table.columns}
        for name, table in catalog.tables.items()
        if table.columns
    }


def produced_columns(statements: Iterable[StatementLineage]) -> dict[str, dict[str, str]]:
    """Table → column → type, of all tables that the statements write."""
    produced: dict[str, dict[str, str]] = {}
    for statement in statements:
        for table in statement.writes:
            columns = produced.setdefault(table, {})
            columns |= {output.name: output.type or "" for output in statement.outputs}
    return {table: columns for table, columns in produced.items() if columns}


def in_order_of_dependency(texts: Iterable[SqlText], naming: Naming) -> Iterator[SqlText]:
    """The texts, each after those that write what it reads; a cycle is entered at its first text."""
    scanned = [(text, *_scan(text, naming)) for text in texts]
    writers: dict[str, list[int]] = {}
    for index, (_, _, writes) in enumerate(scanned):
        for table in writes:
            writers.setdefault(table, []).append(index)
    sources = [
        [writer for table in sorted(reads) for writer in writers.get(table, ()) if writer != index]
        for index, (_, reads, _) in enumerate(scanned)
    ]
    return (scanned[index][0] for index in _depth_first(sources))


def _depth_first(sources: list[list[int]]) -> list[int]:
    """Indexes in an order in which each stands after its sources; iterative, since chains can be long."""
    order: list[int] = []
    seen: set[int] = set()
    for start in range(len(sources)):
        stack = [(start, iter(sources[start]))] if start not in seen else []
        seen.add(start)
        while stack:
            index, waiting = stack[-1]
            following = next((source for source in waiting if source not in seen), None)
            if following is None:
                order.append(index)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(sources[following])))
    return order


def _scan(text: SqlText, naming: Naming) -> tuple[frozenset[str], frozenset[str]]:
    reads, writes = scan(
        text.text, dialect=text.dialect, default_catalog=naming.database, default_schema=naming.schema
    )
    return reads, writes or frozenset({text.table} if text.table else ())


def _trace_text(text: SqlText, schema: Schema, naming: Naming) -> TracedText:
    statements = trace_sql(
        text.text,
        dialect=text.dialect,
        schema=schema,
        default_catalog=naming.database,
        default_schema=naming.schema,
    )
    return TracedText(text, tuple(_written_to(text.table, statement) for statement in statements))


def _written_to(table: str | None, statement: StatementLineage) -> StatementLineage:
    """A bare query in a table's definition is what fills that table."""
    if table is None or statement.kind != "select":
        return statement
    return replace(
        statement,
        writes=(table,),
        columns=tuple(replace(edge, target_table=table) for edge in statement.columns),
        indirect=tuple(replace(edge, target_table=table) for edge in statement.indirect),
    )


def _trace_metric(
    metric: Metric, catalog: Catalog, schema: Schema, naming: Naming
) -> Iterator[TracedExpression]:
    if metric.source is None:
        return
    table = catalog.tables.get(metric.source)
    dialect = (table and table.dialect) or naming.dialect
    source = quoted(metric.source, dialect)
    where = f"\nWHERE {metric.filter}" if metric.filter else ""
    for part, expression, location in metric_parts(metric):
        statements = trace_sql(
            f"SELECT {expression} AS {part}\nFROM {source}{where}",
            dialect=dialect,
            schema=schema,
            default_catalog=naming.database,
            default_schema=naming.schema,
        )
        yield TracedExpression(metric.name, part, location, statements)


def metric_parts(metric: Metric) -> Iterator[tuple[str, str, Location]]:
    """The SQL pieces of a metric: which part, the text, and where it stands."""
    if metric.expression:
        yield "expression", metric.expression, metric.at("expression")
    for part in ("numerator", "denominator"):
        written = getattr(metric, part)
        if written is not None and written.expression:
            yield part, written.expression, written.at("expression")


def quoted(table: str, dialect: str) -> str:
    """A canonical table name as it may stand in SQL of that dialect."""
    mark = "`" if dialect in BACKTICK_DIALECTS else '"'
    return ".".join(f"{mark}{part}{mark}" for part in table.split("."))
