"""FROM and JOIN: what a query reads, one source after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from .edges import Subtype
from .effects import Clause
from .expressions import attribute_of, sources_of
from .files import files_of, files_relation
from .names import member
from .pivots import pivoted
from .relations import BaseTable, Derived, Relation, merge
from .scope import Scope
from .unnest import alias_columns, element_of, lateral_columns, table_function, unnest, values


def read_sources(node: exp.Expr, scope: Scope) -> None:
    """Add everything of a query's (or UPDATE's) FROM clause to its scope."""
    start = node.args.get("from_")
    if isinstance(start, exp.From):
        add_source(start.this, scope)
    for lateral in node.args.get("laterals") or []:
        add_source(lateral, scope)
    for join in node.args.get("joins") or []:
        add_join(join, scope)


def add_source(node: exp.Expr, scope: Scope) -> str:
    """Add one source, and what hangs on it; gives the name it goes by."""
    key, relation = relation_of(node, scope)
    for pivot in node.args.get("pivots") or []:
        relation = pivoted(relation, pivot, scope)
        key = scope.walk.fold(pivot.alias) if pivot.alias else key
    key = _free_key(key, scope)
    scope.sources[key] = relation
    for lateral in node.args.get("laterals") or []:
        add_source(lateral, scope)
    for join in node.args.get("joins") or []:
        add_join(join, scope)
    return key


def _free_key(key: str, scope: Scope) -> str:
    """A source without alias, or a second one of the same name, still takes part in name look-up."""
    if key and key not in scope.sources:
        return key
    return next(
        name for count in range(len(scope.sources) + 1) if (name := f"{key} {count}") not in scope.sources
    )


def add_join(join: exp.Join, scope: Scope) -> None:
    """Add a joined source; its condition decides which rows arrive."""
    before = list(scope.sources)
    key = add_source(join.this, scope)
    using = [scope.walk.name_of(_identifier(part)) for part in join.args.get("using") or []]
    if join.method == "NATURAL":
        using = _common_names(before, key, scope)
    for name in using:
        _merge_column(name, before, key, join, scope)
    condition = join.args.get("on")
    if condition is not None:
        scope.control(Subtype.JOIN, sources_of(condition, scope), Clause(condition, TokenType.ON))
    if join.kind in ("SEMI", "ANTI"):
        del scope.sources[key]


def _identifier(part: exp.Expr) -> exp.Expr:
    return part.this if isinstance(part, exp.Column) else part


def _common_names(before: Iterable[str], key: str, scope: Scope) -> list[str]:
    left = {attribute.name for name in before for attribute in scope.sources[name].attributes}
    return [attribute.name for attribute in scope.sources[key].attributes if attribute.name in left]


def _merge_column(name: str, before: Iterable[str], key: str, join: exp.Join, scope: Scope) -> None:
    """`USING (name)`: one column that may come from either side."""
    left = scope.merged.get(name) or next(
        (found for other in before if (found := member(scope.sources[other], name)) is not None), None
    )
    right = member(scope.sources[key], name)
    owners = [owner for owner in (left, right) if owner is not None]
    if owners:
        merged = merge(name, owners)
        scope.merged[name] = merged
        scope.control(Subtype.JOIN, merged.sources, Clause(join, text=f"USING ({name})"))


def relation_of(node: exp.Expr, scope: Scope) -> tuple[str, Relation]:
    """A source's name and relation."""
    if isinstance(node, exp.Table):
        return _table(node, scope)
    if isinstance(node, exp.Final | exp.Stream):
        return relation_of(node.this, scope)
    if isinstance(node, exp.Alias):
        element = element_of(attribute_of(node.this, scope), scope.walk.fold(node.alias))
        return element.name, Derived(element.name, (element,))
    if isinstance(node, exp.Unnest):
        return unnest(node, scope)
    if isinstance(node, exp.Lateral):
        return _lateral(node, scope)
    if isinstance(node, exp.TableFromRows) and isinstance(node.this, exp.Generator):
        return scope.walk.fold(node.alias), Derived(node.alias or "GENERATOR", is_weak=True)
    if isinstance(node, exp.TableFromRows) and isinstance(node.this, exp.Func):
        function = table_function(node, scope)
        return scope.walk.fold(node.alias or function.label), function
    if isinstance(node, exp.Values):
        return scope.walk.fold(node.alias), values(node, scope)
    if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
        return _joined_tables(node, scope)
    relation = scope.walk.evaluate(node, scope.beside())
    return scope.walk.fold(node.alias), renamed(relation, alias_columns(node, scope), node.alias)


def renamed(relation: Relation, names: list[str], label: str = "") -> Relation:
    """The relation under an alias, its columns renamed from the left where the alias names them."""
    if not names and (isinstance(relation, BaseTable) or label in ("", relation.label)):
        return relation
    attributes = relation.attributes
    changed = [
        replace(attribute, name=names[index]) if index < len(names) else attribute
        for index, attribute in enumerate(attributes)
    ]
    if isinstance(relation, Derived):
        return replace(relation, label=label or relation.label, attributes=tuple(changed), known={})
    return Derived(label or relation.label, tuple(changed), relation.opens, passes=relation.passes)


def _lateral(node: exp.Lateral, scope: Scope) -> tuple[str, Relation]:
    key = scope.walk.fold(node.alias)
    if isinstance(node.this, exp.Subquery | exp.Query):
        relation = scope.walk.evaluate(node.this, scope.inner())
        return key, renamed(relation, alias_columns(node, scope), node.alias)
    if isinstance(node.this, exp.Unnest):
        name, relation = unnest(node.this, scope)
        return key or name, renamed(relation, alias_columns(node, scope))
    return key, lateral_columns(node, scope)


def _joined_tables(node: exp.Subquery, scope: Scope) -> tuple[str, Relation]:
    """`(a JOIN b ON …)`: the sources inside are in sight outside, unless the parenthesis has an alias."""
    if not node.alias:
        inner = node.this
        key = add_source(inner, scope)
        return key, scope.sources.pop(key)
    inside = scope.beside()
    add_source(node.this, inside)
    attributes = [part for relation in inside.sources.values() for part in relation.attributes]
    opens = [part for relation in inside.sources.values() for part in relation.opens]
    return scope.walk.fold(node.alias), Derived(node.alias, tuple(attributes), tuple(opens))


def _table(node: exp.Table, scope: Scope) -> tuple[str, Relation]:
    walk = scope.walk
    files = files_of(node)
    if files is not None:
        return files_relation(node, files, scope)
    if not isinstance(node.this, exp.Identifier | exp.Dot | exp.Var | exp.Parameter):
        function = table_function(node, scope)
        return walk.fold(node.alias or function.label), function
    array = _array_of_source(node, scope)
    if array is not None:
        return array
    alias = walk.fold(node.alias or node.name)
    names = alias_columns(node, scope)
    if not node.db:
        cte = scope.ctes.get(walk.name_of(node.this).lower())
        if cte is not None:
            scope.inherit(cte.controls)
            return alias, renamed(cte.relation, names)
    name = walk.table_name(node)
    if name in walk.temporary:
        walk.ledger.temporary.add(name)
        return alias, renamed(walk.temporary[name], names)
    return alias, renamed(walk.base_table(name, node), names)


def _array_of_source(node: exp.Table, scope: Scope) -> tuple[str, Relation] | None:
    """BigQuery's `FROM t, t.array`: a dotted name that begins with a source in sight."""
    if scope.walk.naming.dialect != "bigquery" or not node.db:
        return None
    parts = node.parts
    if scope.walk.name_of(parts[0]) not in scope.sources:
        return None
    column = exp.Dot.build([part.copy() for part in parts]) if len(parts) > 4 else _column_from(parts)
    array = exp.Unnest(expressions=[column])
    name, relation = unnest(array, scope)
    alias = scope.walk.fold(node.alias or parts[-1].name)
    return alias or name, relation


def _column_from(parts: list[exp.Expr]) -> exp.Column:
    roles = ("this", "table", "db", "catalog")
    return exp.Column(**{role: part.copy() for role, part in zip(roles, reversed(parts), strict=False)})
