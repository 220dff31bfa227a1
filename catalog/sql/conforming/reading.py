"""A question → the tree of the query asked about, read through, brought into one shape, and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError

from ...naming import Naming
from ..canonical.names import line_of
from ..parsing import PARSER_FAULTS, quiet
from ..rewritten import MARKER
from ..statements import read_statements
from ..tracing import Part, parts_of
from .inlining import NotReadableError, inlined
from .shape import qualified, shaped
from .telling import told
from .values import Computation, ComputationQuestion, InlinedText

FAULTS: tuple[type[Exception], ...] = (*PARSER_FAULTS, SqlglotError)


def computation_of(question: ComputationQuestion) -> Computation:
    """How the output of a question is computed."""
    naming = Naming(question.dialect, question.database, question.schema, question.aliases)
    try:
        with quiet():
            queries = _queries_of(question, naming)
            tree, tables = inlined(queries[0], queries[1], naming)
            names = {short: full for full, short in tables.items()}
            shape, line = shaped(tree, question, names)
            return replace(told(shape, names, question, naming), line=line)
    except NotReadableError as fault:
        return Computation(reason=str(fault))
    except FAULTS as fault:
        return Computation(reason=f"the SQL is not understood ({_first_line(fault)})")


def opened(question: ComputationQuestion) -> tuple[exp.Query, dict[str, str]]:
    """The whole query of a question, read through; the tables that it reads: short name → canonical name.

    Raises:
        NotReadableError: it cannot be read.
    """
    naming = Naming(question.dialect, question.database, question.schema, question.aliases)
    asked, others = _queries_of(question, naming)
    tree, tables = inlined(asked, others, naming)
    names = {short: full for full, short in tables.items()}
    found = qualified(tree, question, names)
    if not isinstance(found, exp.Query):
        raise NotReadableError("it is no query")
    return found, names


def _queries_of(question: ComputationQuestion, naming: Naming) -> tuple[exp.Query, dict[str, exp.Query]]:
    """The query asked about, and those that stand for tables; lines are numbered through."""
    asked = _query(InlinedText(question.target, question.sql, 1, question.is_python), naming)
    within = question.column.rpartition(".")[0]
    if within:
        asked = _named_query(asked, within.lower())
    others = {each.table: _query(each, naming) for each in question.inlined}
    return asked, others


def _query(text: InlinedText, naming: Naming) -> exp.Query:
    """The query of the statement that fills a table, or of the last that fills none."""
    found = list(_fillers(text, naming))
    if not found:
        raise NotReadableError(f"no query fills {_named(text.table)}")
    if len(found) > 1 and text.table:
        raise NotReadableError(f"{len(found)} queries fill {_named(text.table)}")
    query = found[-1]
    if text.is_python and any(MARKER in each.name for each in query.find_all(exp.Identifier, exp.Literal)):
        raise NotReadableError("a part of the SQL is put together when Python runs")
    return query


def _fillers(text: InlinedText, naming: Naming) -> Iterator[exp.Query]:
    """The queries that fill the table of a text; of none, all. Their lines are those of the text."""
    for part in parts_of(text.sql, is_python=True) if text.is_python else [Part(text.sql)]:
        if part.gap is not None:
            raise NotReadableError("a part of the SQL is put together when Python runs")
        for statement in read_statements(part.sql, Dialect.get_or_raise(naming.dialect), naming.dialect):
            tree = statement.tree
            # What Python only asks for fills no table.
            is_asked = text.is_python and text.table and isinstance(tree, exp.Query)
            query = None if is_asked else _fills(tree, text.table, naming)
            if query is not None:
                yield _counted(query, part, text.first_line)
            elif isinstance(tree, exp.Merge | exp.Update) or tree is None:
                raise NotReadableError(_named(text.table) + " is not filled by plain queries alone")


def _named_query(query: exp.Query, name: str) -> exp.Query:
    """A query of WITH as one of its own, with those before it."""
    clause = query.args.get("with_")
    ctes = clause.expressions if isinstance(clause, exp.With) else []
    for number, cte in enumerate(ctes):
        if cte.alias.lower() == name and isinstance(cte.this, exp.Select) and not cte.this.args.get("with_"):
            found = cte.this.copy()
            found.set("with_", exp.With(expressions=[each.copy() for each in ctes[:number]]))
            return found
    raise NotReadableError(f"there is no query `{name}` in its WITH")


def _named(target: str) -> str:
    return f"`{target}`" if target else "it"


def _fills(tree: exp.Expr | None, target: str, naming: Naming) -> exp.Query | None:
    if isinstance(tree, exp.Query):
        return tree
    if not target and isinstance(tree, exp.Create | exp.Insert) and isinstance(tree.expression, exp.Query):
        return tree.expression
    if not isinstance(tree, exp.Create | exp.Insert) or not isinstance(tree.expression, exp.Query):
        return None
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    parts = [naming.part(each.name, quoted=bool(each.args.get("quoted"))) for each in table.parts]
    return tree.expression if naming.table(parts) == target else None


def _counted(query: exp.Query, part: Part, first_line: int) -> exp.Query:
    """The query itself, with the numbers of its lines as if its text began at `first_line`."""
    for node in query.walk():
        line = node.meta_get("line")
        if isinstance(line, int):
            for made in part.origins:
                line = made.line(line)
            node.meta["line"] = line + first_line - 1
    for call in query.find_all(exp.AggFunc):
        call.meta["line"] = line_of(call)
    return query


def _first_line(fault: Exception) -> str:
    return str(fault).partition("\n")[0].strip()[:200]
