"""MERGE, UPDATE and DELETE: which columns of the target they set, and from what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from .ctes import read_ctes
from .edges import Subtype
from .effects import Change, Clause
from .expressions import attribute_of, sources_of
from .names import report_open_stars
from .positions import CONDITION_ENDS, SqlTokens, anchor, each_item, items, keyword_before, position
from .relations import Attribute, BaseTable, Derived, Made, Relation
from .scope import Scope
from .sources import add_source, read_sources


def target_relation(table: exp.Table, scope: Scope) -> BaseTable:
    """The table that is written: its columns can be read, but it does not count as read."""
    walk = scope.walk
    name = walk.table_name(table)
    was_read = name in walk.ledger.reads
    relation = walk.base_table(name, table)
    if not was_read:
        walk.ledger.reads.discard(name)
    return relation


def held_in(target: BaseTable, scope: Scope) -> Relation:
    """What the table that is written holds: of a temporary one, what was put into it."""
    held = scope.walk.temporary.get(target.label)
    return target if held is None else held


def target_columns(relation: BaseTable) -> list[str]:
    """The declared columns of the table that is written, in order."""
    return [attribute.name for attribute in relation.attributes]


def merge_changes(node: exp.Merge, scope: Scope) -> tuple[str, list[Change]]:
    """The target of a MERGE, and every column that any of its branches fills."""
    read_ctes(node, scope)
    target = target_relation(_table_of(node.this), scope)
    source_key = add_source(node.args["using"], scope)
    source = scope.sources[source_key]
    scope.sources[scope.walk.fold(node.this.alias_or_name)] = held_in(target, scope)
    condition = node.args.get("on")
    if isinstance(condition, exp.Expr):
        scope.control(Subtype.JOIN, sources_of(condition, scope), Clause(condition, TokenType.ON))
    changes: list[Change] = []
    for when in node.args["whens"].expressions:
        changes += _branch(when, source, target, scope)
    return target.label, _inserted_first(changes)


def _table_of(node: exp.Expr) -> exp.Table:
    found = node if isinstance(node, exp.Table) else node.find(exp.Table)
    return found or exp.Table(this=exp.to_identifier(node.name))


def _inserted_first(changes: list[Change]) -> list[Change]:
    """INSERT names all columns in order; SET of an earlier branch is brought behind it."""
    return sorted(changes, key=lambda change: change[1].made is not None and change[1].made.is_update)


def _branch(when: exp.Expr, source: Relation, target: BaseTable, scope: Scope) -> Iterator[Change]:
    condition = when.args.get("condition")
    if isinstance(condition, exp.Expr):
        scope.control(Subtype.FILTER, sources_of(condition, scope), Clause(condition))
    then = when.args.get("then")
    if isinstance(then, exp.Update):
        yield from _set_clause(then, source, target, scope)
    elif isinstance(then, exp.Insert):
        yield from _insert_clause(then, source, target, scope)


def _set_clause(node: exp.Update, source: Relation, target: BaseTable, scope: Scope) -> Iterator[Change]:
    assignments = node.args.get("expressions")
    is_star = isinstance(assignments, list) and any(isinstance(part, exp.Star) for part in assignments)
    if is_star or not isinstance(assignments, list):
        yield from _whole_row(source, target, scope)
        return
    yield from assigned(assignments, scope)


def _insert_clause(node: exp.Insert, source: Relation, target: BaseTable, scope: Scope) -> Iterator[Change]:
    values = node.expression
    if not isinstance(values, exp.Tuple | exp.Values):
        yield from _whole_row(source, target, scope)
        return
    cells = values.expressions
    names = [scope.walk.name_of(_identifier(column)) for column in node.this.expressions] if node.this else []
    spans = _value_spans(scope.walk.text, values)
    for index, (name, cell) in enumerate(zip(names or target_columns(target), cells, strict=False)):
        span = spans[index] if len(spans) == len(cells) else None
        yield name, _made_here(attribute_of(cell, scope), cell, span)


def _identifier(node: exp.Expr) -> exp.Expr:
    return node.this if isinstance(node, exp.Column) else node


def _whole_row(source: Relation, target: BaseTable, scope: Scope) -> Iterator[Change]:
    """`INSERT ROW`, `INSERT *`, `UPDATE SET *`: by name where names meet, else by position."""
    report_open_stars(source, scope.walk)
    names = target_columns(target)
    columns = source.attributes
    if names and not {column.name for column in columns} <= set(names):
        yield from zip(names, columns, strict=False)
    else:
        yield from ((column.name, column) for column in columns)


def _value_spans(text: SqlTokens, values: exp.Expr) -> list[tuple[int, int]]:
    found = anchor(values)
    start = found and keyword_before(text, text.index(found[0]), (TokenType.VALUES,), found[1])
    return items(text, start + 2) if isinstance(start, int) else []


def assigned(assignments: list[exp.Expr], scope: Scope) -> Iterator[Change]:
    """The columns of a SET list."""
    for assignment in assignments:
        if isinstance(assignment, exp.EQ):
            yield from _assignment(assignment, scope)


def _assignment(assignment: exp.EQ, scope: Scope) -> Iterator[Change]:
    left, right = assignment.this, assignment.expression
    if isinstance(left, exp.Tuple | exp.Paren):
        columns = left.expressions if isinstance(left, exp.Tuple) else [left.this]
        made = _row_values(right, scope)
        for column, attribute in zip(columns, made, strict=False):
            yield _column_name(column, scope), attribute
        return
    if isinstance(left, exp.Column | exp.Dot | exp.Identifier):
        span = _assigned_span(left, scope.walk.text)
        made_here = _made_here(attribute_of(right, scope), right, span, is_update=True)
        yield _column_name(left, scope), made_here


def _row_values(node: exp.Expr, scope: Scope) -> list[Attribute]:
    if isinstance(node, exp.Tuple):
        return [
            _made_here(attribute_of(part, scope), part, None, is_update=True) for part in node.expressions
        ]
    if isinstance(node, exp.Query):
        return list(scope.walk.evaluate(node, scope.inner()).attributes)
    return [_made_here(attribute_of(node, scope), node, None, is_update=True)]


def _column_name(node: exp.Expr, scope: Scope) -> str:
    """The column that is set: without the target's alias, and the whole struct where a field is set."""
    parts = node.parts if isinstance(node, exp.Column | exp.Dot) else [node]
    names = [scope.walk.name_of(part) for part in parts]
    for index, name in enumerate(names[:-1]):
        if name in scope.sources:
            return names[index + 1]
    return names[-1] if len(names) > 2 else names[0]


def _assigned_span(column: exp.Expr, text: SqlTokens) -> tuple[int, int] | None:
    """The tokens right of the `=` that follows a column's name."""
    identifiers = [start for part in column.find_all(exp.Identifier) if (start := position(part)) is not None]
    if not identifiers:
        return None
    equals = text.index(max(identifiers)) + 1
    return next(each_item(text, equals + 1, CONDITION_ENDS), None) if equals < len(text.tokens) else None


def _made_here(
    attribute: Attribute,
    node: exp.Expr,
    span: tuple[int, int] | None,
    *,
    is_update: bool = False,
) -> Attribute:
    """The attribute, made by this expression; if that is a bare column, where that was made."""
    inherited = attribute.made if isinstance(node, exp.Column) else None
    if inherited and not inherited.is_bare:
        return replace(attribute, made=replace(inherited, is_update=is_update))
    return replace(attribute, made=Made(node, span=span, is_update=is_update))


def update_changes(node: exp.Update, scope: Scope) -> tuple[str, list[Change]]:
    """The target of an UPDATE and the columns it sets."""
    read_ctes(node, scope)
    read_sources(node, scope)
    table = _table_of(node.this)
    name = scope.walk.fold(table.alias_or_name)
    known = scope.sources.get(name)
    if isinstance(known, BaseTable) and not table.db:
        target = known
        _forget_read(target, scope)
    else:
        target = target_relation(table, scope)
        scope.sources = {name: held_in(target, scope), **scope.sources}
    for join in table.args.get("joins") or []:
        add_source(join.this, scope)
        _join_condition(join, scope)
    _where(node, scope)
    return target.label, list(assigned(node.expressions, scope))


def _forget_read(target: BaseTable, scope: Scope) -> None:
    """A target that FROM names only to give it an alias is not read."""
    labels = [relation.label for relation in scope.sources.values()]
    if labels.count(target.label) == 1:
        scope.walk.ledger.reads.discard(target.label)


def _join_condition(join: exp.Expr, scope: Scope) -> None:
    condition = join.args.get("on")
    if isinstance(condition, exp.Expr):
        scope.control(Subtype.JOIN, sources_of(condition, scope), Clause(condition, TokenType.ON))


def _where(node: exp.Expr, scope: Scope) -> None:
    where = node.args.get("where")
    if isinstance(where, exp.Where):
        scope.control(Subtype.FILTER, sources_of(where.this, scope), Clause(where.this, TokenType.WHERE))


def returned(node: exp.Expr, target: str, changes: Iterable[Change], scope: Scope) -> Derived:
    """The rows that RETURNING hands on: what was set, and the table's other columns as they are."""
    returning = node.args.get("returning")
    if not isinstance(returning, exp.Returning):
        return Derived("query")
    made = Derived(target, tuple(attribute.named(name) for name, attribute in changes))
    is_new = isinstance(node, exp.Insert)
    held = target_relation(_table_of(node.this), scope) if is_new else scope.walk.base_table(target, node)
    kept = [attribute for attribute in held.attributes if attribute.name not in made.known]
    row = Derived(target, (*made.attributes, *kept), held.opens)
    inside = scope.beside()
    inside.sources = {scope.walk.fold(target.rpartition(".")[2]): row}
    return scope.walk.evaluate(exp.Select(expressions=returning.expressions), inside)


def delete_changes(node: exp.Delete, scope: Scope) -> tuple[str, list[Change]]:
    """The target of a DELETE; it sets nothing, its condition decides which rows stay."""
    read_ctes(node, scope)
    for source in node.args.get("using") or []:
        add_source(source, scope)
    tables = node.args.get("tables") or []
    if node.this is not None and not tables:
        table = _table_of(node.this)
        target = target_relation(table, scope)
        scope.sources[scope.walk.fold(table.alias_or_name)] = target
        for join in table.args.get("joins") or []:
            add_source(join.this, scope)
            _join_condition(join, scope)
    else:
        add_source(node.this, scope)
        key = scope.walk.fold(tables[0].name)
        known = scope.sources.get(key)
        target = known if isinstance(known, BaseTable) else target_relation(tables[0], scope)
        _forget_read(target, scope)
    _where(node, scope)
    return target.label, []
