"""Two projects → everything that is different, each with its class and what it reaches.

Only texts that differ are read: what stands as it stood, over tables with the same columns, means the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..cache import Kept, Passing
from ..engine import Question, Schema
from ..meanings import Reader, reading_version
from ..model import SqlText
from ..project import Project
from ..trace import TracedText, known_columns, text_question
from .definitions import altered_definitions, documented_columns
from .metrics import altered_metrics
from .reaching import with_reach
from .statements import Filled, altered, renamed_columns
from .values import Alteration, Alterations, ChangeClass

Renames = dict[str, dict[str, str]]
"""Table → column → its new name."""

Fillings = dict[str, list[Filled]]
"""Table → the statements that fill it."""

MOST_ROUNDS = 8
"""Rounds in which renamed columns are followed downstream, one step each."""


@dataclass(frozen=True)
class Side:
    """One of the two projects, and how its SQL is read."""

    project: Project
    reader: Reader

    def filled(self, texts: Iterable[TracedText]) -> Fillings:
        """Table → the statements that fill it, of some texts."""
        found: Fillings = {}
        for text in sorted(texts, key=lambda text: text.sql.start):
            for statement in self.reader.read(_question(text.sql, self.project)):
                table = statement.target or text.sql.table
                if table:
                    found.setdefault(table, []).append(Filled(text.sql, statement))
        return found


def diff(base: Project, head: Project, memory: Kept | None = None) -> Alterations:
    """Everything that is different between two projects, those changes first that change numbers."""
    kept = memory or Passing()
    made_by = reading_version()
    schemas = (
        known_columns(base.catalog, base.lineage.traced),
        known_columns(head.catalog, head.lineage.traced),
    )
    before, after = _different_texts(base, head, schemas)
    later = Side(head, Reader(schemas[1], cache=kept, made_by=made_by))
    now = later.filled(after)
    renames: Renames = _documented_renames(base, head)
    for _ in range(MOST_ROUNDS):
        earlier = Side(base, Reader(schemas[0], renames, kept, made_by))
        then = earlier.filled(before)
        found = _joined(renames, _renames(then, now))
        if found == renames:
            break
        renames = found
    changes = [*_statement_changes(then, now, base, head), *_column_lists(base, head)]
    changes += altered_definitions(base.catalog, head.catalog)
    changes += altered_metrics((base, earlier.reader), (head, later.reader))
    return Alterations(_in_order(with_reach(_once(changes), base, head)))


def _question(text: SqlText, project: Project) -> Question:
    return text_question(text, project.settings.naming)


def _different_texts(
    base: Project, head: Project, schemas: tuple[Schema, Schema]
) -> tuple[list[TracedText], list[TracedText]]:
    """The texts of both that are not in the other, or read tables that have other columns there."""
    before, after = base.lineage.traced.texts, head.lineage.traced.texts
    if base.settings.naming != head.settings.naming:
        return list(before), list(after)
    common = {_key(text) for text in before} & {_key(text) for text in after}
    one, other = schemas
    moved = {_key(text) for text in (*before, *after) if _reads_other_columns(text, one, other)}
    same = common - moved
    return [text for text in before if _key(text) not in same], [
        text for text in after if _key(text) not in same
    ]


def _key(text: TracedText) -> tuple[str, str, bool, str | None]:
    return text.sql.text, text.sql.dialect, text.sql.is_python, text.sql.table


def _reads_other_columns(text: TracedText, one: Schema, other: Schema) -> bool:
    tables = {table for statement in text.statements for table in (*statement.reads, *statement.writes)}
    return any(list(one.get(table, ())) != list(other.get(table, ())) for table in tables)


def _unmatched(then: Sequence[Filled], now: Sequence[Filled]) -> tuple[list[Filled], list[Filled]]:
    """The statements that have none of the same meaning on the other side."""
    rest = list(now)
    gone = []
    for before in then:
        after = next((each for each in rest if _says(each) == _says(before)), None)
        if after is None:
            gone.append(before)
        else:
            rest.remove(after)
    return gone, rest


def _says(filled: Filled) -> object:
    kind, _, rows, columns = filled.statement.meaning
    return kind, rows, columns


def _renames(then: Fillings, now: Fillings) -> Renames:
    found: Renames = {}
    for table in sorted(then.keys() & now.keys()):
        gone, new = _unmatched(then[table], now[table])
        for before, after in zip(gone, new, strict=False):
            names = renamed_columns(before.statement.columns, after.statement.columns)
            if names:
                found.setdefault(table, {}).update(names)
    return found


def _documented_renames(base: Project, head: Project) -> Renames:
    """Renamed columns of tables that no SQL makes."""
    found: Renames = {}
    for change in _column_lists(base, head):
        if change.aspect == "renamed" and change.kind is ChangeClass.REMOVED:
            found.setdefault(change.subject.rpartition(".")[0], {})[change.before] = change.after
    return found


def _joined(one: Renames, other: Renames) -> Renames:
    return {
        table: {**one.get(table, {}), **other.get(table, {})} for table in sorted(one.keys() | other.keys())
    }


def _column_lists(base: Project, head: Project) -> Iterator[Alteration]:
    """Columns that are written down in one project only, of tables that are written down in both."""
    for name in sorted(base.catalog.tables.keys() & head.catalog.tables.keys()):
        is_made = bool(head.lineage.productions(name)) and bool(base.lineage.productions(name))
        yield from documented_columns(base.catalog.tables[name], head.catalog.tables[name], is_made=is_made)


def _statement_changes(then: Fillings, now: Fillings, base: Project, head: Project) -> Iterator[Alteration]:
    for table in sorted(then.keys() | now.keys()):
        gone, new = _unmatched(then.get(table, ()), now.get(table, ()))
        for before, after in zip(gone, new, strict=False):
            yield from altered(table, before, after, head.catalog)
        paired = min(len(gone), len(new))
        for filled in gone[paired:]:
            yield from _filled_by_one(table, filled, base, head, is_new=False)
        for filled in new[paired:]:
            yield from _filled_by_one(table, filled, base, head, is_new=True)


def _filled_by_one(
    table: str, filled: Filled, base: Project, head: Project, *, is_new: bool
) -> Iterator[Alteration]:
    """A statement that has no counterpart in the other project."""
    own, other = (head, base) if is_new else (base, head)
    if not other.lineage.productions(table):
        if table not in other.catalog.tables and table in own.catalog.tables:
            return  # Told as a table that is new or gone.
        if table not in other.catalog.tables:
            kind = ChangeClass.ADDITIVE if is_new else ChangeClass.REMOVED
            words = f"the table `{table}` is {'new' if is_new else 'gone'}"
        else:
            kind = ChangeClass.UNKNOWN
            words = f"`{table}` is {'now made by SQL' if is_new else 'made by no SQL any more'}"
    else:
        kind = ChangeClass.MODEL_WIDE
        words = f"a statement that fills `{table}` is {'new' if is_new else 'gone'}"
    yield Alteration(kind, table, "statement", words, filled.at(filled.statement.line))


def _once(changes: Iterable[Alteration]) -> list[Alteration]:
    """Changes, each told once: what is written of a column that is new or gone goes without saying."""
    changes = list(dict.fromkeys(changes))
    told = {change.subject for change in changes if change.kind is not ChangeClass.WORDING}
    lists = {("column", ChangeClass.WORDING), ("renamed", ChangeClass.WORDING)}
    return [each for each in changes if (each.aspect, each.kind) not in lists or each.subject not in told]


ORDER = {kind: index for index, kind in enumerate(ChangeClass)}


def _in_order(changes: Iterable[Alteration]) -> tuple[Alteration, ...]:
    return tuple(
        sorted(
            changes,
            key=lambda each: (ORDER[each.kind], each.subject, each.aspect, each.location, each.sentence),
        )
    )
