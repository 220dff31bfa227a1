"""UNION, INTERSECT, EXCEPT: branches side by side, by position or by name."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from .controls import order_by
from .names import member
from .relations import Attribute, Derived, merge
from .scope import Scope


def set_operation(query: exp.Expr, scope: Scope) -> Derived:
    """The relation of all branches. Iterative, since a union can have a thousand."""
    branches: list[exp.Expr] = []
    node = query
    while isinstance(node, exp.SetOperation) and (node is query or not node.args.get("with_")):
        branches.append(node.expression)
        node = node.this
    branches.append(node)
    relations = [scope.walk.evaluate(branch, scope.beside()) for branch in reversed(branches)]
    if isinstance(query, exp.Except):
        combined = _combined(relations[:1], relations, scope, by_name=False)
    else:
        combined = _combined(relations, relations, scope, by_name=bool(query.args.get("by_name")))
    scope.aliases = dict(combined.by_name)
    order_by(query, combined.attributes, scope)
    return combined


def _combined(
    relations: list[Derived], all_branches: list[Derived], scope: Scope, *, by_name: bool
) -> Derived:
    """One column per name of the first branch; by name also those of the others, as where a star is open."""
    opens = tuple(opened for relation in relations for opened in relation.opens)
    names = [attribute.name for attribute in relations[0].attributes]
    is_by_name = by_name or bool(opens)
    if is_by_name:
        others = [part.name for relation in relations[1:] for part in relation.attributes]
        names = list(dict.fromkeys([*names, *others]))
    columns = []
    for index, name in enumerate(names):
        found = [_column(relation, index, name, is_by_name=is_by_name) for relation in relations]
        columns.append(_united(name, [part for part in found if part is not None], scope))
    passes = tuple(dict.fromkeys(name for relation in all_branches for name in relation.passes))
    return Derived("query", tuple(columns), opens, passes=passes)


def _column(relation: Derived, index: int, name: str, *, is_by_name: bool) -> Attribute | None:
    if is_by_name:
        return member(relation, name)
    return relation.attributes[index] if index < len(relation.attributes) else None


def _united(name: str, parts: list[Attribute], scope: Scope) -> Attribute:
    if len(parts) == 1:
        return replace(parts[0], name=name)
    kind = scope.walk.typing.common(part.type for part in parts)
    flat = tuple(branch for part in parts for branch in (part.branches or (part,)))
    return replace(merge(name, parts), type=kind, branches=flat)
