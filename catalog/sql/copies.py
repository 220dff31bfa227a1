"""COPY, LOAD and EXPORT: rows that come from files or go to them."""

from __future__ import annotations

from sqlglot import exp

from .changes import target_columns, target_relation
from .edges import GapReason
from .effects import Change, Effect
from .names import report_open_stars
from .queries import evaluate
from .relations import Attribute, Derived, Made, Open
from .scope import Scope
from .syntax import beginning

BY_NAME = frozenset({"databricks", "spark", "spark2"})
"""Dialects whose COPY INTO takes columns by name; the others go by position."""


def copied(tree: exp.Expr, scope: Scope) -> Effect:
    """COPY of a table or query to files is a query; from files, it fills a table."""
    source = _source(tree)
    if source is None:
        return loaded(tree, scope)
    if isinstance(source, exp.Table):
        columns, opens = whole_table(source, scope)
        return Effect("copy", None, columns, opens=opens)
    return sent_out("copy", source, scope)


def exported(tree: exp.Expr, scope: Scope) -> Effect:
    """`EXPORT DATA … AS query`."""
    return sent_out("export", tree.this, scope)


def loaded(tree: exp.Expr, scope: Scope) -> Effect:
    """A table filled from files or from a query over them, whose columns have no source in the warehouse."""
    listed = tree.this.expressions if isinstance(tree.this, exp.Schema) else []
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    if not isinstance(table, exp.Table) or not (tree.args.get("kind") or isinstance(tree, exp.LoadData)):
        scope.walk.gap(GapReason.UNSUPPORTED, f"`{beginning(scope.walk.text)}` is not opened", None)
        scope.walk.read_all(tree)
        return Effect("other")
    target = target_relation(table, scope)
    names = [scope.walk.name_of(part) for part in listed if isinstance(part, exp.Identifier)]
    names = names or target_columns(target)
    query = _query_over_files(tree)
    if query is None:
        made = Made(tree, text=_files(tree))
        columns = tuple((name, Attribute(name, made=made)) for name in names)
        return Effect("copy", target.label, columns)
    relation = evaluate(query, scope.beside())
    report_open_stars(relation, scope.walk)
    if not listed and scope.walk.naming.dialect in BY_NAME:
        names = [attribute.name for attribute in relation.attributes]
    return Effect("copy", target.label, tuple(zip(names, relation.attributes, strict=False)))


def _query_over_files(tree: exp.Expr) -> exp.Expr | None:
    files = tree.args.get("files")
    first = files[0] if isinstance(files, list) and files else None
    return first if isinstance(first, exp.Query) else None


def _files(tree: exp.Expr) -> str:
    """The files as they are written, as far as they are told in one word."""
    files = tree.args.get("files")
    first = files[0] if isinstance(files, list) and files else tree.args.get("inpath")
    return first.name if isinstance(first, exp.Expr) and first.name else "files"


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


def sent_out(kind: str, query: exp.Expr, scope: Scope) -> Effect:
    """A query whose rows leave the warehouse."""
    relation = evaluate(query, scope)
    report_open_stars(relation, scope.walk)
    columns = tuple((attribute.name, attribute) for attribute in relation.attributes)
    return Effect(kind, None, columns, opens=relation.opens)
