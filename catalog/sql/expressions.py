"""An expression → the columns its value rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlglot import exp

from .names import relation_named, report_open_stars, resolve, row_of
from .relations import (
    AGGREGATED,
    CONDITION,
    NOT_FOUND,
    NOTHING,
    TRANSFORMED,
    WINDOW,
    Attribute,
    Leaf,
    Sources,
    element_type,
    field_of,
    merge,
    with_traits,
)
from .rules import rule_for
from .scope import Scope
from .types import array_of, known, struct_with


def attribute_of(node: exp.Expr, scope: Scope) -> Attribute:
    """The value of an expression, with its fields where it is a struct, and its type."""
    inner = node
    while isinstance(inner, exp.Alias | exp.Paren):
        inner = inner.this
    shape = SHAPES.get(type(inner))
    found = shape(inner, scope) if shape else Attribute("", sources_of(inner, scope))
    kind = found.type or scope.walk.typing.infer(inner)
    return replace(found, name=_output_name(node, scope), type=kind)


def sources_of(node: exp.Expr, scope: Scope, traits: int = 0) -> Sources:
    """The base columns an expression rests on, and how. Iterative, since chains of AND can be long."""
    found: set[Leaf] = set()
    stack = [(node, traits)]
    while stack:
        part, so_far = stack.pop()
        kind = type(part)
        shape = SHAPES.get(kind)
        if shape is not None:
            found |= with_traits(shape(part, scope).sources, so_far)
        elif isinstance(part, exp.Lambda):
            found |= sources_of(part.this, _with_bound(part, scope), so_far | TRANSFORMED)
        elif isinstance(part, exp.Exists):
            found |= with_traits(_existence(part.this, scope), so_far | CONDITION)
        else:
            if isinstance(part, exp.Window):
                stack.extend(_named_window(part, scope, so_far))
            stack.extend((child, so_far | more) for child, more in rule_for(kind)(part))
    return frozenset(found)


def _named_window(window: exp.Window, scope: Scope, traits: int) -> list[tuple[exp.Expr, int]]:
    """What `OVER name` partitions and orders by."""
    alias = window.args.get("alias")
    named = scope.windows.get(scope.walk.name_of(alias)) if isinstance(alias, exp.Identifier) else None
    if named is None or named is window:
        return []
    parts: list[exp.Expr] = list(named.args.get("partition_by") or [])
    if named.args.get("order"):
        parts.append(named.args["order"])
    base = named.args.get("alias")
    inherited = _named_window(named, scope, traits) if base and base is not alias else []
    return inherited + [(part, traits | WINDOW) for part in parts]


def _with_bound(node: exp.Lambda, scope: Scope) -> Scope:
    inner = scope.inner()
    inner.bound = frozenset(scope.walk.name_of(parameter) for parameter in node.expressions)
    return inner


def _output_name(node: exp.Expr, scope: Scope) -> str:
    if isinstance(node, exp.Alias) and isinstance(node.args.get("alias"), exp.Identifier):
        return scope.walk.name_of(node.args["alias"])
    if isinstance(node, exp.Column):
        return scope.walk.name_of(node.this)
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Identifier):
        return scope.walk.name_of(node.expression)
    return scope.walk.fold(node.output_name)


def _column(node: exp.Expr, scope: Scope) -> Attribute:
    if isinstance(node.this, exp.Star):
        found = relation_named(node.parts[:-1], scope) if isinstance(node, exp.Column) else None
        return row_of(found, "*", scope.walk) if found else Attribute("*", NOTHING)
    if not isinstance(node, exp.Column) or not isinstance(node.this, exp.Identifier):
        return Attribute("", NOTHING)
    found_attribute = resolve(node.parts, scope)
    if found_attribute.type is not None:
        node.type = found_attribute.type
    return found_attribute


def _dot(node: exp.Expr, scope: Scope) -> Attribute:
    """Field access behind an expression; a function with a dotted name; or a long column path."""
    path: list[exp.Expr] = []
    base = node
    while isinstance(base, exp.Dot):
        path.insert(0, base.expression)
        base = base.this
    calls = [part for part in path if isinstance(part, exp.Func)]
    if calls:
        last = calls[-1]
        return Attribute("", sources_of(last, scope), known(last.type))
    if isinstance(base, exp.Column) and not isinstance(base.this, exp.Star):
        found = resolve([*base.parts, *(part for part in path if isinstance(part, exp.Identifier))], scope)
    else:
        found = _fields_behind(attribute_of(base, scope), path, scope)
    if found.type is not None:
        node.type = found.type
    return found


def _fields_behind(attribute: Attribute, path: Sequence[exp.Expr], scope: Scope) -> Attribute:
    for part in path:
        if isinstance(part, exp.Identifier):
            name = scope.walk.name_of(part)
            attribute = field_of(attribute, name, scope.walk.fold) or Attribute(name, NOT_FOUND)
    return attribute


def _struct(node: exp.Expr, scope: Scope) -> Attribute:
    fields: dict[str, Attribute] = {}
    for index, part in enumerate(node.expressions):
        if isinstance(part, exp.PropertyEQ):
            field = replace(attribute_of(part.expression, scope), name=scope.walk.fold(part.name))
        else:
            field = attribute_of(part, scope)
        fields[field.name or f"_{index}"] = field
    sources = frozenset().union(*(with_traits(field.sources, TRANSFORMED) for field in fields.values()))
    kind = struct_with((name, field.type) for name, field in fields.items())
    if kind is not None:
        node.type = kind
    return Attribute("", sources, kind, fields)


def _array(node: exp.Expr, scope: Scope) -> Attribute:
    """`ARRAY(query)` and array literals; the elements' fields are the array's."""
    inner = node.expressions[0] if len(node.expressions) == 1 else None
    if isinstance(inner, exp.Query):
        relation = scope.walk.evaluate(inner, scope.inner())
        if not relation.attributes:
            return Attribute("", _query(inner, scope))
        element = relation.element or relation.attributes[0]
        kind = array_of(element.type)
        if kind is not None:
            node.type = kind
        return Attribute("", element.sources, kind, element.fields)
    elements = [attribute_of(part, scope) for part in node.expressions]
    sources = frozenset().union(*(with_traits(element.sources, TRANSFORMED) for element in elements))
    return Attribute("", sources, None, _shared_fields(elements))


def _shared_fields(elements: Sequence[Attribute]) -> dict[str, Attribute] | None:
    """The fields of an array's elements, by position as the first element names them."""
    if not elements or any(element.fields is None for element in elements):
        return None
    columns = zip(*(list((element.fields or {}).values()) for element in elements), strict=False)
    return {
        name: merge(name, column) for name, column in zip(elements[0].fields or {}, columns, strict=False)
    }


def _bracket(node: exp.Expr, scope: Scope) -> Attribute:
    """`array[n]` hands on its elements' fields."""
    base = attribute_of(node.this, scope)
    keys = frozenset().union(*(sources_of(key, scope, CONDITION) for key in node.expressions))
    kind = element_type(base.type)
    if kind is not None:
        node.type = kind
    fields = _fields_with(base, TRANSFORMED)
    return Attribute("", with_traits(base.sources, TRANSFORMED) | keys, kind, fields)


def _array_agg(node: exp.Expr, scope: Scope) -> Attribute:
    """An aggregate over rows or structs keeps their fields."""
    inner = node.this
    while isinstance(inner, exp.Order | exp.Limit | exp.HavingMax | exp.IgnoreNulls | exp.RespectNulls):
        inner = inner.this
    everything = frozenset(
        leaf for part, traits in rule_for(type(node))(node) for leaf in sources_of(part, scope, traits)
    )
    if not isinstance(inner, exp.Column | exp.Struct):
        return Attribute("", everything)
    value = attribute_of(inner, scope)
    is_list = isinstance(node, exp.ArrayAgg)
    kind = array_of(value.type) if is_list else value.type
    if kind is not None:
        node.type = kind
    return Attribute("", everything, kind, _fields_with(value, AGGREGATED))


def _fields_with(attribute: Attribute, traits: int) -> dict[str, Attribute] | None:
    if attribute.fields is None:
        return None
    return {
        name: replace(field, sources=with_traits(field.sources, traits), made=None)
        for name, field in attribute.fields.items()
    }


def _scalar(node: exp.Expr, scope: Scope) -> Attribute:
    """A nested query as a value: its columns' sources; the one column's type and fields."""
    relation = scope.walk.evaluate(node, scope.inner())
    sources = frozenset().union(*(attribute.sources for attribute in relation.attributes))
    if relation.opens:
        report_open_stars(relation, scope.walk)
        return Attribute("", sources | NOT_FOUND)
    if relation.element is None and len(relation.attributes) != 1:
        return Attribute("", sources)
    only = relation.element or relation.attributes[0]
    if only.type is not None:
        node.type = only.type
    return Attribute("", sources, only.type, only.fields)


def _existence(node: exp.Expr, scope: Scope) -> Sources:
    """What decides whether a nested query has rows: its columns and those of its conditions."""
    inside = scope.inner()
    inside.controls = {}
    relation = scope.walk.evaluate(node, inside)
    for (table, column, subtype), written in inside.controls.items():
        scope.control(subtype, ((table, column, 0),), written)
    deciding = frozenset((table, column, 0) for table, column, _ in inside.controls)
    return deciding.union(*(attribute.sources for attribute in relation.attributes))


def _query(node: exp.Expr, scope: Scope) -> Sources:
    relation = scope.walk.evaluate(node, scope.inner())
    return frozenset().union(*(attribute.sources for attribute in relation.attributes))


Shape = Callable[[exp.Expr, Scope], Attribute]

SHAPES: dict[type[exp.Expr], Shape] = {
    exp.Column: _column,
    exp.Dot: _dot,
    exp.Struct: _struct,
    exp.Array: _array,
    exp.Bracket: _bracket,
    exp.ArrayAgg: _array_agg,
    exp.AnyValue: _array_agg,
    **dict.fromkeys((exp.Select, exp.Union, exp.Intersect, exp.Except, exp.Subquery), _scalar),
}
"""Nodes whose value keeps a shape (fields, type) beyond a set of sources."""
