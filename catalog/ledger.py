"""How much of the lineage of a thing was seen: statement by statement, column by column.

Every statement is in one of three accounts: lineage, a gap, or no data flow. None is ever in none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .lineage import Lineage, Node, NodeKind, Production
from .sql import GapReason, StatementLineage


class Standing(StrEnum):
    """The account that a statement is in."""

    LINEAGE = "lineage"
    GAP = "gap"
    NO_DATA_FLOW = "no_data_flow"


@dataclass(frozen=True, slots=True)
class Accounts:
    """How many statements are in each account."""

    lineage: int = 0
    gap: int = 0
    no_data_flow: int = 0

    @property
    def total(self) -> int:
        """All statements."""
        return self.lineage + self.gap + self.no_data_flow


@dataclass(frozen=True, slots=True)
class Seen:
    """Of so many statements and columns, how many are seen whole."""

    statements: int = 0
    statements_seen: int = 0
    columns: int = 0
    columns_seen: int = 0

    def __add__(self, other: Seen) -> Seen:
        """Both together."""
        return Seen(
            self.statements + other.statements,
            self.statements_seen + other.statements_seen,
            self.columns + other.columns,
            self.columns_seen + other.columns_seen,
        )

    @property
    def share(self) -> float | None:
        """The smaller of the two shares, from 0 to 1; None where there is nothing to see."""
        shares = [
            seen / total
            for seen, total in ((self.statements_seen, self.statements), (self.columns_seen, self.columns))
            if total
        ]
        return min(shares, default=None)

    @property
    def percent(self) -> int | None:
        """The share in whole percent, rounded down, so that 100 means all."""
        counts = ((self.statements_seen, self.statements), (self.columns_seen, self.columns))
        return min((seen * 100 // total for seen, total in counts if total), default=None)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a thing's lineage was seen: of its own SQL, and of that and all it is made from."""

    own: Seen
    upstream: Seen


def standing_of(statement: StatementLineage) -> Standing:
    """The account of a statement. One with lineage and a gap has a gap, for something of it is not seen."""
    if statement.gaps or statement.unknown_columns or statement.kind == "unparsed":
        return Standing.GAP
    has_flow = statement.reads or statement.writes or statement.outputs or statement.columns
    return Standing.LINEAGE if has_flow else Standing.NO_DATA_FLOW


def accounts_of(statements: Iterable[StatementLineage]) -> Accounts:
    """The statements of a text, or of many, by account."""
    standings = [standing_of(statement) for statement in statements]
    return Accounts(
        standings.count(Standing.LINEAGE),
        standings.count(Standing.GAP),
        standings.count(Standing.NO_DATA_FLOW),
    )


def completeness(
    lineage: Lineage,
    node: Node,
    tables: Mapping[str, Seen] | None = None,
    upstream: Iterable[Node] | None = None,
) -> Completeness:
    """How complete the lineage of a table, metric or report is.

    A table without SQL (a source) has nothing to see. `tables` is what `seen_tables` gives, `upstream` what
    the node is made from; who asks for many nodes makes them once.
    """
    whole = node.whole
    known = seen_tables(lineage) if tables is None else tables
    own = (
        _seen_metric(lineage, whole.name) if whole.kind is NodeKind.METRIC else known.get(whole.name, Seen())
    )
    if whole.kind is NodeKind.REPORT:
        own = Seen()
    total = own
    for source in lineage.upstream(whole) if upstream is None else upstream:
        if source.kind is NodeKind.TABLE:
            total += known.get(source.name, Seen())
        elif source.kind is NodeKind.METRIC:
            total += _seen_metric(lineage, source.name)
    return Completeness(own, total)


def seen_tables(lineage: Lineage) -> dict[str, Seen]:
    """Of each table that SQL writes, what was seen of that SQL."""
    names = {
        table for text in lineage.traced.texts for statement in text.statements for table in statement.writes
    }
    return {name: _seen_table(lineage.productions(name)) for name in sorted(names)}


def _seen_table(productions: Iterable[Production]) -> Seen:
    """A column is seen if every statement that fills it is known to take it from somewhere, or nowhere."""
    statements = [production.statement for production in productions]
    columns: dict[str, bool] = {}
    for statement in statements:
        _note_columns(statement, columns)
    whole = sum(standing_of(statement) is not Standing.GAP for statement in statements)
    return Seen(len(statements), whole, len(columns), sum(columns.values()))


def _seen_metric(lineage: Lineage, name: str) -> Seen:
    """Each part of a metric is one column."""
    found = Seen()
    for expression in lineage.expressions(name):
        columns: dict[str, bool] = {}
        for statement in expression.statements:
            _note_columns(statement, columns)
        whole = sum(standing_of(statement) is not Standing.GAP for statement in expression.statements)
        found += Seen(len(expression.statements), whole, len(columns), sum(columns.values()))
    return found


def _note_columns(statement: StatementLineage, columns: dict[str, bool]) -> None:
    """Columns that a statement fills: seen unless a way into them is ambiguous, or none is found."""
    clear: dict[str, bool] = {}
    for edge in statement.columns:
        clear[edge.target_column] = clear.get(edge.target_column, True) and not edge.ambiguous
    hidden = {gap.column for gap in statement.gaps if gap.reason is not GapReason.UNKNOWN_STAR}
    for output in statement.outputs:
        is_seen = (output.is_generated or clear.get(output.name, False)) and output.name not in hidden
        columns[output.name] = columns.get(output.name, True) and is_seen
