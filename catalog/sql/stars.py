"""`*`, `t.*`, `struct.*`: which columns they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from sqlglot import exp

from .chosen_columns import chooser, is_like
from .edges import GapReason
from .expressions import attribute_of
from .names import relation_named, report_missing, resolve
from .relations import Attribute, Derived, Made, Open, Relation, base_columns, direct, fields_of
from .scope import Scope

EACH = "columns__each"
"""The name under which one of the columns of `COLUMNS(…)` stands in an expression."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The columns a star stands for, the tables of unknown columns behind it, and those it hands on whole."""

    attributes: list[Attribute]
    opens: list[Open] = field(default_factory=list)
    passes: tuple[str, ...] = ()

    def relation(self, label: str) -> Derived:
        """A query of that star alone."""
        return Derived(label, tuple(self.attributes), tuple(self.opens), passes=self.passes)


def expand(projection: exp.Expr, scope: Scope) -> Expansion | None:
    """What a star stands for; None for another projection."""
    star = _star(projection)
    if isinstance(projection.unalias(), exp.Columns):
        return _columns_by_pattern(projection, scope)
    if star is None:
        return None
    relations = _starred(projection, scope)
    if relations is not None:
        is_all = isinstance(projection, exp.Star)
        attributes = _all_columns(scope) if is_all else _row_columns(relations[0], scope)
        opens = _placed((opened for relation in relations for opened in relation.opens), star)
    elif isinstance(projection, exp.Column):
        attributes, opens = _struct_columns(resolve(projection.parts[:-1], scope), star, scope), []
    else:
        attributes, opens = _struct_columns(attribute_of(projection.this, scope), star, scope), []
    passes = tuple(name for part in relations or [] for name in part.passes)
    if not any(star.args.values()):
        return Expansion(attributes, opens, passes)
    _report_misnamed(attributes, opens, relations or [], star, scope)
    kept, kept_opens = _modified(attributes, opens, star, scope)
    return Expansion(kept, kept_opens, passes)


def _columns_by_pattern(projection: exp.Expr, scope: Scope) -> Expansion:
    """`COLUMNS(…)`, DuckDB's star over the columns whose names are as it says."""
    told = projection.unalias().this
    if _star(told) is not None:
        return expand(told, scope) or Expansion([])
    is_chosen = chooser(told)
    if is_chosen is None:
        scope.walk.gap(GapReason.UNSUPPORTED, "`COLUMNS(…)` is not opened", projection)
        return Expansion([])
    opens = [opened for relation in scope.sources.values() for opened in relation.opens]
    return Expansion([part for part in _all_columns(scope) if is_chosen(part.name)], opens)


def repeated(projection: exp.Expr, scope: Scope) -> Expansion | None:
    """An expression over `COLUMNS(…)`: as many columns as that stands for, each under its name."""
    template = projection.unalias()
    first = template.find(exp.Columns)
    if first is None or first is template:
        return None
    chosen = expand(first, scope) or Expansion([])
    found = [_with_column(template, attribute, scope) for attribute in chosen.attributes]
    alias = scope.walk.fold(projection.alias)
    return Expansion([each.named(alias) if alias else each for each in found], chosen.opens)


def _with_column(template: exp.Expr, attribute: Attribute, scope: Scope) -> Attribute:
    """The expression with one column in the place of `COLUMNS(…)`."""
    copy = template.copy()
    for place in list(copy.find_all(exp.Columns)):
        place.replace(exp.column(EACH))
    inside = scope.inner()
    inside.sources = {"": Derived("", (attribute.named(scope.walk.fold(EACH)),))}
    return replace(attribute_of(copy, inside), name=attribute.name, made=None)


def _starred(projection: exp.Expr, scope: Scope) -> list[Relation] | None:
    """The sources a star stands for; None where it is over a struct."""
    if isinstance(projection, exp.Star):
        return list(scope.sources.values())
    found = relation_named(projection.parts[:-1], scope) if isinstance(projection, exp.Column) else None
    return [found] if found is not None else None


def _report_misnamed(
    attributes: list[Attribute], opens: list[Open], relations: list[Relation], star: exp.Expr, scope: Scope
) -> None:
    """EXCEPT, REPLACE and RENAME of a column that is not there."""
    if opens or not relations:
        return
    names = _names(attributes)
    for role in ("except_", "rename", "replace"):
        for part in _parts(star, role):
            node = part if role == "except_" else part.this if role == "rename" else part.args.get("alias")
            name = scope.walk.fold(node.name) if isinstance(node, exp.Expr) else ""
            if node is not None and name not in names:
                identifier = node.this if isinstance(node, exp.Column) else node
                report_missing(scope.walk, relations[0], name, identifier)


def _star(projection: exp.Expr) -> exp.Expr | None:
    if isinstance(projection, exp.Star):
        return projection
    if isinstance(projection, exp.Column) and isinstance(projection.this, exp.Star):
        return projection.this
    if isinstance(projection, exp.Dot) and isinstance(projection.expression, exp.Star):
        return projection.expression
    return None


def _placed(opens: Iterable[Open], star: exp.Expr) -> list[Open]:
    return [replace(opened, node=star) for opened in opens]


def _all_columns(scope: Scope) -> list[Attribute]:
    """Columns of all sources in order; what USING merged stands first, once."""
    found = list(scope.merged.values())
    for relation in scope.sources.values():
        found += [part for part in _row_columns(relation, scope) if part.name not in scope.merged]
    return found


def _row_columns(relation: Relation, scope: Scope) -> list[Attribute]:
    if relation.element is None or relation.attributes:
        return list(relation.attributes)
    fields = list(fields_of(relation.element, scope.walk.fold))
    if not fields and ("", "") not in relation.element.sources.get(0, ()):
        detail = f"`*` reads all columns of `{relation.label}`, which are not known"
        scope.walk.gap(GapReason.UNKNOWN_STAR, detail, None)
    return fields


def _struct_columns(struct: Attribute, star: exp.Expr, scope: Scope) -> list[Attribute]:
    fields = list(fields_of(struct, scope.walk.fold))
    if not fields:
        sources = sorted(f"{table}.{column}" for table, column, _ in base_columns(struct.sources) if table)
        owned = ", ".join(f"`{source}`" for source in sources) or "a value"
        scope.walk.gap(GapReason.UNKNOWN_STAR, f"`*` reads all fields of {owned}, which are not known", star)
    return fields


def _modified(
    attributes: list[Attribute], opens: list[Open], star: exp.Expr, scope: Scope
) -> tuple[list[Attribute], list[Open]]:
    """EXCEPT, REPLACE, RENAME and ILIKE, in the order the dialects apply them."""
    dropped = {scope.walk.fold(part.name) for part in _parts(star, "except_")}
    renames = {
        scope.walk.fold(part.this.name): scope.walk.fold(part.alias) for part in _parts(star, "rename")
    }
    replaced = {scope.walk.fold(part.alias): part for part in _parts(star, "replace")}
    pattern = star.args.get("ilike")
    kept = [
        _or_replaced(part, replaced, scope).named(renames.get(part.name, part.name))
        for part in attributes
        if part.name not in dropped and (pattern is None or is_like(part.name.lower(), pattern.name.lower()))
    ]
    hidden = frozenset(dropped | set(renames))
    for old, new in renames.items():
        kept += [Attribute(new, direct(o.table, old)) for o in opens if old not in _names(attributes)]
    if opens:
        kept += [_or_replaced(Attribute(n), replaced, scope) for n in replaced if n not in _names(kept)]
    return kept, [replace(opened, hidden=opened.hidden | hidden | set(replaced)) for opened in opens]


def _names(attributes: Iterable[Attribute]) -> set[str]:
    return {attribute.name for attribute in attributes}


def _parts(star: exp.Expr, role: str) -> Iterator[exp.Expr]:
    for part in star.args.get(role) or []:
        if isinstance(part, exp.Expr):
            yield part


def _or_replaced(attribute: Attribute, replaced: dict[str, exp.Expr], scope: Scope) -> Attribute:
    node = replaced.get(attribute.name)
    if node is None:
        return attribute
    return replace(attribute_of(node, scope), name=attribute.name, made=Made(node))
