"""What a statement does with its query: kind by kind, which table it writes and which columns it fills."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlglot import exp

from .changes import (
    assigned,
    delete_changes,
    merge_changes,
    returned,
    target_columns,
    target_relation,
    update_changes,
)
from .copies import copied, exported, loaded, sent_out, whole_table
from .ctes import read_ctes
from .edges import GapReason
from .effects import Change, Effect
from .moves import moved, stream
from .names import report_open_stars
from .output_clause import with_output
from .queries import evaluate
from .relations import Attribute, Derived, Made, Open
from .scope import Scope
from .several import several_inserts
from .syntax import beginning, shortened

NO_DATA_FLOW: tuple[type[exp.Expr], ...] = (
    exp.AlterColumn, exp.Analyze, exp.Attach, exp.Comment, exp.Commit, exp.Describe,
    exp.Detach, exp.Drop, exp.EndStatement, exp.Grant, exp.Kill, exp.Pragma, exp.Refresh, exp.Revoke,
    exp.Rollback, exp.Semicolon, exp.Show, exp.Transaction, exp.TruncateTable, exp.Uncache, exp.Use,
)  # fmt: skip
"""Statements that move no data from column to column."""

QUIET_COMMANDS = frozenset(
    {"ALTER", "ANALYSE", "ANALYZE", "ASSERT", "BEGIN", "BREAK", "CHECKPOINT", "COMMENT", "COMMIT",
     "CONTINUE", "DENY", "DISCARD", "DROP", "END", "EXPLAIN", "FLUSH", "GO", "GRANT", "ITERATE", "KILL",
     "LEAVE", "LIST", "LOCK", "MSCK", "OPTIMIZE", "PRINT", "PURGE", "RAISE", "REINDEX", "REMOVE",
     "RESET", "RETURN", "REVOKE", "ROLLBACK", "SAVEPOINT", "SECURITY", "SET", "SHOW", "START", "UNLOCK",
     "UNSET", "USE", "VACUUM"}
)  # fmt: skip
"""First words of statements that sqlglot does not open and that move no data."""

DYNAMIC_COMMANDS = frozenset({"EXECUTE", "EXEC", "PREPARE"})


def effect_of(tree: exp.Expr, scope: Scope) -> Effect:
    """What a statement does, and whatever it leaves unseen as gaps."""
    kind = KINDS.get(type(tree))
    if kind is not None:
        effect = kind(tree, scope)
        return with_output(effect, tree, scope) if tree.args.get("returning") else effect
    if isinstance(tree, NO_DATA_FLOW):
        return Effect("other")
    return _unopened(tree, scope)


def _alter(_tree: exp.Expr, scope: Scope) -> Effect:
    return moved(scope) or Effect("other")


def _cache(tree: exp.Expr, scope: Scope) -> Effect:
    """Spark's `CACHE TABLE t AS query`: a temporary view by another name."""
    query = tree.expression
    if not isinstance(query, exp.Query) or not isinstance(tree.this, exp.Table):
        return Effect("other")
    relation = evaluate(query, scope)
    report_open_stars(relation, scope.walk)
    columns = tuple((attribute.name, attribute) for attribute in relation.attributes)
    name = scope.walk.table_name(tree.this)
    return Effect("create_view", name, columns, is_temporary=True, opens=relation.opens)


def _unopened(tree: exp.Expr, scope: Scope) -> Effect:
    """What is no statement at all is a matter of syntax; any other still tells the tables it names."""
    if scope.walk.text.tokens[0].text.upper() in QUIET_COMMANDS:
        _read_queries(tree, scope)
        return Effect("other")
    if isinstance(tree, exp.Condition | exp.Alias | exp.Identifier | exp.Tuple):
        scope.walk.gap(GapReason.SYNTAX, f"`{beginning(scope.walk.text)}` is no statement", None)
        return Effect("unparsed")
    scope.walk.gap(GapReason.UNSUPPORTED, f"`{beginning(scope.walk.text)}` is not opened", None)
    scope.walk.read_all(tree)
    return Effect("other")


def _query(tree: exp.Expr, scope: Scope) -> Effect:
    scope.fills_target = True
    relation = evaluate(tree, scope)
    report_open_stars(relation, scope.walk)
    columns = tuple((attribute.name, attribute) for attribute in relation.attributes)
    into = tree.args.get("into")
    if isinstance(into, exp.Into) and isinstance(into.this, exp.Table):
        is_temporary = bool(into.args.get("temporary")) or is_temporary_name(into.this)
        target = scope.walk.table_name(into.this)
        return Effect("create_table", target, columns, is_temporary=is_temporary, opens=relation.opens)
    return Effect("select", None, _distinct_names(columns), opens=relation.opens)


def _distinct_names(columns: Iterable[Change]) -> tuple[Change, ...]:
    """Repeated names of a bare query stay apart by a number, as warehouses do."""
    seen: dict[str, int] = {}
    found = []
    for name, attribute in columns:
        seen[name] = seen.get(name, 0) + 1
        found.append((name if seen[name] == 1 else f"{name}_{seen[name] - 1}", attribute))
    return tuple(found)


def evaluate_all(node: exp.Expr, scope: Scope) -> Derived:
    """The relation of a query, or of a statement in a WITH clause, whose effect is written down."""
    if node.__class__ not in CHANGING:
        return evaluate(node, scope)
    effect = KINDS[node.__class__](node, scope)
    scope.walk.ledger.effects.append(replace(effect, controls=scope.controls))
    return returned(node, effect.target or "", effect.columns, scope)


def is_temporary_name(table: exp.Table) -> bool:
    """Whether a table goes by a name that only temporary ones have."""
    return table.name.startswith("#") or bool(
        isinstance(table.this, exp.Identifier) and table.this.args.get("temporary")
    )


def has_temporary_property(tree: exp.Expr) -> bool:
    """Whether a CREATE says that its table is temporary."""
    properties = tree.args.get("properties")
    listed = properties.expressions if isinstance(properties, exp.Properties) else []
    return any(isinstance(part, exp.TemporaryProperty) for part in listed)


def _create(tree: exp.Expr, scope: Scope) -> Effect:
    kind = str(tree.args.get("kind") or "").upper()
    if kind in ("FUNCTION", "PROCEDURE", "TRIGGER"):
        return _routine(tree, kind, scope)
    if kind not in ("TABLE", "VIEW", "MATERIALIZED VIEW", "DYNAMIC TABLE"):
        return _unopened(tree, scope) if isinstance(tree.expression, exp.Query) else Effect("other")
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    if not isinstance(table, exp.Table):
        return _unopened(tree, scope)
    label = "create_view" if "VIEW" in kind else "create_table"
    is_temporary = is_temporary_name(table) or has_temporary_property(tree)
    columns, opens = _created_columns(tree, scope)
    filled = tree.find(exp.ToTableProperty) if "VIEW" in kind else None
    table = filled.this if filled is not None and isinstance(filled.this, exp.Table) else table
    return Effect(label, scope.walk.table_name(table), columns, is_temporary=is_temporary, opens=opens)


def _created_columns(tree: exp.Expr, scope: Scope) -> tuple[tuple[Change, ...], tuple[Open, ...]]:
    """The columns of what is created, and the tables whose unknown columns it takes over."""
    listed = tree.this.expressions if isinstance(tree.this, exp.Schema) else []
    query = tree.expression
    if isinstance(query, exp.Query | exp.Values | exp.Table | exp.Subquery):
        read_ctes(tree, scope)
        scope.fills_target = not listed
        relation = evaluate(query, scope)
        report_open_stars(relation, scope.walk)
        names = [_listed_name(column, scope) for column in listed if _is_column(column)]
        return _by_position(relation, names), relation.opens
    copy = _copied_table(tree)
    if copy is not None:
        return whole_table(copy, scope)
    like = tree.find(exp.LikeProperty)
    if like is not None and isinstance(like.this, exp.Table):
        shaped = target_relation(like.this, scope)
        return tuple((part.name, Attribute(part.name, type=part.type)) for part in shaped.attributes), ()
    listed_columns = tuple(
        (_listed_name(column, scope), Attribute(column.name, type=column.args.get("kind"), made=Made(column)))
        for column in listed
        if isinstance(column, exp.ColumnDef)
    )
    return listed_columns, ()


def _copied_table(tree: exp.Expr) -> exp.Table | None:
    """The table of `CLONE t`, `COPY t`; LIKE copies no rows."""
    clone = tree.args.get("clone")
    return clone.this if isinstance(clone, exp.Clone) and isinstance(clone.this, exp.Table) else None


def _is_column(node: exp.Expr) -> bool:
    return isinstance(node, exp.Identifier | exp.ColumnDef | exp.Column)


def _listed_name(node: exp.Expr, scope: Scope) -> str:
    inner = node if isinstance(node, exp.Identifier) else node.this
    return scope.walk.name_of(inner) if isinstance(inner, exp.Expr) else scope.walk.fold(node.name)


def _by_position(relation: Derived, names: list[str]) -> tuple[Change, ...]:
    """Columns under the names listed for them; under their own beyond that, or behind an open star."""
    if relation.opens:
        names = []
    return tuple(
        (names[index] if index < len(names) else attribute.name, attribute)
        for index, attribute in enumerate(relation.attributes)
    )


def _routine(tree: exp.Expr, kind: str, scope: Scope) -> Effect:
    """A function of one expression moves no data by itself; a body of statements is not opened."""
    body = tree.expression
    if kind == "FUNCTION" and isinstance(body, exp.Condition | exp.Paren | exp.Literal | exp.RawString):
        return Effect("other")
    name = tree.this.find(exp.Table) if tree.this is not None else None
    written = f" `{scope.walk.table_name(name)}`" if name is not None else ""
    scope.walk.gap(GapReason.UNSUPPORTED, f"the body of {kind.lower()}{written} is not opened", tree)
    return Effect("other")


def _insert(tree: exp.Expr, scope: Scope) -> Effect:
    read_ctes(tree, scope)
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    if isinstance(table, exp.Directory) and isinstance(tree.expression, exp.Expr):
        return sent_out("export", tree.expression, scope)
    if not isinstance(table, exp.Table):
        return _unopened(tree, scope)
    target = target_relation(table, scope)
    names = (
        [_listed_name(column, scope) for column in tree.this.expressions]
        if isinstance(tree.this, exp.Schema)
        else []
    )
    source = tree.expression or tree.args.get("source")
    relation = evaluate(source, scope.beside()) if isinstance(source, exp.Expr) else Derived("")
    report_open_stars(relation, scope.walk)
    if not tree.args.get("by_name"):
        names = names or target_columns(target)
        columns = _by_position(relation, names)[: len(names) or None]
    else:
        columns = tuple((attribute.name, attribute) for attribute in relation.attributes)
    return Effect("insert", target.label, columns + _on_conflict(tree, columns, scope))


def _several(tree: exp.Expr, scope: Scope) -> Effect:
    targets = (part.this if tree.args.get("kind") else part for part in tree.expressions)
    if not all(_fills_a_table(part, has_query=not tree.args.get("kind")) for part in targets):
        return _unopened(tree, scope)
    return several_inserts(tree, scope)


def _fills_a_table(insert: exp.Expr, *, has_query: bool) -> bool:
    table = insert.this.this if isinstance(insert.this, exp.Schema) else insert.this
    return isinstance(table, exp.Table) and (insert.expression is not None or not has_query)


def _on_conflict(tree: exp.Expr, columns: tuple[Change, ...], scope: Scope) -> tuple[Change, ...]:
    conflict = tree.args.get("conflict")
    if not isinstance(conflict, exp.OnConflict):
        return ()
    row = Derived("excluded", tuple(replace(attribute, name=name) for name, attribute in columns))
    for new in list(conflict.find_all(exp.Anonymous)):
        if new.name.upper() == "VALUES" and len(new.expressions) == 1:
            new.replace(exp.column(new.expressions[0].copy(), table="excluded"))
    alias = tree.expression.alias if isinstance(tree.expression, exp.Values) else ""
    # A bare name is a column of the table; the row that was to go in stands further off.
    outside = scope.beside()
    outside.sources = {scope.walk.fold(name): row for name in ("excluded", alias) if name}
    inside = outside.inner()
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    inside.sources = {scope.walk.fold(table.alias_or_name): target_relation(table, scope)}
    return tuple(assigned(conflict.expressions, inside))


def _merge(tree: exp.Expr, scope: Scope) -> Effect:
    target, changes = merge_changes(tree, scope) if isinstance(tree, exp.Merge) else ("", [])
    return Effect("merge", target, tuple(changes))


def _update(tree: exp.Expr, scope: Scope) -> Effect:
    target, changes = update_changes(tree, scope) if isinstance(tree, exp.Update) else ("", [])
    return Effect("update", target, tuple(changes))


def _delete(tree: exp.Expr, scope: Scope) -> Effect:
    if not isinstance(tree, exp.Delete) or not isinstance(tree.this, exp.Expr):
        return _unopened(tree, scope)
    target, changes = delete_changes(tree, scope)
    return Effect("delete", target, tuple(changes))


def _declare(tree: exp.Expr, scope: Scope) -> Effect:
    """Variables are names without a source from here on; a query that sets one still reads its tables."""
    table = _table_variable(tree, scope)
    if table is not None:
        return table
    names = frozenset(
        scope.walk.name_of(name)
        for item in tree.expressions
        for name in (item.this if isinstance(item.this, list) else [item.this])
        if isinstance(name, exp.Identifier)
    )
    _read_queries(tree, scope)
    return Effect("other", variables=names)


def _table_variable(tree: exp.Expr, scope: Scope) -> Effect | None:
    """T-SQL's `DECLARE @t TABLE (…)`, a temporary table by another name."""
    for item in tree.expressions:
        kind, names = item.args.get("kind"), item.this if isinstance(item.this, list) else [item.this]
        if isinstance(kind, exp.Schema) and isinstance(names[0], exp.Parameter):
            columns = tuple(
                (
                    _listed_name(column, scope),
                    Attribute(column.name, type=column.args.get("kind"), made=Made(column)),
                )
                for column in kind.expressions
                if isinstance(column, exp.ColumnDef)
            )
            return Effect("create_table", f"@{names[0].name.lower()}", columns, is_temporary=True)
    return None


def _set(tree: exp.Expr, scope: Scope) -> Effect:
    names = frozenset(
        scope.walk.name_of(column.this)
        for column in tree.find_all(exp.Column)
        if isinstance(column.this, exp.Identifier) and not isinstance(column.parent_select, exp.Select)
    )
    _read_queries(tree, scope)
    return Effect("other", variables=names)


def _read_queries(tree: exp.Expr, scope: Scope) -> None:
    """The tables of the outermost queries inside a statement."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, exp.Query):
            evaluate(node, scope.inner())
        else:
            stack.extend(node.iter_expressions())


def _command(tree: exp.Expr, scope: Scope) -> Effect:
    word = str(tree.this).upper()
    move = moved(scope) if word == "ALTER" else stream(scope) if word == "CREATE" else None
    if move is not None:
        return move
    if word in QUIET_COMMANDS:
        return Effect("other")
    rest = tree.expression.name if isinstance(tree.expression, exp.Expr) else str(tree.expression or "")
    written = shortened(f"{word} {rest}")
    if word in DYNAMIC_COMMANDS:
        scope.walk.gap(GapReason.DYNAMIC_SQL, f"`{written}` runs SQL that is not known here", None)
        return Effect("other")
    scope.walk.gap(GapReason.UNSUPPORTED, f"`{written}` is not opened", None)
    return Effect("other" if word == "CALL" else "unparsed")


KINDS: dict[type[exp.Expr], Callable[[exp.Expr, Scope], Effect]] = {
    **dict.fromkeys(
        (
            exp.Select,
            exp.Union,
            exp.Intersect,
            exp.Except,
            exp.Subquery,
            exp.Values,
            exp.Table,
            exp.Paren,
            exp.Pivot,
        ),
        _query,
    ),
    exp.Create: _create,
    exp.Insert: _insert,
    exp.Merge: _merge,
    exp.Update: _update,
    exp.Delete: _delete,
    exp.Declare: _declare,
    exp.Set: _set,
    exp.MultitableInserts: _several,
    exp.Copy: copied,
    exp.LoadData: loaded,
    exp.Export: exported,
    exp.Alter: _alter,
    exp.Cache: _cache,
    exp.Command: _command,
}
"""Kind of statement → what it does."""

CHANGING = frozenset({exp.Insert, exp.Update, exp.Delete, exp.Merge})
"""Statements that a WITH clause may hold."""
