"""What a part of a statement sees: the sources around it, and the ledger its findings go to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from ..naming import Naming
from .edges import Gap, GapReason, Subtype, UnknownColumn
from .effects import Clause, Controls, Effect, join_controls
from .positions import SqlTokens, position
from .relations import Attribute, BaseTable, Derived, Relation, Sources
from .shards import SHARD_ENDS, sharded
from .types import Typing

Schema = Mapping[str, Mapping[str, str]]


PSEUDO_COLUMNS: dict[str, dict[str, str]] = {
    "bigquery": {
        "_table_suffix": "STRING",
        "_partitiontime": "TIMESTAMP",
        "_partitiondate": "DATE",
        "_file_name": "STRING",
        "_change_type": "STRING",
        "_change_timestamp": "TIMESTAMP",
    },
    "snowflake": {
        "METADATA$FILENAME": "VARCHAR",
        "METADATA$FILE_ROW_NUMBER": "NUMBER",
        "METADATA$ACTION": "VARCHAR",
        "METADATA$ISUPDATE": "BOOLEAN",
        "METADATA$ROW_ID": "VARCHAR",
    },
    "oracle": {"ROWID": ""},
    "postgres": {"ctid": "", "xmin": "", "xmax": "", "tableoid": ""},
    "duckdb": {"rowid": "BIGINT"},
    "sqlite": {"rowid": "INTEGER"},
}
"""Columns that tables of a dialect have without declaring them."""

NO_COLUMNS: Mapping[str, str] = {}

WRITING = (exp.Insert, exp.Create, exp.Merge, exp.Update, exp.Delete)
"""Statements whose first table is the one they write."""

COUNTED_NAMES: dict[str, frozenset[str]] = {
    "oracle": frozenset({"LEVEL", "ROWNUM", "SYSDATE", "SYSTIMESTAMP", "USER"}),
    "snowflake": frozenset({"SYSDATE"}),
}
"""Names that a dialect makes values of without any table."""

ALIASES_IN_PROJECTIONS = frozenset(
    {"snowflake", "redshift", "databricks", "spark", "duckdb", "clickhouse", "teradata", "exasol", "dremio"}
)
"""Dialects in which a projection may use the alias of an earlier one."""


@dataclass(slots=True)
class Ledger:
    """What the walk over one statement finds, in the order it is found. `effects` are those of its WITH.

    A gap goes with the name it is about, where it is about a name that may have several owners.
    """

    reads: set[str] = field(default_factory=set)
    gaps: dict[Gap, str | None] = field(default_factory=dict)
    unknown: dict[UnknownColumn, None] = field(default_factory=dict)
    temporary: set[str] = field(default_factory=set)
    effects: list[Effect] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Walk:
    """What holds for a whole statement. `evaluate` is the way from an expression back to nested queries."""

    text: SqlTokens
    naming: Naming
    schema: Schema
    typing: Typing
    evaluate: Callable[[exp.Expr, Scope], Derived]
    temporary: Mapping[str, Derived] = field(default_factory=dict)
    variables: frozenset[str] = frozenset()
    ledger: Ledger = field(default_factory=Ledger)
    folded: dict[str, str] = field(default_factory=dict)
    tables: dict[str, BaseTable] = field(default_factory=dict)

    def fold(self, name: str) -> str:
        """A column name or alias in canonical case."""
        return self.naming.column(name)

    def name_of(self, identifier: exp.Expr) -> str:
        """An identifier in canonical case, by its own quotes."""
        args = identifier.args
        text = args.get("this")
        if args.get("quoted") or text.__class__ is not str:
            return self.naming.column(identifier.name, quoted=bool(args.get("quoted")))
        found = self.folded.get(text)
        if found is None:
            found = self.folded[text] = self.naming.column(text)
        return found

    def table_name(self, table: exp.Table) -> str:
        """The canonical name of a table node."""
        parts = [
            self.naming.part(part.name, quoted=bool(part.args.get("quoted")))
            for part in table.parts
            if part.name
        ]
        if isinstance(table.this, exp.Parameter) or table.this.args.get("temporary"):
            return f"{'@' if isinstance(table.this, exp.Parameter) else '#'}{parts[-1] if parts else ''}"
        name = self.naming.table(parts)
        return sharded(name, self.schema) if name[-1:] in SHARD_ENDS else name

    def place(self, node: exp.Expr | None) -> tuple[int, int]:
        """Line and character of a node: of the first thing in it that has a place, else of the statement."""
        for found in node.walk() if node is not None else ():
            start = position(found)
            if start is not None:
                return found.meta_get("line"), self.text.char(start)
        first = self.text.tokens[0]
        return first.line, self.text.char(first.start)

    def gap(self, reason: GapReason, detail: str, node: exp.Expr | None, name: str | None = None) -> None:
        """Write down that something has no lineage."""
        line, char = self.place(node)
        self.ledger.gaps[Gap(reason, detail, line, char)] = name

    def read_all(self, node: exp.Expr) -> None:
        """Count as read every table named in something that is not opened, but for what is written there."""
        written = {id(change.find(exp.Table)) for change in node.find_all(*WRITING)}
        for table in node.find_all(exp.Table):
            if id(table) not in written and isinstance(table.this, exp.Identifier):
                self.ledger.reads.add(self.table_name(table))

    def base_table(self, name: str, node: exp.Expr) -> BaseTable:
        """A table of the warehouse, from now on read."""
        self.ledger.reads.add(name)
        known = self.tables.get(name)
        if known is not None:
            return known
        pseudo = PSEUDO_COLUMNS.get(self.naming.dialect, NO_COLUMNS)
        declared = self.schema.get(name, NO_COLUMNS)
        dotted = tuple([column for column in declared if "." in column]) if "." in "".join(declared) else ()
        table = BaseTable(name, declared, pseudo, self.typing.parse, self.fold, node, dotted)
        self.tables[name] = table
        return table


@dataclass(slots=True)
class Cte:
    """A named query of a WITH clause. `controls` reach whoever reads it."""

    name: str
    relation: Derived
    controls: Controls = field(default_factory=dict)


@dataclass(slots=True)
class Scope:
    """What one query sees. Filled in the order of its FROM clause, then read by its expressions.

    `fills_target` says that the columns of the query are those of the statement, under the same names.
    """

    walk: Walk
    ctes: dict[str, Cte] = field(default_factory=dict)
    controls: Controls = field(default_factory=dict)
    outer: Scope | None = None
    sources: dict[str, Relation] = field(default_factory=dict)
    merged: dict[str, Attribute] = field(default_factory=dict)
    aliases: dict[str, Attribute] = field(default_factory=dict)
    windows: dict[str, exp.Window] = field(default_factory=dict)
    bound: frozenset[str] = frozenset()
    prefers_aliases: bool = False
    fills_target: bool = False

    def inner(self) -> Scope:
        """The scope of a query nested in this one, which may read this one's sources."""
        return Scope(self.walk, dict(self.ctes), self.controls, self)

    def beside(self) -> Scope:
        """The scope of a query in this one's FROM clause, which sees what this one is nested in."""
        return Scope(self.walk, dict(self.ctes), self.controls, self.outer)

    def control(self, subtype: Subtype, sources: Sources, clause: Clause) -> None:
        """Write down columns that decide which rows arrive."""
        known = self.controls.setdefault(subtype, {})
        for columns in sources.values():
            for column in columns:
                if column[0]:
                    known.setdefault(column, clause)

    def inherit(self, controls: Controls) -> None:
        """Take over what decides which rows of a source arrive."""
        join_controls(self.controls, controls)
