"""Python text → the SQL in it, found in its syntax tree; nothing of it is run.

A string is SQL where it is handed to something that runs SQL, or where it spans lines and begins like SQL.
Strings joined, formatted or kept in names are put together; what is not constant is a hole.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .edges import Gap, GapReason
from .python_strings import Lines, Names, Pieces, pieces_of, without_parameters
from .rewritten import Rewritten, joined
from .syntax import shortened

RUNS_SQL = frozenset(
    {"execute", "executemany", "executescript", "execute_async", "exec_driver_sql", "query", "query_and_wait",
     "sql", "read_sql", "read_sql_query", "read_gbq", "read_database", "run", "raw_sql", "text", "fetch",
     "fetchrow", "fetchval", "run_query", "get_pandas_df", "from_query", "command"}
)  # fmt: skip
"""Names of functions that SQL is handed to."""

SURELY_RUNS_SQL = frozenset(
    {"execute", "executemany", "executescript", "read_sql", "read_sql_query", "read_gbq", "exec_driver_sql"}
)
"""Those of them that take hardly anything else."""

KEYWORDS = frozenset({"sql", "query", "statement", "stmt", "operation"})
"""Names of arguments that hold SQL."""

NAMED_AS_SQL = re.compile(r"sql|query|queries|stmt|statement|ddl|dml", re.IGNORECASE)

BEGINS_LIKE_SQL = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*"
    r"(?:SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|DROP|TRUNCATE|DECLARE|BEGIN|CALL|GRANT|COPY|USE|SET"
    r"|EXECUTE|EXEC|IF|REPLACE|FROM|EXPORT|LOAD|VALUES)\b(?=\s|\(|\*|$)",
    re.IGNORECASE | re.DOTALL,
)

SURELY_SQL = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*"
    r"(?:SELECT\s|WITH\s+\S+\s*(?:\([^)]*\)\s*)?AS\b|INSERT\s+(?:INTO|OVERWRITE)\s|UPDATE\s+\S+\s+SET\s"
    r"|DELETE\s+FROM\s|MERGE\s+(?:INTO\s)?|CREATE\s+(?:OR\s+REPLACE\s+|TEMP\w*\s+)*(?:TABLE|VIEW|PROCEDURE|FUNCTION)"
    r"\s|DECLARE\s|BEGIN\s|TRUNCATE\s+TABLE\s)",
    re.IGNORECASE | re.DOTALL,
)
"""What a text of several lines must begin with to be SQL where nothing is said to run it."""


@dataclass(frozen=True, slots=True)
class Found:
    """SQL in a Python text, or a gap in its place."""

    made: Rewritten | None
    line: int
    gap: Gap | None = None


@dataclass(slots=True)
class Reading:
    """Where a reader of a Python text stands.

    `used` are the nodes that were read, `loose` the texts that may still be, `assigned` what each name is
    ever set to, `wanted` the names that are run without its being known which text they hold, and by what.
    """

    lines: Lines
    found: list[Found] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    loose: list[tuple[ast.expr, Names]] = field(default_factory=list)
    assigned: dict[str, list[tuple[ast.expr, Pieces]]] = field(default_factory=dict)
    wanted: list[tuple[ast.Name, str]] = field(default_factory=list)


def sql_in_python(text: str) -> list[Found]:
    """The SQL of a Python text in the order in which it stands there."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        reading = Reading(Lines(text))
        _read_body(tree.body, Names(), reading)
    except SyntaxError as fault:
        detail = f"this is no Python that can be read: {fault.msg}"
        return [Found(None, fault.lineno or 1, Gap(GapReason.SYNTAX, detail, fault.lineno or 1))]
    except (ValueError, RecursionError, MemoryError):
        return [Found(None, 1, Gap(GapReason.SYNTAX, "this is no Python that can be read", 1))]
    for name, function in reading.wanted:
        _add_any(name, function, reading)
    for node, names in reading.loose:
        _add_loose(node, names, reading)
    return sorted(reading.found, key=lambda found: found.line)


def _read_body(body: Iterable[ast.stmt], names: Names, reading: Reading) -> None:
    """The statements of a block in order; what a nested block assigns is not known behind it."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            _read_calls(_own_expressions(statement), names, reading)
            _read_body(_without_docstring(statement.body), names.inner(), reading)
            continue
        blocks = _blocks(statement)
        _read_calls(_own_expressions(statement), names, reading)
        if not blocks:
            _assign(statement, names, reading)
            continue
        for block in blocks:
            inside = names.inner()
            _read_body(block, inside, reading)
            names.forget(inside.own)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if is_docstring else body


def _blocks(statement: ast.stmt) -> list[list[ast.stmt]]:
    """The blocks inside a statement."""
    found = [getattr(statement, role, []) for role in ("body", "orelse", "finalbody")]
    handlers = getattr(statement, "handlers", []) + getattr(statement, "cases", [])
    return [block for block in [*found, *(each.body for each in handlers)] if block]


def _own_expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """The expressions of a statement, those of its blocks aside."""
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.withitem):
            yield child.context_expr
        elif isinstance(child, ast.arguments):
            yield from (value for value in [*child.defaults, *child.kw_defaults] if value is not None)


def _assign(statement: ast.stmt, names: Names, reading: Reading) -> None:
    """Remember what constant a name holds from here on."""
    if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        pieces = pieces_of(statement.value, names, reading.lines)
        for target in targets:
            if isinstance(target, ast.Name):
                reading.assigned.setdefault(target.id, []).append((statement.value, pieces))
                names.own[target.id] = pieces, (id(statement.value),)
    elif isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        held, nodes = names.get(statement.target.id)
        added = pieces_of(statement.value, names, reading.lines)
        known = (*held, *added) if held and added else ()
        names.own[statement.target.id] = known, (*nodes, id(statement.value))
    for node in _own_expressions(statement):
        reading.loose += [
            (each, names) for each in ast.walk(node) if isinstance(each, ast.expr) and _may_be_loose(each)
        ]


def _may_be_loose(node: ast.expr) -> bool:
    """A text of several lines that nothing has been seen to run."""
    is_text = isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return is_text and (node.end_lineno or 0) > node.lineno


def _read_calls(expressions: Iterable[ast.expr], names: Names, reading: Reading) -> None:
    for expression in expressions:
        for node in ast.walk(expression):
            if isinstance(node, ast.Call):
                _read_call(node, names, reading)


def _read_call(call: ast.Call, names: Names, reading: Reading) -> None:
    """SQL that a call is given, if the function is one that runs SQL or the argument is named so."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    given = [keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS]
    if name in RUNS_SQL and call.args:
        given.append(call.args[0])
    for node in given:
        _add_run(node, name, names, reading)


def _add_run(node: ast.expr, name: str, names: Names, reading: Reading) -> None:
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in RUNS_SQL:
        return
    pieces = pieces_of(node, names, reading.lines)
    if _begins_with(BEGINS_LIKE_SQL, pieces):
        _mark_used(node, names, reading)
        _add(pieces, reading)
        return
    if isinstance(node, ast.Name):
        reading.wanted.append((node, name))
        return
    written = shortened(ast.unparse(node))
    is_called_sql = isinstance(node, ast.Attribute) and NAMED_AS_SQL.search(written)
    if name in SURELY_RUNS_SQL and (is_called_sql or isinstance(node, ast.JoinedStr | ast.BinOp)):
        reading.found.append(_unknown(node, written))


def _unknown(node: ast.expr, written: str) -> Found:
    detail = f"the SQL that `{written}` holds is not known here"
    gap = Gap(GapReason.DYNAMIC_SQL, detail, node.lineno, node.col_offset + 1)
    return Found(None, node.lineno, gap)


def _begins_with(pattern: re.Pattern[str], pieces: Pieces) -> bool:
    """Whether a text begins like SQL; one that begins with a hole does not."""
    known = "".join(piece.text for piece in pieces if not piece.is_hole)
    return bool(pieces) and not pieces[0].is_hole and pattern.match(known) is not None


def _add_any(name: ast.Name, function: str, reading: Reading) -> None:
    """Every text that a name is ever set to may be the one that is run."""
    texts = reading.assigned.get(name.id, [])
    found = [(node, pieces) for node, pieces in texts if _begins_with(BEGINS_LIKE_SQL, pieces)]
    for node, pieces in found:
        if id(node) not in reading.used:
            reading.used |= {id(each) for each in ast.walk(node)}
            _add(pieces, reading)
    is_called_sql = function in SURELY_RUNS_SQL and NAMED_AS_SQL.search(name.id) is not None
    if len(found) < len(texts) if found else is_called_sql:
        reading.found.append(_unknown(name, name.id))


def _mark_used(node: ast.expr, names: Names, reading: Reading) -> None:
    """Texts that are part of what was run are not read a second time."""
    for each in ast.walk(node):
        reading.used.add(id(each))
        if isinstance(each, ast.Name):
            for value in names.get(each.id)[1]:
                reading.used.add(value)


def _add(pieces: Pieces, reading: Reading) -> None:
    made = joined(without_parameters(pieces))
    reading.found.append(Found(made, made.lines[0] if made.lines else 1))


def _add_loose(node: ast.expr, names: Names, reading: Reading) -> None:
    """A text of several lines that begins like SQL and that nothing has been seen to run."""
    if id(node) in reading.used:
        return
    pieces = pieces_of(node, names, reading.lines)
    if _begins_with(SURELY_SQL, pieces):
        reading.used |= {id(each) for each in ast.walk(node)}
        _add(pieces, reading)
