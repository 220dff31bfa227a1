"""How SQL is written, where that tends to go wrong: stars, joins without a condition, days in conditions.

A single look at each query by itself. It sees names, not lineage; the checks put it beside the definitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from ..naming import Naming
from .observations import Observation, ObservationKind
from .parsing import PARSER_FAULTS, Statement
from .positions import anchor

DAY = re.compile(r"^(19|20)\d\d-\d\d-\d\d([ T].*)?$")

ENDLESS = ("1900", "1970", "2099", "9999")
"""Beginnings of days that stand for *always* and *never*."""

CONDITIONS = (exp.Where, exp.Having, exp.Qualify, exp.Join)
SAYING = ("NATURAL", "ASOF", "POSITIONAL")
"""Ways of joining that need no condition, or have one of their own."""

ADDING = (exp.Sum, exp.Avg, exp.Count, exp.CountIf)
"""Aggregates that give another value when rows are repeated; a count of distinct values does not."""


@dataclass(frozen=True, slots=True)
class _Place:
    """The statement that is looked at, with the rule of names."""

    statement: Statement
    naming: Naming

    def observed(
        self, kind: ObservationKind, node: exp.Expr, table: str = "", detail: str = ""
    ) -> Observation:
        found = anchor(node)
        text = self.statement.text
        start = found[0] if found else text.tokens[0].start
        line, char = text.line(start), text.char(start)
        for made in self.statement.origins:
            line, char = made.line(line), 1
        return Observation(kind, line, char, table, detail)

    def table(self, node: exp.Expr | None) -> str:
        """The canonical name of a table; empty where it is none."""
        if not isinstance(node, exp.Table) or not isinstance(node.this, exp.Identifier):
            return ""
        parts = [part for part in node.parts if isinstance(part, exp.Identifier)]
        return self.naming.table([self.naming.part(part.name, quoted=part.quoted) for part in parts])


def observations_of(statement: Statement, naming: Naming) -> tuple[Observation, ...]:
    """What is seen in a statement, as far as it could be looked at. Never raises on text."""
    return tuple(_in_statement(_Place(statement, naming)))


def _in_statement(place: _Place) -> Iterator[Observation]:
    tree = place.statement.tree
    if tree is None:
        return
    try:
        queries = {cte.alias_or_name.casefold(): cte.this for cte in tree.find_all(exp.CTE)}
        local = set(queries)
        yield from _stars(
            tree if isinstance(tree, exp.Query) else tree.args.get("expression"), queries, place
        )
        for query in tree.find_all(exp.Select):
            yield from _open_joins(query, place)
            yield from _widening_joins(query, local, place)
        yield from _days(tree, place)
    except PARSER_FAULTS:
        return


def _stars(query: exp.Expr | None, queries: Mapping[str, exp.Expr], place: _Place) -> Iterator[Observation]:
    """Stars over tables whose columns come out at the end, seen through the queries that are starred over."""
    if isinstance(query, exp.SetOperation):
        yield from _stars(query.left, queries, place)
        yield from _stars(query.right, queries, place)
    elif isinstance(query, exp.Subquery):
        yield from _stars(query.this, queries, place)
    elif isinstance(query, exp.Select):
        for output, source in _starred(query):
            inner = _query_of(source, queries)
            if inner is not None:
                # Without itself: a query that reads itself would be looked through for ever.
                others = {**queries, source.alias_or_name.casefold(): exp.Select()}
                yield from _stars(inner, others, place)
            elif place.table(source):
                yield place.observed(ObservationKind.STAR, output, place.table(source))


def _starred(query: exp.Select) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    """Each star among the outputs with each source it takes the columns of."""
    for output in query.expressions:
        if isinstance(output, exp.Star):
            yield from ((output, source) for source in _sources(query))
        elif isinstance(output, exp.Column) and isinstance(output.this, exp.Star):
            wanted = output.table.casefold()
            yield from (
                (output, source) for source in _sources(query) if source.alias_or_name.casefold() == wanted
            )


def _query_of(source: exp.Expr, queries: Mapping[str, exp.Expr]) -> exp.Expr | None:
    """The query that a source stands for; None for a table."""
    if isinstance(source, exp.Subquery):
        return source
    return queries.get(source.name.casefold()) if isinstance(source, exp.Table) and not source.db else None


def _is_local(source: exp.Expr, local: set[str]) -> bool:
    return isinstance(source, exp.Table) and not source.db and source.name.casefold() in local


def _sources(query: exp.Select) -> Iterator[exp.Expr]:
    first = query.args.get("from_")
    if first is not None:
        yield first.this
    for join in query.args.get("joins") or ():
        yield join.this


def _open_joins(query: exp.Select, place: _Place) -> Iterator[Observation]:
    """Joins of which no condition says which rows belong together. CROSS JOIN says that all do."""
    where = query.args.get("where")
    for join in query.args.get("joins") or ():
        source = join.this
        if not isinstance(source, exp.Table | exp.Subquery) or join.args.get("using"):
            continue
        is_said = join.method in SAYING or (join.kind == "CROSS" and not _is_comma(join, place))
        if is_said:
            continue
        condition = join.args.get("on") or (where if join.kind == "CROSS" else None)
        if condition is None or not _names(condition, source.alias_or_name):
            name = place.table(source) or source.alias_or_name
            yield place.observed(ObservationKind.OPEN_JOIN, _first(source), name)


def _first(source: exp.Expr) -> exp.Expr:
    """Where a source begins: its name, or the query in parentheses."""
    return source.parts[0] if isinstance(source, exp.Table) else source.this


def _is_comma(join: exp.Join, place: _Place) -> bool:
    found = anchor(_first(join.this))
    tokens = place.statement.text.tokens
    index = place.statement.text.index(found[0]) if found else 0
    if isinstance(join.this, exp.Subquery):
        index = _opening(tokens, index)
    return index > 0 and tokens[index - 1].token_type == TokenType.COMMA


def _opening(tokens: Sequence[Token], index: int) -> int:
    """The parenthesis around a token."""
    depth = 0
    for place in range(index, -1, -1):
        kind = tokens[place].token_type
        depth += (kind == TokenType.R_PAREN) - (kind == TokenType.L_PAREN)
        if depth < 0:
            return place
    return 0


def _names(condition: exp.Expr, alias: str) -> bool:
    """Does a condition speak of a source? Of a bare name nobody knows whose it is."""
    return any(
        not column.table or column.table.casefold() == alias.casefold()
        for column in condition.find_all(exp.Column)
    )


def _widening_joins(query: exp.Select, local: set[str], place: _Place) -> Iterator[Observation]:
    """Joins to a table by equal columns, beside sums and counts of other tables' columns.

    `detail` has the columns of the joined table that are held, comma-separated. One that is compared in
    another way may be held by it, so that nothing is said then.
    """
    added = _added_sources(query)
    for join in query.args.get("joins") or ():
        source = join.this
        name = place.table(source)
        if not name or _is_local(source, local) or not added - {source.alias_or_name.casefold()}:
            continue
        held = _held_columns(join, source.alias_or_name)
        if held:
            columns = ",".join(sorted(place.naming.column(column) for column in held))
            yield place.observed(ObservationKind.JOIN, _first(source), name, columns)


def _added_sources(query: exp.Select) -> set[str]:
    """Names of the sources whose columns are added up or counted row by row."""
    return {
        column.table.casefold()
        for output in query.expressions
        for aggregate in output.find_all(*ADDING)
        if aggregate.find(exp.Distinct) is None
        for column in aggregate.find_all(exp.Column)
        if column.table
    }


def _held_columns(join: exp.Join, alias: str) -> set[str]:
    """Columns of the joined source that the condition makes equal to something; none where it says more."""
    using = join.args.get("using") or ()
    held = {column.name for column in using}
    condition = join.args.get("on")
    for part in condition.flatten() if isinstance(condition, exp.And) else [condition] if condition else []:
        own = [column for column in part.find_all(exp.Column) if column.table.casefold() == alias.casefold()]
        if not isinstance(part, exp.EQ):
            if own:
                return set()
            continue
        held |= {side.name for side in (part.left, part.right) if side in own}
    return held


def _days(tree: exp.Expr, place: _Place) -> Iterator[Observation]:
    """Days that stand in a condition."""
    for literal in tree.find_all(exp.Literal):
        day = literal.name
        is_day = literal.is_string and DAY.match(day) and not day.startswith(ENDLESS)
        if is_day and isinstance(literal.find_ancestor(*CONDITIONS, exp.Select, exp.Values), CONDITIONS):
            yield place.observed(ObservationKind.DAY, literal, detail=day)
