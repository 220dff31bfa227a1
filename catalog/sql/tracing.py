"""`trace_sql` and `scan`: the way from a text to its lineage, statement by statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlglot.dialects.dialect import Dialect

from ..naming import Naming
from .collecting import fewer_collections, free_tree
from .edges import ColumnEdge, Gap, GapReason, StatementLineage
from .effects import Effect, join_controls
from .habits import observations_of
from .holes import hole_gaps
from .parsing import arrays_as_tables
from .relations import Derived
from .results import indirect_of, results_of
from .rewritten import Rewritten, told, with_decisions
from .scope import COUNTED_NAMES, Schema, Scope, Walk
from .session import Session, is_temporary, remember, see_through, through, use
from .statements import PARSER_FAULTS, Statement, quiet, read_statements
from .targets import effect_of, evaluate_all
from .types import typing_for


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is told of statements beside their lineage."""

    types: bool = False
    observations: bool = False


def trace_text(sql: str, naming: Naming, schema: Schema, wanted: Wanted) -> tuple[StatementLineage, ...]:
    """The lineage of every statement of a text; a template is rendered first."""
    return trace_parts(parts_of(sql), naming, schema, wanted)


def trace_python_text(
    text: str, naming: Naming, schema: Schema, wanted: Wanted
) -> tuple[StatementLineage, ...]:
    """The lineage of the SQL in a Python text, at the lines where it stands there."""
    return trace_parts(parts_of(text, is_python=True), naming, schema, wanted)


def parts_of(text: str, *, is_python: bool = False) -> list[Part]:
    """The SQL in a text: itself, what a template is rendered to, or the strings of a Python text."""
    if is_python:
        from .python_text import sql_in_python

        found = sql_in_python(text)
        return [Part("", gap=one.gap) if one.made is None else _part_of_python(one.made) for one in found]
    if not is_template(text):
        return [Part(text)]
    from .jinja_text import rendered

    made = rendered(text)
    return [Part(made.text, (made,))]


def _part_of_python(made: Rewritten) -> Part:
    """SQL of a Python text; a template in it is rendered too."""
    if not is_template(made.text):
        return Part(made.text, (made,))
    from .jinja_text import rendered

    again = rendered(made.text, len(made.holes))
    return Part(again.text, (again, made))


def is_template(sql: str) -> bool:
    """Whether a text must be rendered before it is SQL."""
    return ("{{" in sql and "}}" in sql) or ("{%" in sql and "%}" in sql)


@dataclass(frozen=True, slots=True)
class Part:
    """A text to be traced, and the texts it was made from, innermost first; or the gap in its place."""

    sql: str
    origins: tuple[Rewritten, ...] = ()
    gap: Gap | None = None


def trace_parts(
    parts: Iterable[Part], naming: Naming, schema: Schema, wanted: Wanted
) -> tuple[StatementLineage, ...]:
    """The lineage of texts that run one after the other; what one leaves behind, the next one sees."""
    dialect = Dialect.get_or_raise(naming.dialect or None)
    counted = COUNTED_NAMES.get(naming.dialect, frozenset())
    session = Session(naming, schema, typing_for(dialect, infers=wanted.types), variables=counted)
    found: list[StatementLineage] = []
    for part in parts:
        start = len(found)
        if part.gap is not None:
            found.append(StatementLineage(start, part.gap.line, "unparsed", gaps=(part.gap,)))
            continue
        with quiet(), fewer_collections(), arrays_as_tables(dialect, naming.dialect):
            for statement in read_statements(part.sql, dialect, naming.dialect, part.origins):
                # Looked at first: the walk may leave the tree in another form.
                seen = observations_of(statement, naming) if wanted.observations else ()
                lineage = _trace(len(found), statement, session)
                found.append(replace(lineage, observations=seen) if seen else lineage)
                del statement
                free_tree()
        for origin in part.origins:
            found[start:] = with_decisions(found[start:], origin, start)
    return tuple(found)


def _trace(index: int, statement: Statement, session: Session) -> StatementLineage:
    """One statement; the one place where a text that breaks the walk becomes a gap."""
    if statement.gap is not None:
        kind = statement.kind or "unparsed"
        return _in_first_text(StatementLineage(index, statement.line, kind, gaps=(statement.gap,)), statement)
    if statement.tree is None:
        return _in_first_text(StatementLineage(index, statement.line, statement.kind or "other"), statement)
    try:
        return _in_first_text(_lineage(index, statement, session), statement)
    except RecursionError:
        detail = "the statement is nested too deep to be traced"
    except PARSER_FAULTS as fault:
        detail = f"the statement cannot be traced: {fault}"
    gap = Gap(GapReason.UNSUPPORTED, detail, statement.line)
    return _in_first_text(StatementLineage(index, statement.line, "unparsed", gaps=(gap,)), statement)


def _in_first_text(lineage: StatementLineage, statement: Statement) -> StatementLineage:
    """The facts in the lines and words of the text that was given, through all that were made of it."""
    for made in statement.origins:
        accounted = (*lineage.reads, *lineage.writes)
        unknown = tuple(hole_gaps(statement.text, made, accounted)) if made.holes else ()
        lineage = told(lineage, made)
        lineage = replace(lineage, gaps=(*lineage.gaps, *unknown)) if unknown else lineage
    return lineage


def _lineage(index: int, statement: Statement, session: Session) -> StatementLineage:
    variables = session.variables
    if statement.variables:
        variables |= {session.naming.column(name) for name in statement.variables}
    for made in statement.origins:
        variables |= {session.naming.column(name) for name in made.markers}
    walk = Walk(
        statement.text,
        session.naming,
        session.tables,
        session.typing,
        evaluate_all,
        session.temporary,
        variables,
        folded=session.folded,
    )
    for name, cursor in statement.rows:
        through(name, cursor, session)
    rows = {name: row for name, row in session.rows.items() if name in variables}
    scope = Scope(walk, outer=Scope(walk, sources=dict(rows)) if rows else None)
    tree = statement.tree
    effect = effect_of(tree, scope) if tree is not None else Effect("other")
    if walk.ledger.temporary:
        see_through(scope, session)
    if statement.only_reads:
        return _only_reads(index, statement, session, effect, walk)
    is_known_here_only = effect.is_temporary or is_temporary(effect.target, session)
    target = None if is_known_here_only else effect.target
    outputs, columns = results_of(target, effect.columns, walk)
    remember(effect, scope, session)
    use(tree, statement.text, session)
    if rows:
        behind = set().union(*(session.behind.get(name, set()) for name in rows))
        walk.ledger.reads |= behind & {edge.source_table for edge in columns}
    lineage = StatementLineage(
        index,
        statement.line,
        statement.kind or effect.kind,
        tuple(sorted(walk.ledger.reads)),
        (target,) if target else (),
        outputs,
        columns,
        indirect_of(target, join_controls(dict(effect.controls), scope.controls), walk),
        tuple(_placed(gap, statement) for gap in _with_columns(walk.ledger.gaps, columns)),
        tuple(walk.ledger.unknown),
    )
    others = [each for each in (*effect.others, *walk.ledger.effects) if not _is_kept(each, scope, session)]
    return _with_others(lineage, others, scope) if others else lineage


def _with_columns(gaps: Mapping[Gap, str | None], columns: Iterable[ColumnEdge]) -> Iterator[Gap]:
    """The gaps, with the column that each concerns: the one that a name of several owners arrives in.

    A name that is met twice may concern one column here and none there, so that neither is told.
    """
    about = Counter(name for gap, name in gaps.items() if name and gap.column is None)
    targets: dict[str, set[str]] = {}
    for edge in columns if about else ():
        if edge.ambiguous:
            targets.setdefault(edge.source_column, set()).add(edge.target_column)
    for gap, name in gaps.items():
        filled = targets.get(name or "", set())
        is_told = gap.column is None and about[name or ""] == 1 and len(filled) == 1
        yield replace(gap, column=next(iter(filled))) if is_told else gap


def _is_kept(effect: Effect, scope: Scope, session: Session) -> bool:
    """Whether what a statement does besides goes into a temporary table, for later statements to see."""
    if not is_temporary(effect.target, session):
        return False
    remember(effect, scope, session)
    return True


def _with_others(lineage: StatementLineage, others: Iterable[Effect], scope: Scope) -> StatementLineage:
    """What a statement does to other tables too; a query that does nothing else is named after that."""
    kind = lineage.kind
    for effect in others:
        outputs, columns = results_of(effect.target, effect.columns, scope.walk)
        controls = join_controls(dict(effect.controls), scope.controls)
        names = {output.name for output in lineage.outputs}
        lineage = replace(
            lineage,
            kind=effect.kind if kind == "select" else kind,
            writes=tuple(sorted({*lineage.writes, effect.target or ""} - {""})),
            outputs=(*lineage.outputs, *(output for output in outputs if output.name not in names)),
            columns=(*lineage.columns, *columns),
            indirect=(*lineage.indirect, *indirect_of(effect.target, controls, scope.walk)),
        )
    return lineage


def _only_reads(
    index: int, statement: Statement, session: Session, effect: Effect, walk: Walk
) -> StatementLineage:
    """What a statement reads that fills no column; a loop over it has its columns row by row."""
    if statement.row:
        name = session.naming.column(statement.row)
        attributes = tuple(replace(attribute, name=column) for column, attribute in effect.columns)
        session.rows[name] = Derived(name, attributes, effect.opens)
        session.behind[name] = set(walk.ledger.reads)
    gaps = tuple(_placed(gap, statement) for gap in walk.ledger.gaps)
    reads = tuple(sorted(walk.ledger.reads))
    unknown = tuple(walk.ledger.unknown)
    kind = statement.kind or "other"
    return StatementLineage(index, statement.line, kind, reads, gaps=gaps, unknown_columns=unknown)


def _placed(gap: Gap, statement: Statement) -> Gap:
    """A gap of the statement as a whole stands where the statement begins."""
    return replace(gap, line=statement.line) if gap.line < statement.line else gap
