"""COPY, LOAD, UNLOAD and EXPORT: rows that come from files or go to them."""

from __future__ import annotations

from sqlglot import exp

from .edges import GapReason
from .effects import Change, Effect
from .names import report_open_stars
from .queries import evaluate
from .relations import Derived, Open
from .scope import Scope
from .syntax import beginning


def copied(tree: exp.Expr, scope: Scope) -> Effect:
    """COPY of a table or query to files is a query; from files, no column of theirs is known."""
    source = _source(tree)
    if source is None:
        return loaded(tree, scope)
    if isinstance(source, exp.Table):
        columns, opens = whole_table(source, scope)
        return Effect("copy", None, columns, opens=opens)
    return _sent_out("copy", source, scope)


def exported(tree: exp.Expr, scope: Scope) -> Effect:
    """`EXPORT DATA … AS query`."""
    return _sent_out("export", tree.this, scope)


def loaded(tree: exp.Expr, scope: Scope) -> Effect:
    """A table filled from files: which of their columns goes where is not known."""
    scope.walk.gap(GapReason.UNSUPPORTED, f"`{beginning(scope.walk.text)}` is not opened", None)
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    if isinstance(table, exp.Table) and (tree.args.get("kind") or isinstance(tree, exp.LoadData)):
        return Effect("other", scope.walk.table_name(table))
    scope.walk.read_all(tree)
    return Effect("other")


def whole_table(table: exp.Table, scope: Scope) -> tuple[tuple[Change, ...], tuple[Open, ...]]:
    """Every column of a table as it is, and the table itself where they are not known."""
    relation = scope.walk.base_table(scope.walk.table_name(table), table)
    whole = Derived("", relation.attributes, relation.opens)
    report_open_stars(whole, scope.walk)
    return tuple((attribute.name, attribute) for attribute in whole.attributes), whole.opens


def _source(tree: exp.Expr) -> exp.Expr | None:
    """What is copied out of the warehouse; None where something is copied in."""
    if not isinstance(tree, exp.Copy):
        return None
    if not tree.args.get("kind"):
        return tree.this if isinstance(tree.this, exp.Table | exp.Query) else None
    files = tree.args.get("files") or []
    is_to_stage = isinstance(tree.this, exp.Table) and isinstance(tree.this.this, exp.Var | exp.Literal)
    source = files[0] if is_to_stage and files else None
    return source if isinstance(source, exp.Table | exp.Query) else None


def _sent_out(kind: str, query: exp.Expr, scope: Scope) -> Effect:
    relation = evaluate(query, scope)
    report_open_stars(relation, scope.walk)
    columns = tuple((attribute.name, attribute) for attribute in relation.attributes)
    return Effect(kind, None, columns, opens=relation.opens)
