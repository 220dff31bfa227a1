"""A text → what each of its statements means. What is not opened is compared word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.tokenizer_core import Token, TokenType

from ...naming import Naming
from ..parsing import PARSER_FAULTS, Statement, quiet, tokens_of
from ..rewritten import Rewritten
from ..scope import Schema
from ..statements import read_statements
from ..targets import NO_DATA_FLOW, has_temporary_property, is_temporary_name
from .expressions import normal
from .form import CanonicalColumn, CanonicalStatement, Part, PartKind, Step
from .merges import merged
from .names import Relation, Renamed, Sight, Source, Walk
from .queries import evaluate, read_ctes
from .texts import digest

AS_WRITTEN = frozenset({TokenType.VAR, TokenType.IDENTIFIER, TokenType.STRING, TokenType.NUMBER})
"""Words whose case may count."""

STORAGE: tuple[type[exp.Expr], ...] = (
    exp.PartitionedByProperty, exp.ClusterProperty, exp.ClusteredByProperty, exp.TemporaryProperty,
    exp.SchemaCommentProperty,
)  # fmt: skip
"""Properties of a table that change no value in it."""

WORDS = frozenset({"description", "friendly_name", "labels", "comment"})
"""Names of properties that are words about a table."""

PLAIN: tuple[type[exp.Expr], ...] = (
    exp.Create,
    exp.Insert,
    exp.Query,
    exp.Merge,
    exp.Update,
    exp.Delete,
    *NO_DATA_FLOW,
)
"""Statements that stand for themselves; with any other a text is a script, in which all depends on all."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of statements, and those that it was made from, innermost first."""

    sql: str
    origins: tuple[Rewritten, ...] = ()


def statements_of(
    sql: str, naming: Naming, schema: Schema, renamed: Renamed, *, is_python: bool = False
) -> tuple[CanonicalStatement, ...]:
    """The meaning of each statement of a text."""
    from ..tracing import parts_of

    dialect = Dialect.get_or_raise(naming.dialect or None)
    walk = Walk(naming, schema, evaluate, renamed)
    found: list[CanonicalStatement] = []
    for part in parts_of(sql, is_python=is_python):
        if part.gap is not None:
            found.append(
                CanonicalStatement("unread", "", part.gap.line, digest(part.gap.detail), is_whole=False)
            )
            continue
        with quiet():
            found += _in_text(Text(part.sql, part.origins), dialect, walk)
    return tuple(found)


def expression_of(expression: str, naming: Naming) -> str:
    """The canonical text of an expression over one table."""
    try:
        with quiet():
            tree: exp.Expr = exp.maybe_parse(expression, dialect=naming.dialect or None)
            sight = Sight(Walk(naming, {}, evaluate))
            sight.sources = {"": Source("", {}, ("",))}
            return normal(tree, sight)
    except PARSER_FAULTS:
        return " ".join(expression.split())


def _in_text(text: Text, dialect: Dialect, walk: Walk) -> Iterator[CanonicalStatement]:
    statements = list(read_statements(text.sql, dialect, walk.naming.dialect, text.origins))
    context = _context(text, statements, dialect)
    for statement in statements:
        if statement.tree is None and statement.gap is None:
            continue
        found = _meaning(statement, walk)
        if found is not None:
            rows = digest(found.rows, *context) if context else found.rows
            yield _in_first_text(replace(found, rows=rows), text.origins)


def _context(text: Text, statements: Sequence[Statement], dialect: Dialect) -> tuple[str, ...]:
    """What all statements of a text depend on: nothing, unless it is a script or has parts not known."""
    holes = [hole.written for made in text.origins for hole in made.holes]
    is_script = any(
        statement.kind or statement.only_reads or statement.variables or statement.row
        or (statement.tree is not None and not isinstance(statement.tree, PLAIN))
        or _is_routine(statement.tree)
        for statement in statements
    )  # fmt: skip
    return (*_words(tokens_of(text.sql, dialect) or ()), *holes) if is_script else tuple(holes)


def _is_routine(tree: exp.Expr | None) -> bool:
    kind = str(tree.args.get("kind") or "").upper() if isinstance(tree, exp.Create) else ""
    return kind in ("FUNCTION", "PROCEDURE", "TRIGGER")


def _words(tokens: Iterable[Token]) -> list[str]:
    return [token.text if token.token_type in AS_WRITTEN else token.text.upper() for token in tokens]


def _meaning(statement: Statement, walk: Walk) -> CanonicalStatement | None:
    """One statement; None where it moves no data."""
    tree = statement.tree
    if tree is None:
        return _word_by_word(statement)
    if isinstance(tree, NO_DATA_FLOW):
        return None
    walk.parts, walk.gaps = [], 0
    read = KINDS.get(type(tree), _other)
    try:
        return read(tree, walk, statement)
    except PARSER_FAULTS:
        return _word_by_word(statement)


def _word_by_word(statement: Statement) -> CanonicalStatement:
    words = _words(statement.text.tokens) or statement.text.sql.split()
    part = Part(PartKind.OTHER, digest(*words), "a statement that cannot be read", statement.line)
    return CanonicalStatement("unread", "", statement.line, part.text, (part,), is_whole=False)


def _create(tree: exp.Expr, walk: Walk, statement: Statement) -> CanonicalStatement | None:
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    query = tree.expression
    if not isinstance(table, exp.Table) or not isinstance(query, exp.Query | exp.Values):
        return _other(tree, walk, statement)
    sight = Sight(walk)
    relation = _named(_relation(tree, query, sight), _listed(tree.this, sight))
    name = walk.table_name(table)
    if is_temporary_name(table) or has_temporary_property(tree):
        walk.temporary[name] = relation
        return None
    return _filling(("create", name), relation, walk, statement.line, _properties(tree, sight))


def _insert(tree: exp.Expr, walk: Walk, statement: Statement) -> CanonicalStatement | None:
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    query = tree.expression
    if not isinstance(table, exp.Table) or not isinstance(query, exp.Query | exp.Values):
        return _other(tree, walk, statement)
    sight = Sight(walk)
    name = walk.table_name(table)
    listed = _listed(tree.this, sight) or [each for each in walk.schema.get(name, {}) if "." not in each]
    relation = _relation(tree, query, sight)
    has_all = len(listed) == len(relation.columns) and not tree.args.get("by_name")
    relation = _named(relation, listed) if has_all else relation
    if name in walk.temporary or name.startswith(("#", "@")):
        held = walk.temporary.get(name)
        walk.temporary[name] = relation if held is None else _both(held, relation)
        return None
    more = {role: value for role, value in tree.args.items() if role not in INSERT_ROLES and value}
    said = [f"{role}={normal(value, sight) if isinstance(value, exp.Expr) else value}"
            for role, value in sorted(more.items())]  # fmt: skip
    return _filling(("insert", name), relation, walk, statement.line, said)


INSERT_ROLES = frozenset({"this", "expression", "with_", "hint", "is_function"})


def _both(one: Relation, other: Relation) -> Relation:
    """A temporary table that is filled twice: all of both."""
    texts = [digest(each.rows, *_outputs(each)) for each in (one, other)]
    tag = f"filled[{one.tag},{other.tag}]"
    return Relation(tag, digest(*texts), {}, (f"{tag}<{digest(*texts)}>",))


def _merge(tree: exp.Expr, walk: Walk, statement: Statement) -> CanonicalStatement | None:
    relation = merged(tree, walk) if isinstance(tree, exp.Merge) else None
    if relation is None:
        return _other(tree, walk, statement)
    return _filling(("merge", walk.table_name(tree.this)), relation, walk, statement.line)


def _outputs(relation: Relation) -> list[str]:
    return [*(f"{name}={meaning.text}" for name, meaning in relation.columns.items()), *relation.opens]


def _query(tree: exp.Expr, walk: Walk, statement: Statement) -> CanonicalStatement | None:
    sight = Sight(walk)
    relation = walk.evaluate(tree, sight)
    into = tree.args.get("into")
    if isinstance(into, exp.Into) and isinstance(into.this, exp.Table):
        name = walk.table_name(into.this)
        if into.args.get("temporary") or is_temporary_name(into.this):
            walk.temporary[name] = relation
            return None
        return _filling(("create", name), relation, walk, statement.line)
    return _filling(("create", ""), relation, walk, statement.line)


def _relation(tree: exp.Expr, query: exp.Expr, sight: Sight) -> Relation:
    """The query of a statement, whose WITH may stand before it."""
    read_ctes(tree, sight)
    return sight.walk.evaluate(query, sight)


def _filling(
    filled: tuple[str, str], relation: Relation, walk: Walk, line: int, said: Sequence[str] = ()
) -> CanonicalStatement:
    """A statement that fills a table with the rows of a relation. `said` is what it says beyond that."""
    kind, target = filled
    parts = [*walk.parts, *(Part(PartKind.OTHER, text, text, line) for text in said)]
    columns = tuple(
        CanonicalColumn(name, meaning.text, meaning.steps) for name, meaning in relation.columns.items()
    )
    columns += tuple(CanonicalColumn("*", opened) for opened in relation.opens)
    rows = digest(relation.rows, *said) if said else relation.rows
    return CanonicalStatement(kind, target, line, rows, tuple(parts), columns, walk.gaps == 0)


def _other(tree: exp.Expr, walk: Walk, statement: Statement) -> CanonicalStatement:
    """A statement that is known by its whole text, with the first table it names as its target."""
    sight = Sight(walk)
    table = tree.find(exp.Table)
    text = digest(normal(tree, sight))
    target = walk.table_name(table) if table is not None and isinstance(table.this, exp.Identifier) else ""
    part = Part(PartKind.OTHER, text, f"a statement `{tree.key.upper()}`", statement.line)
    return CanonicalStatement(tree.key, target, statement.line, text, (part,), is_whole=False)


def _listed(target: exp.Expr, sight: Sight) -> list[str]:
    """The names of columns that stand with the table."""
    listed = target.expressions if isinstance(target, exp.Schema) else []
    named = [each.this if isinstance(each, exp.ColumnDef) else each for each in listed]
    return [sight.identifier(each) for each in named if isinstance(each, exp.Identifier)]


def _named(relation: Relation, names: Sequence[str]) -> Relation:
    if not names or relation.opens or len(names) != len(relation.columns):
        return relation
    return replace(relation, columns=dict(zip(names, relation.columns.values(), strict=True)))


def _properties(tree: exp.Expr, sight: Sight) -> list[str]:
    """What is said of a table beyond its query, words and storage aside."""
    properties = tree.args.get("properties")
    listed = properties.expressions if isinstance(properties, exp.Properties) else []
    counted = [each for each in listed if not isinstance(each, STORAGE) and each.name.lower() not in WORDS]
    flags = [role for role in ("exists", "no_schema_binding", "clone", "shallow") if tree.args.get(role)]
    return sorted([*(normal(each, sight) for each in counted), *flags])


def _in_first_text(found: CanonicalStatement, origins: Iterable[Rewritten]) -> CanonicalStatement:
    """The statement with the lines of the text that was given."""
    for made in origins:
        found = replace(
            found,
            line=made.line(found.line),
            parts=tuple(replace(part, line=made.line(part.line)) for part in found.parts),
            columns=tuple(
                replace(column, steps=tuple(_moved(step, made) for step in column.steps))
                for column in found.columns
            ),
        )
    return found


def _moved(step: Step, made: Rewritten) -> Step:
    return replace(step, line=made.line(step.line))


KINDS: dict[type[exp.Expr], Callable[[exp.Expr, Walk, Statement], CanonicalStatement | None]] = {
    exp.Create: _create,
    exp.Insert: _insert,
    exp.Merge: _merge,
    exp.Select: _query,
    exp.Union: _query,
    exp.Intersect: _query,
    exp.Except: _query,
    exp.Subquery: _query,
}
"""Kind of statement → how it is read; any other by its whole text."""
