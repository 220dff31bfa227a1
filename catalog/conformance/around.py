"""What comparing needs to know of the project around, and how a text is asked for what it computes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..engine import Engine
from ..lineage import Lineage, Node, NodeKind
from ..model import Catalog, SqlText
from ..naming import Naming
from ..sql.conforming import Computation, ComputationQuestion, InlinedText
from .judging import STEP, Told

SEVERAL_DIALECTS = "the SQL on the way is of several dialects"


@dataclass(frozen=True, slots=True)
class Around:
    """What comparing needs to know of the project."""

    catalog: Catalog
    lineage: Lineage
    naming: Naming
    engine: Engine

    def fillers(self, table: str) -> tuple[SqlText, ...]:
        """The texts that fill a table."""
        return tuple(dict.fromkeys(made.text.sql for made in self.lineage.productions(table)))

    def reads(self, table: str) -> frozenset[str]:
        """The tables that the texts of a table read."""
        made = self.lineage.productions(table)
        return frozenset(each for one in made for each in one.statement.reads)

    def behind(self, tables: Iterable[str]) -> frozenset[str]:
        """The tables, and all that they are made from."""
        found = set(tables)
        for table in tables:
            upstream = self.lineage.upstream(Node(NodeKind.TABLE, table))
            found |= {node.name for node in upstream if node.kind is NodeKind.TABLE}
        return frozenset(found)

    def required(self, tables: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Table and column of those columns that are said to be never null, and of keys of one column."""
        known = (self.catalog.tables[name] for name in sorted(set(tables)) if name in self.catalog.tables)
        return tuple(
            (table.name, column.name)
            for table in known
            for column in table.columns
            if column.required or (column.required is None and table.primary_key == (column.name,))
        )

    def columns(self, tables: Iterable[str]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Table → column → type, of those whose columns are known."""
        found = {}
        for name in sorted(set(tables)):
            table = self.catalog.tables.get(name)
            declared = {column.name: column.type or "" for column in table.columns} if table else {}
            made = {each.name: each.type or "" for each in self.lineage.outputs(name).values()}
            if declared or made:
                found[name] = tuple((declared or made).items())
        return tuple(found.items())


def between(tables: Iterable[str], stops: frozenset[str], around: Around) -> list[SqlText]:
    """The texts of the tables before the stops, each once, sorted by table; those with one text alone."""
    found: dict[str, SqlText] = {}
    waiting = sorted(tables)
    while waiting:
        table = waiting.pop()
        texts = around.fillers(table)
        if table in stops or table in found or len(texts) != 1:
            continue
        found[table] = SqlText(texts[0].text, texts[0].start, texts[0].dialect, table)
        waiting += sorted(around.reads(table) - {table})
    return [found[table] for table in sorted(found)]


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of a text."""

    target: str
    column: str
    between: list[SqlText]
    reads: frozenset[str]
    is_per_row: bool = False


def asked(text: SqlText, asking: Asking, around: Around, *, is_definition: bool = False) -> Told:
    """What the text computes, as it was told."""
    texts = (text, *asking.between)
    question = question_about(text, asking, around)
    if question is None:
        return Told(Computation(reason=SEVERAL_DIALECTS), texts, is_definition)
    (answer,) = around.engine.compute([question])
    return Told(answer, texts, is_definition, question=question)


def question_about(text: SqlText, asking: Asking, around: Around) -> ComputationQuestion | None:
    """What to ask the engine about a text; None where the texts on the way are of several dialects."""
    if any(each.dialect != text.dialect for each in asking.between):
        return None
    naming = around.naming
    reads = set(asking.reads).union(*(around.reads(each.table or "") for each in asking.between))
    return ComputationQuestion(
        text.dialect,
        text.text,
        asking.target,
        asking.column,
        tuple(
            InlinedText(each.table or "", each.text, number * STEP + 1, is_python=each.is_python)
            for number, each in enumerate(asking.between, 1)
        ),
        around.columns(reads),
        naming.database,
        naming.schema,
        naming.aliases,
        asking.is_per_row,
        required=around.required(reads),
        is_python=text.is_python,
    )
