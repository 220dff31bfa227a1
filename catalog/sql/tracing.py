"""`trace_sql` and `scan`: the way from a text to its lineage, statement by statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlglot.dialects.dialect import Dialect

from ..naming import Naming
from .edges import Gap, GapReason, StatementLineage
from .queries import evaluate
from .relations import Derived
from .results import edges_of, indirect_of, outputs_of
from .scope import COUNTED_NAMES, Schema, Scope, Walk
from .statements import PARSER_FAULTS, Statement, quiet, read_statements
from .targets import Effect, effect_of
from .types import Typing, typing_for


@dataclass(slots=True)
class Session:
    """What earlier statements of a text leave behind for later ones."""

    naming: Naming
    schema: Schema
    typing: Typing
    temporary: dict[str, Derived] = field(default_factory=dict)
    created: dict[str, Mapping[str, str]] = field(default_factory=dict)
    variables: frozenset[str] = frozenset()


def trace_text(sql: str, naming: Naming, schema: Schema) -> tuple[StatementLineage, ...]:
    """The lineage of every statement of a text."""
    dialect = Dialect.get_or_raise(naming.dialect or None)
    counted = COUNTED_NAMES.get(naming.dialect, frozenset())
    session = Session(naming, schema, typing_for(dialect), variables=counted)
    return tuple(
        _trace(index, statement, session) for index, statement in enumerate(read_statements(sql, dialect))
    )


def _trace(index: int, statement: Statement, session: Session) -> StatementLineage:
    """One statement; the one place where a text that breaks the walk becomes a gap."""
    if statement.gap is not None:
        return StatementLineage(index, statement.line, "unparsed", gaps=(statement.gap,))
    if statement.tree is None:
        return StatementLineage(index, statement.line, "other")
    try:
        with quiet():
            return _lineage(index, statement, session)
    except RecursionError:
        detail = "the statement is nested too deep to be traced"
    except PARSER_FAULTS as fault:
        detail = f"the statement cannot be traced: {fault}"
    gap = Gap(GapReason.UNSUPPORTED, detail, statement.line)
    return StatementLineage(index, statement.line, "unparsed", gaps=(gap,))


def _lineage(index: int, statement: Statement, session: Session) -> StatementLineage:
    schema = {**session.schema, **session.created} if session.created else session.schema
    walk = Walk(
        statement.text,
        session.naming,
        schema,
        session.typing,
        evaluate,
        session.temporary,
        session.variables,
    )
    scope = Scope(walk)
    tree = statement.tree
    effect = effect_of(tree, scope) if tree is not None else Effect("other")
    target = None if effect.is_temporary else effect.target
    outputs = outputs_of(effect.columns, walk)
    _remember(effect, session)
    return StatementLineage(
        index,
        statement.line,
        effect.kind,
        tuple(sorted(walk.ledger.reads)),
        (target,) if target else (),
        outputs,
        edges_of(target, effect.columns, walk),
        indirect_of(target, scope.controls),
        tuple(_placed(gap, statement) for gap in walk.ledger.gaps),
        tuple(walk.ledger.unknown),
    )


def _placed(gap: Gap, statement: Statement) -> Gap:
    """A gap of the statement as a whole stands where the statement begins."""
    return replace(gap, line=statement.line) if gap.line < statement.line else gap


def _remember(effect: Effect, session: Session) -> None:
    session.variables |= effect.variables
    if effect.target is None:
        return
    if effect.is_temporary:
        attributes = tuple(replace(attribute, name=name) for name, attribute in effect.columns)
        session.temporary[effect.target] = Derived(effect.target, attributes)
    elif effect.kind.startswith("create") and effect.target not in session.schema:
        session.created[effect.target] = {
            name: session.typing.written(attribute.type) or "" for name, attribute in effect.columns
        }
