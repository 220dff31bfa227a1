"""A query with the queries that it reads in their places: those of WITH, and those that fill tables."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from ...naming import Naming

MOST_NODES = 60_000
"""A query that grows beyond is not compared."""


class NotReadableError(Exception):
    """Why the computation of a value is not known; never leaves `catalog.sql.conforming`."""


def inlined(
    query: exp.Query, fillers: Mapping[str, exp.Query], naming: Naming
) -> tuple[exp.Query, dict[str, str]]:
    """The query itself without WITH, and the tables that it reads: canonical name → its short name in it."""
    tables: dict[str, str] = {}
    budget = [MOST_NODES]
    return _opened(query, {}, _Around(fillers, naming, tables, budget)), tables


class _Around:
    """What holds for the whole query: the texts that fill tables, and the short names given so far."""

    __slots__ = ("budget", "fillers", "naming", "tables")

    def __init__(
        self, fillers: Mapping[str, exp.Query], naming: Naming, tables: dict[str, str], budget: list[int]
    ) -> None:
        self.fillers, self.naming, self.tables, self.budget = fillers, naming, tables, budget

    def spend(self, query: exp.Query) -> None:
        """Count what is put in."""
        self.budget[0] -= sum(1 for _ in query.walk())
        if self.budget[0] < 0:
            raise NotReadableError("the SQL is too long to be compared")

    def without(self, table: str) -> _Around:
        """The same inside the text of a table: what it reads of itself is the table as it was."""
        rest = {name: query for name, query in self.fillers.items() if name != table}
        return _Around(rest, self.naming, self.tables, self.budget)


def _opened(query: exp.Query, named: Mapping[str, exp.Query], around: _Around) -> exp.Query:
    """The query with what it reads in place; `named` are the queries of WITH in sight, opened."""
    around.spend(query)
    named = dict(named)
    clause = query.args.get("with_")
    if isinstance(clause, exp.With):
        if clause.recursive:
            raise NotReadableError("a query of WITH reads itself")
        for cte in clause.expressions:
            named[cte.alias.lower()] = _with_names(cte, _opened(cte.this, named, around))
        query.set("with_", None)
    for table in [each for each in query.find_all(exp.Table) if _is_own(each, query)]:
        _open_table(table, named, around)
    for inner in list(query.find_all(exp.Select, exp.SetOperation)):
        if inner is not query and inner.args.get("with_"):
            inner.replace(_opened(inner.copy(), named, around))
    return query


def _is_own(table: exp.Table, query: exp.Query) -> bool:
    """Whether no query with a WITH of its own stands between the two."""
    around = table.parent
    while around is not None and around is not query:
        if isinstance(around, exp.Select | exp.SetOperation) and around.args.get("with_"):
            return False
        around = around.parent
    return isinstance(table.this, exp.Identifier)


def _with_names(cte: exp.Expr, query: exp.Query) -> exp.Query:
    columns = cte.args["alias"].args.get("columns") or []
    for projection, name in zip(list(query.selects) if columns else [], columns, strict=False):
        projection.replace(exp.alias_(projection.unalias().copy(), name.copy()))
    return query


def _open_table(table: exp.Table, named: Mapping[str, exp.Query], around: _Around) -> None:
    alias = table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(table.name, quoted=True))
    keep = {role: table.args.get(role) for role in ("joins", "pivots") if table.args.get(role)}
    inner = named.get(table.name.lower()) if not table.db else None
    if inner is None:
        name = around.naming.table(
            [around.naming.part(part.name, quoted=bool(part.args.get("quoted"))) for part in table.parts]
        )
        filler = around.fillers.get(name)
        if filler is None:
            short = around.tables.setdefault(name, f"t{len(around.tables)}")
            alias = alias.copy()
            for role in ("db", "catalog"):
                table.set(role, None)
            table.set("this", exp.to_identifier(short))
            if not keep.get("pivots"):
                table.set("alias", alias)
            return
        inner = _opened(filler.copy(), {}, around.without(name))
    else:
        inner = inner.copy()
    around.spend(inner)
    table.replace(exp.Subquery(this=inner, alias=alias.copy(), **keep))
