"""WITH: named queries, each seeing those before it; recursive ones, until they settle."""

from __future__ import annotations

from sqlglot import exp

from .expressions import attribute_of
from .relations import Derived, Relation
from .scope import Cte, Scope
from .sources import renamed
from .unnest import alias_columns

RECURSIVE_UNSAID = frozenset({"tsql", "fabric", "oracle"})
"""Dialects in which a query of WITH may read itself without the word RECURSIVE."""

MOST_ROUNDS = 8
"""Rounds in which a recursive query must settle; each carries a column one step further."""


def read_ctes(node: exp.Expr, scope: Scope) -> None:
    """Put the named queries of a statement or query into its scope."""
    clause = node.args.get("with_")
    if not isinstance(clause, exp.With):
        return
    for cte in clause.expressions:
        if cte.args.get("scalar"):
            continue
        alias = cte.args.get("alias")
        name = scope.walk.name_of(alias.this).lower() if isinstance(alias, exp.TableAlias) else ""
        inside = scope.beside()
        inside.controls = {}
        columns = alias_columns(cte, scope)
        query = cte.this.unnest() if isinstance(cte.this, exp.Subquery) else cte.this
        may_recur = clause.recursive or scope.walk.naming.dialect in RECURSIVE_UNSAID
        if may_recur and isinstance(query, exp.SetOperation) and _reads(query, name):
            relation = _fix_point(name, columns, query, inside)
        else:
            relation = _named(inside.walk.evaluate(cte.this, inside), columns, name)
        scope.ctes[name] = Cte(name, relation, inside.controls)


def name_values(node: exp.Expr, scope: Scope) -> None:
    """`WITH expression AS name`: the value is in sight as a column is, once the sources are."""
    for cte in node.args["with_"].expressions:
        if cte.args.get("scalar"):
            name = scope.walk.name_of(cte.args["alias"].this)
            scope.aliases.setdefault(name, attribute_of(cte.this, scope).named(name))


def _named(relation: Relation, columns: list[str], name: str) -> Derived:
    found = renamed(relation, columns, name)
    return found if isinstance(found, Derived) else Derived(name)


def _fix_point(name: str, columns: list[str], union: exp.SetOperation, scope: Scope) -> Derived:
    """A recursive query: its anchor first, then the whole until no column gains a source."""
    read_ctes(union, scope)
    start: exp.Expr = union.this
    while isinstance(start, exp.SetOperation) and _reads(start.expression, name):
        start = start.this
    evaluate = scope.walk.evaluate
    current = _named(evaluate(start, scope.beside()), columns, name)
    for _ in range(MOST_ROUNDS):
        inside = scope.beside()
        inside.ctes[name] = Cte(name, current)
        after = _named(evaluate(union, inside), columns, name)
        if [part.sources for part in after.attributes] == [part.sources for part in current.attributes]:
            return after
        current = after
    return current


def _reads(query: exp.Expr, name: str) -> bool:
    return any(not table.db and table.name.lower() == name for table in query.find_all(exp.Table))
