"""An expression → the columns its value rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from sqlglot import exp

from .names import column_named, report_open_stars, resolve
from .relations import (
    AGGREGATED,
    CONDITION,
    NOT_FOUND,
    TRANSFORMED,
    WINDOW,
    Attribute,
    BaseColumn,
    Made,
    Sources,
    add_sources,
    element_type,
    field_of,
    merge,
    together,
    with_traits,
)
from .rules import Waiting, rule_for, spread
from .scope import Scope
from .types import array_of, known, struct_with

IS_LIST, IS_COLUMN, HAS_SHAPE, DIFFERS = -1, -2, -3, -4
"""What `_gain_of` says of a list, a column, a node in `SHAPES`, and one whose rule goes part by part."""


def attribute_of(node: exp.Expr, scope: Scope, made: Made | None = None) -> Attribute:
    """The value of an expression, with its fields where it is a struct, and its type.

    What was made elsewhere stays so, unless `made` tells where this value is made.
    """
    inner = node
    while inner.__class__ in WRAPPERS:
        inner = inner.args["this"]
    shape = SHAPES.get(inner.__class__)
    name = _output_name(node, scope)
    if shape is None:
        return Attribute(name, sources_of(inner, scope), scope.walk.typing.infer(inner), None, made)
    found = shape(inner, scope)
    kind = found.type or scope.walk.typing.infer(inner)
    if made is not None:
        return Attribute(name, found.sources, kind, found.fields, made)
    if kind is found.type and name == found.name:
        return found
    return Attribute(name, found.sources, kind, found.fields, found.made, found.branches)


def sources_of(node: exp.Expr, scope: Scope, traits: int = 0) -> Sources:
    """The base columns an expression rests on, and how."""
    return _gathered(defaultdict(list, {traits: [node]}), scope)


def _gathered(waiting: Waiting, scope: Scope) -> Sources:
    """The base columns of all parts that wait, and of the parts in them.

    Every expression of every query passes here. Iterative, since chains of AND can be long. Parts whose
    columns gain the same traits wait in one list; what is in a node is added to it unseen, lists, texts and
    all, since to look at it is what comes next.
    """
    found: dict[int, frozenset[BaseColumn]] = {}
    while waiting:
        traits, parts = waiting.popitem()
        for part in parts:
            kind = part.__class__
            gained = _gain_of(kind)
            if gained is None:
                continue
            if gained >= 0:
                if gained | traits == traits:
                    parts += part.args.values()
                else:
                    waiting[gained | traits] += part.args.values()
            elif gained == IS_COLUMN:
                column = column_named(part, scope)
                if column.type is not None:
                    part.type = column.type
                for before, columns in column.sources.items():
                    known = found.get(before | traits)
                    found[before | traits] = columns if known is None else known | columns
            elif gained == IS_LIST:
                parts += part
            elif gained == HAS_SHAPE:
                add_sources(found, SHAPES[kind](part, scope).sources, traits)
            else:
                _open(part, traits, waiting, scope)
    return found


@cache
def _gain_of(kind: type) -> int | None:
    """The traits that the columns in all parts of a node gain alike; None where no column can stand.

    Negative for what is not simply gone through.
    """
    if kind is list or kind is exp.Column:
        return IS_LIST if kind is list else IS_COLUMN
    if kind in SHAPES or not issubclass(kind, exp.Expr):
        return HAS_SHAPE if kind in SHAPES else None
    rule = rule_for(kind)  # type: ignore[arg-type]  # a type is a key
    return rule.traits if rule.roles is None and rule.parts is None else DIFFERS


def _open(node: exp.Expr, traits: int, waiting: Waiting, scope: Scope) -> None:
    """Let the parts of a node wait, each with what the node does to the columns in it."""
    spread(node, traits, waiting)
    if node.__class__ is exp.Window:
        waiting[traits | WINDOW] += _named_window(node, scope)


def _named_window(window: exp.Expr, scope: Scope) -> list[exp.Expr]:
    """What `OVER name` partitions and orders by."""
    alias = window.args.get("alias")
    named = scope.windows.get(scope.walk.name_of(alias)) if isinstance(alias, exp.Identifier) else None
    if named is None or named is window:
        return []
    parts: list[exp.Expr] = list(named.args.get("partition_by") or [])
    if named.args.get("order"):
        parts.append(named.args["order"])
    base = named.args.get("alias")
    return _named_window(named, scope) + parts if base and base is not alias else parts


def _lambda(node: exp.Expr, scope: Scope) -> Attribute:
    """A function written in place: its parameters are names without a source."""
    inner = scope.inner()
    inner.bound = frozenset(scope.walk.name_of(parameter) for parameter in node.expressions)
    return Attribute("", sources_of(node.this, inner, TRANSFORMED))


def _exists(node: exp.Expr, scope: Scope) -> Attribute:
    return Attribute("", with_traits(_existence(node.this, scope), CONDITION))


def _output_name(node: exp.Expr, scope: Scope) -> str:
    kind = node.__class__
    if kind is exp.Alias and isinstance(node.args.get("alias"), exp.Identifier):
        return scope.walk.name_of(node.args["alias"])
    if kind is exp.Column:
        return scope.walk.name_of(node.args["this"])
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Identifier):
        return scope.walk.name_of(node.expression)
    return scope.walk.fold(node.output_name)


def _column(node: exp.Expr, scope: Scope) -> Attribute:
    found = column_named(node, scope)
    if found.type is not None:
        node.type = found.type
    return found


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
    sources = with_traits(together(field.sources for field in fields.values()), TRANSFORMED)
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
    elements = [attribute_of(part, scope) for part in node.expressions if part is not None]
    sources = with_traits(together(element.sources for element in elements), TRANSFORMED)
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
    keys = [sources_of(key, scope, CONDITION) for key in node.expressions]
    kind = element_type(base.type)
    if kind is not None:
        node.type = kind
    fields = _fields_with(base, TRANSFORMED)
    sources = together([with_traits(base.sources, TRANSFORMED), *keys])
    return Attribute("", sources, kind, fields)


def _array_agg(node: exp.Expr, scope: Scope) -> Attribute:
    """An aggregate over rows or structs keeps their fields."""
    inner = node.this
    while isinstance(inner, exp.Order | exp.Limit | exp.HavingMax | exp.IgnoreNulls | exp.RespectNulls):
        inner = inner.this
    waiting: Waiting = defaultdict(list)
    _open(node, 0, waiting, scope)
    everything = _gathered(waiting, scope)
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
    sources = together(attribute.sources for attribute in relation.attributes)
    if relation.opens:
        report_open_stars(relation, scope.walk)
        return Attribute("", together((sources, NOT_FOUND)))
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
    scope.inherit(inside.controls)
    deciding = frozenset(key for clauses in inside.controls.values() for key in clauses)
    return together([{0: deciding} if deciding else {}, *(part.sources for part in relation.attributes)])


def _query(node: exp.Expr, scope: Scope) -> Sources:
    relation = scope.walk.evaluate(node, scope.inner())
    return together(attribute.sources for attribute in relation.attributes)


Shape = Callable[[exp.Expr, Scope], Attribute]


def _columns(node: exp.Expr, scope: Scope) -> Attribute:
    """DuckDB's `COLUMNS(…)` in a condition or key: it holds for each of the columns it stands for."""
    inside = scope.beside()
    inside.sources = scope.sources
    relation = scope.walk.evaluate(exp.Select(expressions=[node.copy()]), inside)
    return merge("", relation.attributes) if relation.attributes else Attribute("")


SHAPES: dict[type[object], Shape] = {
    exp.Columns: _columns,
    exp.Column: _column,
    exp.Dot: _dot,
    exp.Struct: _struct,
    exp.Array: _array,
    exp.Bracket: _bracket,
    exp.ArrayAgg: _array_agg,
    exp.AnyValue: _array_agg,
    exp.Lambda: _lambda,
    exp.Exists: _exists,
    **dict.fromkeys((exp.Select, exp.Union, exp.Intersect, exp.Except, exp.Subquery), _scalar),
}
"""Nodes whose value keeps a shape (fields, type) beyond its sources, or is found in a scope of its own."""

WRAPPERS = frozenset({exp.Alias, exp.PivotAlias, exp.Paren})
