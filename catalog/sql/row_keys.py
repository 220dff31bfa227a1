"""What tells the rows of a query apart by how it is written: the keys of its GROUP BY, or of a ROW_NUMBER."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from ..naming import Naming
from .parsing import PARSER_FAULTS, quiet
from .statements import read_statements

Key = tuple[str, ...]


def keys_of_rows(sql: str, naming: Naming) -> dict[int, Key]:
    """Line of a statement → the output columns of which no two of its rows share all values.

    Statements are left out whose query does not say so in its own SELECT, or puts a key out of sight.
    """
    found: dict[int, Key] = {}
    dialect = Dialect.get_or_raise(naming.dialect or None)
    with quiet():
        for statement in read_statements(sql, dialect, naming.dialect):
            key = _key_of(statement.tree, naming)
            if key:
                found[statement.line] = key
    return found


def _key_of(tree: exp.Expr | None, naming: Naming) -> Key:
    try:
        query = tree if isinstance(tree, exp.Query) else tree and tree.args.get("expression")
        query = query.unnest() if isinstance(query, exp.Subquery) else query
        if not isinstance(query, exp.Select):
            return ()
        keys = _grouped_by(query) or _numbered_within(query)
        names = [_output(query, key) for key in keys]
    except PARSER_FAULTS:
        return ()
    shown = [name for name in names if name is not None]
    if len(shown) < len(names):
        return ()
    return tuple(dict.fromkeys(naming.column(name.name, quoted=name.quoted) for name in shown))


def _grouped_by(query: exp.Select) -> Sequence[exp.Expr]:
    """The keys of GROUP BY; none where it makes several groupings."""
    group = query.args.get("group")
    if not isinstance(group, exp.Group):
        return ()
    several = ("grouping_sets", "cube", "rollup", "totals")
    if any(group.args.get(each) for each in several):
        return ()
    if group.args.get("all"):
        return [each for each in query.expressions if not each.find(exp.AggFunc)]
    return group.expressions


def _numbered_within(query: exp.Select) -> Sequence[exp.Expr]:
    """What `QUALIFY ROW_NUMBER() OVER (PARTITION BY …) = 1` keeps one row of each of."""
    qualify = query.args.get("qualify")
    condition = qualify.this if isinstance(qualify, exp.Qualify) else None
    if not isinstance(condition, exp.EQ) or condition.expression.sql() != "1":
        return ()
    window = condition.this
    if isinstance(window, exp.Column):
        named = [each for each in query.expressions if each.alias == window.name]
        window = named[0].unalias() if named else window
    is_number = isinstance(window, exp.Window) and isinstance(window.this, exp.RowNumber)
    return window.args.get("partition_by") or () if is_number else ()


def _output(query: exp.Select, key: exp.Expr) -> exp.Identifier | None:
    """The name under which a key comes out; None where it does not."""
    if isinstance(key, exp.Literal) and key.is_int:
        at = int(key.name) - 1
        return _name(query.expressions[at]) if 0 <= at < len(query.expressions) else None
    for output in query.expressions:
        is_it = output.unalias() == key or output is key
        if is_it or (isinstance(key, exp.Column) and not key.table and output.alias == key.name):
            return _name(output)
    return None


def _name(output: exp.Expr) -> exp.Identifier | None:
    name = output.args.get("alias") or (output.this if isinstance(output, exp.Column) else None)
    return name if isinstance(name, exp.Identifier) else None
