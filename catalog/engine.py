"""What tracing asks of `catalog.sql`, as values that can be sent, kept and answered elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .executing import ExampleOutcome, ExampleQuestion
from .naming import Naming
from .sql import StatementLineage, is_same_type, trace_python, trace_sql
from .sql.composition import Composition, CompositionQuestion
from .sql.conforming import Computation, ComputationQuestion
from .sql.timing import Timing, TimingQuestion

Schema = Mapping[str, Mapping[str, str]]

Statements = tuple[StatementLineage, ...]


EVERYTHING = ""
"""In the place of a table's name: all tables there are."""


@dataclass(frozen=True, slots=True)
class Question:
    """A text whose lineage is asked for. `database` and `schema` are those of names that state none.

    With `is_python`, the SQL stands in a Python text. `aliases` are other names of databases. With
    `observes`, it is also asked how the text is written. `home` are the database and schema in which names
    that state none are found first.
    """

    sql: str
    dialect: str
    database: str | None = None
    schema: str | None = None
    is_python: bool = False
    aliases: tuple[tuple[str, str], ...] = ()
    observes: bool = False
    home: tuple[str, ...] = ()

    @property
    def naming(self) -> Naming:
        """The rule for names in the text."""
        return Naming(self.dialect, self.database, self.schema, self.aliases).at(self.home)


class Tables(NamedTuple):
    """Canonical names of the tables that a text reads and writes."""

    reads: tuple[str, ...]
    writes: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class TypePair:
    """Two types of a dialect that are written differently."""

    dialect: str
    declared: str
    inferred: str


@dataclass(slots=True)
class Asked(Mapping[str, Mapping[str, str]]):
    """A schema that remembers which tables it was asked for, known to it or not; `EVERYTHING` if for all."""

    schema: Schema
    names: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> Mapping[str, str]:
        self.names.add(name)
        return self.schema[name]

    def __iter__(self) -> Iterator[str]:
        self.names.add(EVERYTHING)
        return iter(self.schema)

    def __len__(self) -> int:
        self.names.add(EVERYTHING)
        return len(self.schema)

    def __bool__(self) -> bool:
        return True  # Even an empty one wants to know what it is asked for.


def answer(question: Question, schema: Schema) -> Statements:
    """The lineage of a text."""
    if question.is_python:
        return trace_python(
            question.sql,
            dialect=question.dialect,
            schema=schema,
            default_catalog=question.database,
            default_schema=question.schema,
            aliases=question.aliases,
            observes=question.observes,
        )
    return trace_sql(
        question.sql,
        dialect=question.dialect,
        schema=schema,
        default_catalog=question.database,
        default_schema=question.schema,
        aliases=question.aliases,
        home=question.home,
        infer_types=True,
        observes=question.observes,
    )


def is_same(pair: TypePair) -> bool:
    """Do the two types mean the same."""
    return is_same_type(pair.declared, pair.inferred, dialect=pair.dialect)


def tables_of(statements: Statements) -> Tables:
    """The tables of a text, sorted."""
    reads = {table for statement in statements for table in statement.reads}
    writes = {table for statement in statements for table in statement.writes}
    return Tables(tuple(sorted(reads)), tuple(sorted(writes)))


@dataclass(frozen=True, slots=True)
class Engine:
    """How questions are answered. Each is a pure function, whatever it does to be quick."""

    tables: Callable[[Sequence[Question], Schema], list[Tables]]
    trace: Callable[[Sequence[Question], Schema], list[Statements]]
    compare: Callable[[Sequence[TypePair]], list[bool]]
    run: Callable[[Sequence[ExampleQuestion]], list[ExampleOutcome]]
    compute: Callable[[Sequence[ComputationQuestion]], list[Computation]]
    time: Callable[[Sequence[TimingQuestion]], list[tuple[Timing, ...]]]
    compose: Callable[[Sequence[CompositionQuestion]], list[Composition]]
