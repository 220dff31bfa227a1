"""Inserts into several tables at once, from one source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlglot import exp

from .changes import target_columns, target_relation
from .edges import Subtype
from .effects import Change, Clause, Effect
from .expressions import attribute_of, sources_of
from .queries import evaluate
from .relations import Derived, Made
from .scope import Scope


def several_inserts(tree: exp.Expr, scope: Scope) -> Effect:
    """`INSERT ALL … SELECT`, and `FROM … INSERT … INSERT …`: one effect for each table."""
    source = tree.args["source"]
    effects = list(_from_one_query(tree, source, scope) if tree.args.get("kind") else _of_each(tree, scope))
    return replace(effects[0], others=tuple(effects[1:]))


def _from_one_query(tree: exp.Expr, query: exp.Expr, scope: Scope) -> Iterator[Effect]:
    rows = evaluate(query, scope.beside())
    decided: list[exp.Expr] = []
    for part in tree.expressions:
        inside = scope.beside()
        inside.sources = {"": rows}
        inside.controls = {}
        condition = part.args.get("expression")
        decided = [*decided, condition] if isinstance(condition, exp.Expr) else decided
        for deciding in decided if part.args.get("else_") else [condition]:
            if isinstance(deciding, exp.Expr):
                inside.control(Subtype.FILTER, sources_of(deciding, inside), Clause(deciding))
        yield _filled(part.this, rows, inside)


def _filled(insert: exp.Expr, rows: Derived, scope: Scope) -> Effect:
    """One INTO: its values by the names listed, or the rows by position."""
    target, names = _target(insert, scope)
    values = insert.args.get("expression")
    if isinstance(values, exp.Values) and values.expressions:
        cells = values.expressions[0].expressions
        made = [attribute_of(cell, scope, Made(cell)) for cell in cells]
    else:
        made = list(rows.attributes)
    columns = tuple(
        (names[index] if index < len(names) else attribute.name, attribute)
        for index, attribute in enumerate(made)
    )
    return Effect("insert", target, columns, controls=scope.controls)


def _of_each(tree: exp.Expr, scope: Scope) -> Iterator[Effect]:
    """Each INSERT with a query of its own over the one source."""
    for insert in tree.expressions:
        inside = scope.beside()
        inside.controls = {}
        query = insert.expression.copy()
        query.set("from_", exp.From(this=tree.args["source"]))
        target, names = _target(insert, inside)
        found = evaluate(query, inside)
        columns: tuple[Change, ...] = tuple(
            (names[index] if index < len(names) else attribute.name, attribute)
            for index, attribute in enumerate(found.attributes)
        )
        yield Effect("insert", target, columns, controls=inside.controls)


def _target(insert: exp.Expr, scope: Scope) -> tuple[str, list[str]]:
    """The table that is filled, and the columns listed or declared for it."""
    is_listed = isinstance(insert.this, exp.Schema)
    table = insert.this.this if is_listed else insert.this
    relation = target_relation(table, scope)
    listed = [scope.walk.name_of(column) for column in insert.this.expressions] if is_listed else []
    return relation.label, listed or target_columns(relation)
