"""A name as written → the attribute it means, by the rules of scope."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlglot import exp

from .edges import GapReason, UnknownColumn
from .positions import position
from .relations import (
    AMBIGUOUS,
    NOT_FOUND,
    NOTHING,
    Attribute,
    BaseTable,
    Open,
    Relation,
    base_columns,
    field_names,
    field_of,
    fields_of,
    together,
    with_traits,
)
from .scope import Scope, Walk
from .types import struct_with

Parts = Sequence[exp.Expr]
"""The identifiers of a dotted name, outermost first."""


def column_named(node: exp.Expr, scope: Scope) -> Attribute:
    """What a column means: the usual `column` and `alias.column` without detours, any other by all rules."""
    args = node.args
    identifier = args["this"]
    if identifier.__class__ is not exp.Identifier:
        return _nameless(node, scope)
    name = scope.walk.name_of(identifier)
    if args.get("table") is not None:
        return _qualified_column(node, name, scope)
    if len(scope.sources) == 1 and not (scope.bound or scope.merged or scope.prefers_aliases):
        (relation,) = scope.sources.values()
        found = relation.known.get(name) or relation.attribute(name)
        if found is not None:
            return found
        if name not in scope.aliases and name not in scope.walk.variables and name not in scope.sources:
            return member(relation, name) or resolve([identifier], scope)
    return resolve([identifier], scope)


def _nameless(node: exp.Expr, scope: Scope) -> Attribute:
    """`t.*` as a value is the whole row."""
    if isinstance(node.this, exp.Star):
        found = relation_named(_parts(node)[:-1], scope)
        return row_of(found, "*", scope.walk) if found else Attribute("*", NOTHING)
    return Attribute("", NOTHING)


def _qualified_column(node: exp.Expr, name: str, scope: Scope) -> Attribute:
    """What `alias.column` means, where the alias is the nearest of its name."""
    if node.args.get("db") is None:
        alias = scope.walk.name_of(node.args["table"])
        place: Scope | None = scope
        while place is not None and alias not in place.bound:
            relation = place.sources.get(alias)
            if relation is not None:
                return relation.members.get(name) or member(relation, name) or resolve(_parts(node), scope)
            place = place.outer
    return resolve(_parts(node), scope)


def _parts(node: exp.Expr) -> Parts:
    """The identifiers of a column's name."""
    return node.parts if isinstance(node, exp.Column) else [node]


def resolve(parts: Parts, scope: Scope) -> Attribute:
    """What a dotted name means: alias.column, table.column, column, and fields behind any of them."""
    names = [scope.walk.name_of(part) for part in parts]
    for place in _scopes(scope) if len(parts) > 1 else ():
        if names[0] in place.bound:
            return Attribute(names[-1])
        found = _qualified(names, parts, place)
        if found is not None:
            return found
    attribute = _unqualified(names[0], parts[0], scope, is_qualifier=len(parts) > 1)
    if attribute is None:
        return _nothing(names, parts, scope)
    return _into(attribute, names[1:], parts[1:], scope, path=names[:1])


def relation_named(parts: Parts, scope: Scope) -> Relation | None:
    """The source of that alias or table name, nearest first."""
    names = [scope.walk.name_of(part) for part in parts]
    for place in _scopes(scope):
        key = _source_key(names, parts, place)
        if key is not None:
            return place.sources[key]
    return None


def row_of(relation: Relation, name: str, walk: Walk) -> Attribute:
    """A whole row as one struct value; of an open source, all that is known of it."""
    if relation.element is not None:
        return replace(relation.element, name=name)
    fields = {attribute.name: attribute for attribute in relation.attributes}
    sources = together(attribute.sources for attribute in fields.values())
    if relation.opens:
        report_open_stars(relation, walk)
        return Attribute(name, together((sources, NOT_FOUND)))
    kind = struct_with((part.name, part.type) for part in fields.values())
    return Attribute(name, sources, kind, fields)


def member(relation: Relation, name: str) -> Attribute | None:
    """The column of a source by its name; through an open one, any name."""
    found = relation.members.get(name)
    if found is not None:
        return found
    found = relation.attribute(name)
    if found is None:
        opens = [opened for opened in relation.opens if name not in opened.hidden]
        if opens:
            found = opens[0].member(name) if len(opens) == 1 else _through(opens, name)
    if found is not None:
        relation.members[name] = found
    return found


def _scopes(scope: Scope) -> Iterator[Scope]:
    place: Scope | None = scope
    while place is not None:
        yield place
        place = place.outer


def _source_key(names: Sequence[str], parts: Parts, scope: Scope) -> str | None:
    """The key of the source that these parts name, by alias or by (part of) its table's name."""
    if len(names) == 1:
        return names[0] if names[0] in scope.sources else None
    written = _table_name_of(parts, scope.walk)
    for key, relation in scope.sources.items():
        if isinstance(relation, BaseTable) and (
            relation.label == written or relation.label.endswith("." + written)
        ):
            return key
    return None


def _table_name_of(parts: Parts, walk: Walk) -> str:
    naming = walk.naming
    return naming.table([naming.part(part.name, quoted=bool(part.args.get("quoted"))) for part in parts])


def _qualified(names: Sequence[str], parts: Parts, scope: Scope) -> Attribute | None:
    """The attribute behind a qualifier of this scope; None where no source has such a name."""
    for length in range(1, len(parts)):
        key = _source_key(names[:length], parts[:length], scope)
        if key is None:
            continue
        relation = scope.sources[key]
        return _member_or_report(relation, names[length:], parts[length:], scope)
    return None


def _member_or_report(relation: Relation, names: Sequence[str], parts: Parts, scope: Scope) -> Attribute:
    walk = scope.walk
    found = member(relation, names[0])
    if found is None and relation.element is not None:
        return _into(relation.element, names, parts, scope, path=[])
    if found is None:
        report_missing(walk, relation, names[0], parts[0])
        return Attribute(names[-1], NOT_FOUND)
    return _into(found, names[1:], parts[1:], scope, path=names[:1])


def _into(
    attribute: Attribute, names: Sequence[str], parts: Parts, scope: Scope, path: Sequence[str]
) -> Attribute:
    """A field of a struct, however deep."""
    fold = scope.walk.fold
    for index, name in enumerate(names):
        found = field_of(attribute, name, fold)
        if found is None:
            table, column = _owner(attribute)
            inside = ".".join([column, *path[1:], *names[: index + 1]]) if table else ".".join(names)
            _report(scope.walk, table or ".".join(path) or attribute.name, inside, parts[index],
                    field_names(attribute, fold))  # fmt: skip
            return Attribute(names[-1], NOT_FOUND)
        attribute, path = found, []
    return attribute


def _owner(attribute: Attribute) -> tuple[str, str]:
    """The base column a struct comes from, where it is one."""
    columns = list(base_columns(attribute.sources))
    return columns[0][:2] if len(columns) == 1 else ("", "")


def _unqualified(name: str, node: exp.Expr, scope: Scope, *, is_qualifier: bool) -> Attribute | None:
    """The attribute that a bare name means, nearest scope first; weak sources and whole rows last."""
    outer: Scope | None = scope
    while outer is not None:
        found = _in_scope(name, node, outer, is_qualifier=is_qualifier)
        if found is not None:
            return found
        outer = outer.outer
    for place in _scopes(scope):
        found = _weakly(name, place)
        if found is not None:
            return found
    for place in _scopes(scope):
        if name in place.sources:
            return row_of(place.sources[name], name, scope.walk)
    return None


def _in_scope(name: str, node: exp.Expr, scope: Scope, *, is_qualifier: bool) -> Attribute | None:
    """Known column, then alias, then the one open source (or each of several, marked ambiguous)."""
    if name in scope.bound:
        return Attribute(name)
    alias = scope.aliases.get(name)
    if alias is not None and scope.prefers_aliases:
        return alias
    if name in scope.merged:
        return scope.merged[name]
    relations = scope.sources.values()
    owners = [found for relation in relations if (found := relation.attribute(name)) is not None]
    if len(owners) == 1:
        return owners[0]
    if owners:
        return _ambiguous(name, owners, node, scope)
    if alias is not None:
        return alias
    if is_qualifier and name in scope.sources:
        return None
    candidates = [found for relation in relations if (found := member(relation, name)) is not None]
    if not candidates or name in scope.walk.variables or name in scope.sources:
        return None
    if len(scope.sources) > 1:
        candidates += _fields_of_nameless(name, scope)
    return candidates[0] if len(candidates) == 1 else _ambiguous(name, candidates, node, scope)


def _fields_of_nameless(name: str, scope: Scope) -> list[Attribute]:
    """Fields that arrays without an alias may have; their rows are in sight as columns."""
    elements = [
        relation.element
        for key, relation in scope.sources.items()
        if key.startswith(" ") and relation.is_weak and relation.element is not None
    ]
    found = (field_of(element, name, scope.walk.fold) for element in elements)
    return [field for field in found if field is not None]


def _weakly(name: str, scope: Scope) -> Attribute | None:
    for relation in scope.sources.values():
        if relation.is_weak:
            found = relation.attribute(name)
            if found is None and relation.element is not None and name not in scope.sources:
                found = field_of(relation.element, name, scope.walk.fold)
            if found is not None:
                return found
    return None


def _through(opens: Sequence[Open], name: str) -> Attribute:
    columns = frozenset((opened.table, name) for opened in opens if opened.table)
    return Attribute(name, {AMBIGUOUS: columns} if columns else NOTHING)


def _ambiguous(name: str, owners: Sequence[Attribute], node: exp.Expr, scope: Scope) -> Attribute:
    sources = with_traits(together(owner.sources for owner in owners), AMBIGUOUS)
    tables = sorted({table for table, _, _ in base_columns(sources) if table})
    if len(tables) < 2:
        tables = sorted(label for label, relation in scope.sources.items() if member(relation, name))
    owned = ", ".join(f"`{table}`" for table in tables)
    scope.walk.gap(GapReason.AMBIGUOUS, f"`{name}` may belong to any of {owned}", node, name)
    kinds = {str(owner.type): owner.type for owner in owners}
    return Attribute(name, sources, owners[0].type if len(kinds) == 1 else None)


def _nothing(names: Sequence[str], parts: Parts, scope: Scope) -> Attribute:
    """A name that nothing owns: reported against the source that is most likely meant."""
    walk = scope.walk
    if names[0] in walk.variables:
        return Attribute(names[-1])
    if len(names) > 1:
        written = ".".join(names)
        walk.gap(GapReason.UNKNOWN_COLUMN, f"`{written}` names no source in sight", parts[0])
        return Attribute(names[-1], NOT_FOUND)
    sources = [place for place in _scopes(scope) if place.sources]
    if not sources:
        walk.gap(GapReason.UNKNOWN_COLUMN, f"`{names[0]}` names no column in sight", parts[0])
        return Attribute(names[-1], NOT_FOUND)
    relations = list(sources[0].sources.values())
    if not any(relation.is_broken for relation in relations):
        report_missing(walk, _likeliest(names[0], relations), names[0], parts[0])
    return Attribute(names[-1], NOT_FOUND)


def _likeliest(name: str, relations: Sequence[Relation]) -> Relation:
    def nearness(relation: Relation) -> float:
        ratios = (difflib.SequenceMatcher(None, name, other).ratio() for other in _visible(relation))
        return max(ratios, default=0.0)

    return relations[0] if len(relations) == 1 else max(relations, key=nearness)


def _visible(relation: Relation) -> tuple[str, ...]:
    if relation.element is not None:
        return tuple(part.name for part in fields_of(relation.element, str)) or (relation.element.name,)
    return tuple(attribute.name for attribute in relation.attributes)


def report_open_stars(relation: Relation, walk: Walk) -> None:
    """Write down each table of unknown columns that is read as a whole."""
    for opened in relation.opens:
        detail = f"`*` reads all columns of `{opened.table or opened.label}`, which are not known"
        walk.gap(GapReason.UNKNOWN_STAR, detail, opened.node)


def report_missing(walk: Walk, relation: Relation, name: str, node: exp.Expr) -> None:
    """Write down a column that a source does not have, unless that follows from an earlier miss."""
    if not relation.is_broken:
        _report(walk, relation.owner, name, node, _visible(relation))


def _report(walk: Walk, table: str, column: str, node: exp.Expr, candidates: Sequence[str]) -> None:
    line, char = (1, 1) if position(node) is None else walk.place(node)
    walk.ledger.unknown[UnknownColumn(table, column, line, char, tuple(candidates))] = None
