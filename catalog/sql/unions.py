"""UNION, INTERSECT, EXCEPT: branches side by side, by position or by name."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from .controls import order_by
from .edges import GapReason
from .names import member
from .relations import NOT_FOUND, Attribute, Derived, merge
from .scope import Scope


def set_operation(query: exp.Expr, scope: Scope) -> Derived:
    """The relation of all branches. Iterative, since a union can have a thousand."""
    branches: list[exp.Expr] = []
    node = query
    while isinstance(node, exp.SetOperation) and (node is query or _continues(node, query)):
        branches.append(node.expression)
        node = node.this
    branches.append(node)
    relations = [scope.walk.evaluate(branch, scope.beside()) for branch in reversed(branches)]
    counted = relations[:1] if isinstance(query, exp.Except) else relations
    combined = _combined(counted, relations, scope, names=_names_kept(query, relations, scope))
    scope.aliases = dict(combined.known)
    order_by(query, combined.attributes, scope)
    return combined


def _continues(node: exp.SetOperation, query: exp.Expr) -> bool:
    """Whether a branch that is a set operation itself matches its columns like the one around it."""
    if node.args.get("with_"):
        return False
    return all(node.args.get(key) == query.args.get(key) for key in ("by_name", "kind", "side", "on"))


def _names_kept(query: exp.Expr, relations: list[Derived], scope: Scope) -> list[str] | None:
    """The columns that `BY NAME` and `CORRESPONDING` leave, in order; None where columns meet by position.

    Those named by `ON` or `BY`; of `INNER` those that all branches have, of `LEFT` those of the first, else
    those that any has.
    """
    if not query.args.get("by_name"):
        return None
    listed = query.args.get("on") or []
    if listed:
        return [scope.walk.name_of(part.this if isinstance(part, exp.Column) else part) for part in listed]
    first, *others = ([attribute.name for attribute in relation.attributes] for relation in relations)
    if str(query.args.get("kind") or "").upper() == "INNER":
        return [name for name in first if all(name in names for names in others)]
    if str(query.args.get("side") or "").upper() == "LEFT":
        return first
    return list(dict.fromkeys([*first, *(name for names in others for name in names)]))


def _combined(
    relations: list[Derived], all_branches: list[Derived], scope: Scope, *, names: list[str] | None
) -> Derived:
    """One column per name of the first branch; where a star is open, also those of the others."""
    opens = tuple(opened for relation in relations for opened in relation.opens)
    is_by_name = names is not None or bool(opens)
    if names is None:
        names = [attribute.name for attribute in relations[0].attributes]
        if opens:
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
    if not parts:
        detail = f"`{name}` is a column of none of the queries that meet here"
        scope.walk.gap(GapReason.UNKNOWN_COLUMN, detail, None)
        return Attribute(name, NOT_FOUND)
    if len(parts) == 1:
        return replace(parts[0], name=name)
    kind = scope.walk.typing.common(part.type for part in parts)
    flat = tuple(branch for part in parts for branch in (part.branches or (part,)))
    return replace(merge(name, parts), type=kind, branches=flat)
