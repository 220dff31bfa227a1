"""Catalog → Traced: every SQL text of the project, and every metric's expression, turned into facts.

Texts are traced sources first, so that the columns one text produces are known to the next one
where no definition declares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from .engine import Engine, Question, Schema, Statements, Tables, TypePair
from .model import Catalog, Location, Metric, SqlText
from .naming import Naming
from .settings import Settings
from .sql import GapReason, Observation, StatementLineage

BACKTICK_DIALECTS = frozenset(
    {"bigquery", "mysql", "spark", "spark2", "databricks", "hive", "doris", "starrocks"}
)

CHANGES_ROWS = frozenset({"update", "delete"})
"""Kinds of statement that touch some columns of a table, and so do not tell which it has."""


@dataclass(frozen=True, slots=True)
class TracedText:
    """A SQL text and its statements, each with the table it writes filled in."""

    sql: SqlText
    statements: tuple[StatementLineage, ...]


@dataclass(frozen=True, slots=True)
class ObservedText:
    """A SQL text and what was seen in how it is written."""

    sql: SqlText
    observations: tuple[Observation, ...]


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
    """All that was traced: texts in the order of their files, expressions by metric.

    `other_types` are the pairs of a documented type and one that SQL produces which do not mean the same.
    """

    texts: tuple[TracedText, ...] = ()
    expressions: tuple[TracedExpression, ...] = ()
    other_types: frozenset[TypePair] = frozenset()


def trace(catalog: Catalog, settings: Settings, engine: Engine) -> Traced:
    """Every SQL text and metric of the catalog, traced."""
    schema = declared_schema(catalog)
    texts = trace_texts(catalog.sql, schema, settings.naming, engine)
    expressions = _trace_metrics(catalog, schema | produced_columns(texts, schema), settings.naming, engine)
    return Traced(texts, expressions, _other_types(catalog, texts, engine))


def declared_schema(catalog: Catalog) -> dict[str, dict[str, str]]:
    """Table → column → type, of all tables whose columns are written down."""
    return {
        name: {column.name: column.type or "" for column in table.columns}
        for name, table in catalog.tables.items()
        if table.columns
    }


def known_columns(catalog: Catalog, traced: Traced) -> dict[str, dict[str, str]]:
    """Table → column → type, of all tables whose columns are written down or made by SQL."""
    declared = declared_schema(catalog)
    return declared | produced_columns(traced.texts, declared)


def trace_texts(
    texts: Sequence[SqlText], schema: Schema, naming: Naming, engine: Engine
) -> tuple[TracedText, ...]:
    """The texts traced, in the order of their files.

    Those that read what others produce and nobody declares come after these, and know what columns they made.
    """
    ordered = sorted(texts, key=lambda text: text.start)
    questions = [text_question(text, naming, observes=True) for text in ordered]
    tables = [
        _with_own(text.table, each)
        for text, each in zip(ordered, engine.tables(questions, schema), strict=True)
    ]
    traced: dict[int, TracedText] = {}
    known = dict(schema)
    for level in _levels(tables, _undeclared_writers(tables, schema)):
        answers = engine.trace([questions[index] for index in level], known)
        for index, statements in zip(level, answers, strict=True):
            traced[index] = _traced(ordered[index], statements)
        known |= produced_columns((traced[index] for index in level), known)
    return tuple(traced[index] for index in range(len(ordered)))


def produced_columns(texts: Iterable[TracedText], known: Schema) -> dict[str, dict[str, str]]:
    """Table → column → type, of tables that the texts write and that are not known.

    Whoever creates a table says what columns it has; where nobody does, all who fill it together. Of a table
    with a `*` over columns that nobody knows, some would be missing, and so none are told.
    """
    created: dict[str, dict[str, str]] = {}
    open_ended: set[str] = set()
    filled: dict[str, dict[str, str]] = {}
    for statement in (statement for text in texts for statement in text.statements):
        for table in statement.writes:
            columns = {output.name: output.type or "" for output in statement.outputs}
            if table in known or not columns or statement.kind in CHANGES_ROWS:
                continue
            if any(gap.reason is GapReason.UNKNOWN_STAR for gap in statement.gaps):
                open_ended.add(table)
            if statement.kind.startswith("create"):
                created.setdefault(table, columns)
            else:
                filled[table] = columns | filled.get(table, {})
    return {table: columns for table, columns in (filled | created).items() if table not in open_ended}


def observed_texts(texts: Iterable[TracedText]) -> tuple[ObservedText, ...]:
    """Those in which something was seen, each with that in the order of its lines."""
    found = []
    for text in texts:
        seen = [each for statement in text.statements for each in statement.observations]
        seen.sort(key=lambda each: (each.line, each.char, each.kind, each.table))
        found += [ObservedText(text.sql, tuple(seen))] if seen else []
    return tuple(found)


def text_question(text: SqlText, naming: Naming, *, observes: bool = False) -> Question:
    """A text as the engine is asked about it, given the project's rule for names."""
    default = (naming.database, naming.schema)
    return Question(text.text, text.dialect, *default, text.is_python, naming.aliases, observes, text.home)


def _traced(text: SqlText, statements: Statements) -> TracedText:
    return TracedText(text, tuple(_written_to(text.table, statement) for statement in statements))


def _with_own(table: str | None, tables: Tables) -> Tables:
    """A definition's SQL that writes nothing is what fills its table."""
    return tables if tables.writes or table is None else Tables(tables.reads, (table,))


def _undeclared_writers(texts: Sequence[Tables], schema: Schema) -> dict[str, list[int]]:
    """Table → indexes of the texts that write it; tables with declared columns aside."""
    writers: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        for table in text.writes:
            if table not in schema:
                writers.setdefault(table, []).append(index)
    return writers


def _levels(texts: Sequence[Tables], writers: Mapping[str, list[int]]) -> list[list[int]]:
    """Indexes by the length of the longest way to them; a cycle is entered at its first text."""
    levels: list[list[int]] = [[]]
    reached: dict[str, int] = {}  # table → the highest level of those who write it, as far as they have one
    for index in _depth_first(texts, writers):
        text = texts[index]
        level = 1 + max((reached[table] for table in text.reads if table in reached), default=-1)
        for table in text.writes:
            if table in writers:
                reached[table] = max(level, reached.get(table, level))
        if level == len(levels):
            levels.append([])
        levels[level].append(index)
    return [sorted(level) for level in levels]


def _depth_first(texts: Sequence[Tables], writers: Mapping[str, list[int]]) -> list[int]:
    """Indexes in an order in which each stands after its sources; iterative, since chains can be long.

    Who has gone through a part of a table's writers has done so for all who read it: where many texts write
    and read one table, each pair of them would be looked at else.
    """
    left = {table: iter(indexes) for table, indexes in writers.items()}
    order: list[int] = []
    seen: set[int] = set()
    for start in range(len(texts)):
        stack = [start] if start not in seen else []
        seen.add(start)
        while stack:
            waiting = chain.from_iterable(left[table] for table in texts[stack[-1]].reads if table in left)
            following = next((source for source in waiting if source not in seen), None)
            if following is None:
                order.append(stack.pop())
            else:
                seen.add(following)
                stack.append(following)
    return order


def _written_to(table: str | None, statement: StatementLineage) -> StatementLineage:
    """A bare query in a table's definition is what fills that table."""
    if table is None or statement.kind != "select":
        return statement
    return replace(
        statement,
        writes=(table,),
        columns=tuple(edge._replace(target_table=table) for edge in statement.columns),
        indirect=tuple(edge._replace(target_table=table) for edge in statement.indirect),
    )


def _trace_metrics(
    catalog: Catalog, schema: Schema, naming: Naming, engine: Engine
) -> tuple[TracedExpression, ...]:
    asked = [
        (
            TracedExpression(metric.name, part, location, ()),
            metric_question(metric, part, expression, catalog, naming),
        )
        for metric in catalog.metrics.values()
        if metric.source is not None
        for part, expression, location in metric_parts(metric)
    ]
    answers = engine.trace([question for _, question in asked], schema)
    return tuple(
        replace(expression, statements=statements)
        for (expression, _), statements in zip(asked, answers, strict=True)
    )


def metric_question(metric: Metric, part: str, expression: str, catalog: Catalog, naming: Naming) -> Question:
    """A part of a metric as a query over its source."""
    source = metric.source or ""
    table = catalog.tables.get(source)
    dialect = (table and table.dialect) or naming.dialect
    where = f"\nWHERE {metric.filter}" if metric.filter else ""
    sql = f"SELECT {expression} AS {part}\nFROM {quoted(source, dialect)}{where}"
    return Question(sql, dialect, naming.database, naming.schema, aliases=naming.aliases)


def _other_types(catalog: Catalog, texts: Iterable[TracedText], engine: Engine) -> frozenset[TypePair]:
    """Pairs of a documented type and the one that the SQL produces, where they do not mean the same."""
    pairs = sorted({pair for text in texts for pair in _differing(catalog, text)})
    answers = engine.compare(pairs)
    return frozenset(pair for pair, is_same in zip(pairs, answers, strict=True) if not is_same)


def _differing(catalog: Catalog, text: TracedText) -> Iterator[TypePair]:
    for statement in text.statements:
        for table in statement.writes:
            documented = catalog.tables.get(table)
            types = {column.name: column.type for column in documented.columns} if documented else {}
            for output in statement.outputs:
                declared = types.get(output.name)
                if declared and output.type and declared.casefold() != output.type.casefold():
                    yield TypePair(text.sql.dialect, declared, output.type)


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
