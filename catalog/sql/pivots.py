"""PIVOT and UNPIVOT: a relation in, a relation out."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from .edges import GapReason, Subtype
from .effects import Clause
from .expressions import attribute_of, sources_of
from .relations import (
    CONDITION,
    NOTHING,
    Attribute,
    Derived,
    Made,
    Relation,
    Sources,
    merge,
    together,
    with_traits,
)
from .scope import Scope
from .unnest import alias_columns


def pivoted(relation: Relation, pivot: exp.Pivot, scope: Scope) -> Derived:
    """The relation after one PIVOT or UNPIVOT."""
    inside = scope.beside()
    inside.sources = {relation.label: relation}
    attributes = _unpivot(relation, pivot, inside) if pivot.unpivot else _pivot(relation, pivot, inside)
    names = alias_columns(pivot, scope)
    renamed = [
        replace(attribute, name=names[index]) if index < len(names) else attribute
        for index, attribute in enumerate(attributes)
    ]
    return Derived(pivot.alias or relation.label, tuple(renamed), relation.opens)


def pivot_statement(relation: Relation, node: exp.Expr, scope: Scope) -> Derived:
    """The relation of DuckDB's statement, in which ON says what is spread or gathered."""
    if not isinstance(node, exp.Pivot):
        return Derived("query")
    inside = scope.beside()
    inside.sources = {relation.label: relation}
    found = _gathered(relation, node, inside) if node.unpivot else _spread(relation, node, inside)
    return Derived("query", tuple(found), relation.opens)


def _spread(relation: Relation, node: exp.Pivot, scope: Scope) -> list[Attribute]:
    """`ON key IN (values) USING aggregates`; without values, the columns depend on the rows."""
    aggregates = [_aggregate(part, scope) for part in node.args.get("using") or []]
    used = {scope.walk.name_of(column.this) for column in node.find_all(exp.Column)}
    group = node.args.get("group")
    kept = [part for part in relation.attributes if part.name not in used]
    if isinstance(group, exp.Group):
        kept = [attribute_of(part, scope) for part in group.expressions]
    made: list[Attribute] = []
    for key in node.expressions:
        column = key.this if isinstance(key, exp.In) else key
        leaves = sources_of(column, scope)
        scope.control(Subtype.FILTER, leaves, Clause(column))
        if not isinstance(key, exp.In):
            detail = f"the columns that PIVOT makes depend on the values of `{column.name}`"
            scope.walk.gap(GapReason.UNSUPPORTED, detail, column)
            continue
        made += _columns_per_value(key, aggregates, with_traits(leaves, CONDITION), scope)
    return kept + made


def _columns_per_value(
    key: exp.In, aggregates: list[Attribute], leaves: Sources, scope: Scope
) -> list[Attribute]:
    found = []
    for value in key.expressions:
        for aggregate in aggregates:
            is_plain = len(aggregates) == 1 and not aggregate.name
            name = value.alias_or_name if is_plain else f"{value.alias_or_name}_{aggregate.name}"
            found.append(
                replace(aggregate, name=scope.walk.fold(name), sources=together((aggregate.sources, leaves)))
            )
    return found


def _gathered(relation: Relation, node: exp.Pivot, scope: Scope) -> list[Attribute]:
    """`ON columns INTO NAME n VALUE v`."""
    groups = [_columns_of(entry, scope) for entry in node.expressions]
    taken = {attribute.name for group in groups for attribute in group}
    into = node.args.get("into")
    name = scope.walk.fold(into.this.name) if into is not None else "name"
    values = [scope.walk.fold(part.name) for part in into.expressions] if into is not None else ["value"]
    made = [Attribute(name, NOTHING)]
    for index, value in enumerate(values):
        columns = [group[index] for group in groups if index < len(group)]
        if columns:
            kind = scope.walk.typing.common(column.type for column in columns)
            made.append(replace(merge(value, columns), type=kind, made=Made(node, text=_list(node, scope))))
    return [attribute for attribute in relation.attributes if attribute.name not in taken] + made


def _pivot(relation: Relation, pivot: exp.Pivot, scope: Scope) -> list[Attribute]:
    """Columns that are neither aggregated nor spread stay; each value of the key makes new ones."""
    used = {scope.walk.name_of(column.this) for column in pivot.find_all(exp.Column)}
    group = pivot.args.get("group")
    kept = [attribute for attribute in relation.attributes if attribute.name not in used]
    if isinstance(group, exp.Group):
        kept = [attribute_of(part, scope) for part in group.expressions]
    aggregates = [_aggregate(node, scope) for node in pivot.expressions or pivot.args.get("using") or []]
    keys = together(sources_of(field.this, scope) for field in pivot.fields if isinstance(field, exp.In))
    _control_by_keys(pivot, scope)
    made = [
        replace(
            _of(aggregates, index),
            name=name,
            sources=together((_of(aggregates, index).sources, with_traits(keys, CONDITION))),
        )
        for index, name in enumerate(_pivot_names(pivot, scope))
        if aggregates
    ]
    return kept + made


def _of(aggregates: list[Attribute], index: int) -> Attribute:
    return aggregates[index % len(aggregates)]


def _pivot_names(pivot: exp.Pivot, scope: Scope) -> list[str]:
    """The names of the columns made; Snowflake keeps the quotes of a string in them, and its case."""
    keeps_quotes = scope.walk.naming.dialect == "snowflake"
    return [
        scope.walk.name_of(column)
        if keeps_quotes and "'" in column.name
        else scope.walk.fold(column.output_name)
        for column in pivot.args.get("columns") or []
    ]


def _aggregate(node: exp.Expr, scope: Scope) -> Attribute:
    found = attribute_of(node, scope)
    return replace(found, made=Made(node.unalias()))


def _control_by_keys(pivot: exp.Pivot, scope: Scope) -> None:
    """The key decides into which column a row goes, and rows of other keys are dropped."""
    for field in pivot.fields:
        if isinstance(field, exp.In) and isinstance(field.this, exp.Column):
            scope.control(Subtype.FILTER, sources_of(field.this, scope), Clause(field.this))


def _unpivot(relation: Relation, pivot: exp.Pivot, scope: Scope) -> list[Attribute]:
    """The columns named become rows: one column with their names, one (or several) with their values."""
    taken: set[str] = set()
    keys: list[Attribute] = []
    values: list[Attribute] = []
    for field in pivot.fields:
        if not isinstance(field, exp.In):
            continue
        groups = [_columns_of(entry, scope) for entry in field.expressions]
        taken |= {attribute.name for group in groups for attribute in group}
        keys.append(Attribute(scope.walk.name_of(field.this), NOTHING, _key_type(field, scope)))
        values += _value_columns(pivot, groups, scope)
    made = [*values, *keys] if pivot.args.get("value_columns_first") else [*keys, *values]
    return [attribute for attribute in relation.attributes if attribute.name not in taken] + made


def _columns_of(entry: exp.Expr, scope: Scope) -> list[Attribute]:
    inner = entry.this if isinstance(entry, exp.PivotAlias) else entry
    parts = inner.expressions if isinstance(inner, exp.Tuple) else [inner]
    return [attribute_of(part, scope) for part in parts if isinstance(part, exp.Column)]


def _value_columns(pivot: exp.Pivot, groups: list[list[Attribute]], scope: Scope) -> list[Attribute]:
    names = [
        identifier
        for value in pivot.expressions
        for identifier in (value.expressions if isinstance(value, exp.Tuple) else [value])
    ]
    found = []
    for index, identifier in enumerate(names):
        columns = [group[index] for group in groups if index < len(group)]
        if columns:
            name = scope.walk.fold(identifier.name)
            kind = scope.walk.typing.common(column.type for column in columns)
            found.append(replace(merge(name, columns), type=kind, made=Made(pivot, text=_list(pivot, scope))))
    return found


def _list(pivot: exp.Pivot, scope: Scope) -> str:
    return pivot.sql(scope.walk.typing.dialect).strip()


def _key_type(field: exp.In, scope: Scope) -> exp.DataType | None:
    first = field.expressions[0] if field.expressions else None
    if isinstance(first, exp.PivotAlias) and isinstance(first.args.get("alias"), exp.Literal):
        return scope.walk.typing.infer(first.args["alias"])
    return scope.walk.typing.parse("VARCHAR")
