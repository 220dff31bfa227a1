"""Two statements that fill a table → what is different about its rows and its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model import Catalog, Location, SqlText
from ..sql.canonical import CanonicalColumn, CanonicalStatement, Part, PartKind, Step
from .row_sentences import Speaker
from .values import Alteration, ChangeClass
from .words import code, is_number, other_token, rows_of

STANDING = frozenset({PartKind.SOURCE, PartKind.JOIN, PartKind.GROUPING, PartKind.SET_OPERATION})
"""Kinds of parts that are told where their own words change, not where something they read does."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A statement that fills a table, and the text it stands in."""

    text: SqlText
    statement: CanonicalStatement

    def at(self, line: int) -> Location:
        """The place of a line of the text."""
        return self.text.at(line or self.statement.line)


def altered(table: str, before: Filled, after: Filled, catalog: Catalog) -> Iterator[Alteration]:
    """What is different between two statements that fill the same table."""
    yield from _rows(table, before, after, catalog)
    yield from _columns(table, before, after)


def _rows(table: str, before: Filled, after: Filled, catalog: Catalog) -> Iterator[Alteration]:
    one, other = before.statement, after.statement
    if one.rows == other.rows and one.kind == other.kind:
        return
    gone, new = _without_whole_queries(one, other)
    is_plain = one.is_whole and other.is_whole and one.kind == other.kind
    for told in Speaker(catalog, table, _rows_word(table, other, catalog)).told(gone, new):
        kind = ChangeClass.MODEL_WIDE if is_plain and told.aspect != PartKind.OTHER else ChangeClass.UNKNOWN
        place = after.at(told.line) if told.after else after.at(0)
        yield Alteration(kind, table, told.aspect, told.sentence, place, told.before, told.after)
    if not gone and not new:
        kind = ChangeClass.MODEL_WIDE if is_plain else ChangeClass.UNKNOWN
        sentence = f"the rows of `{table}` are put together otherwise"
        yield Alteration(kind, table, "rows", sentence, after.at(other.line))


def _without_whole_queries(
    one: CanonicalStatement, other: CanonicalStatement
) -> tuple[list[Part], list[Part]]:
    """The parts that are gone and new. A query of WITH that is so as a whole is told by who reads it."""
    gone, new = _without_same_words(
        missing_parts(one.parts, other.parts), missing_parts(other.parts, one.parts)
    )
    gone, new = _without_branches(gone, new)
    lost = {part.within for part in one.parts} - {part.within for part in other.parts}
    come = {part.within for part in other.parts} - {part.within for part in one.parts}
    if not lost or not come:
        gone = [part for part in gone if part.within not in lost] or gone
        new = [part for part in new if part.within not in come] or new
    return gone, new


def _without_branches(gone: list[Part], new: list[Part]) -> tuple[list[Part], list[Part]]:
    """The parts but those of branches of a union that are gone or new: the union tells of them."""
    unions = {part.within for part in (*gone, *new) if part.kind is PartKind.SET_OPERATION}
    fewer, more = ([each for each in parts if _is_read(each, unions)] for parts in (gone, new))
    if len(fewer) > len(more):
        gone = [part for part in gone if part.within not in unions or part.kind is PartKind.SET_OPERATION]
    if len(more) > len(fewer):
        new = [part for part in new if part.within not in unions or part.kind is PartKind.SET_OPERATION]
    return gone, new


def _is_read(part: Part, queries: set[str]) -> bool:
    return part.kind is PartKind.SOURCE and part.within in queries


def _without_same_words(gone: list[Part], new: list[Part]) -> tuple[list[Part], list[Part]]:
    """The parts but those that stand as they stood, and only read something that is another now."""
    words = {_words(part) for part in gone if part.kind in STANDING} & {_words(part) for part in new}
    return [part for part in gone if _words(part) not in words], [
        part for part in new if _words(part) not in words
    ]


def _words(part: Part) -> tuple[str, ...]:
    return part.kind, part.written, part.of, part.how, part.within


def _rows_word(table: str, statement: CanonicalStatement, catalog: Catalog) -> str:
    """What the rows that a statement reads are called: as those it makes, unless it puts many into one."""
    is_grouped = any(part.kind is PartKind.GROUPING and not part.within for part in statement.parts)
    return "" if is_grouped else rows_of(catalog.tables.get(table))


def missing_parts(parts: Iterable[Part], among: Iterable[Part]) -> list[Part]:
    """The parts that are not among the others, as many times as they are not."""
    known = Counter((part.kind, part.text) for part in among)
    found = []
    for part in parts:
        if known[part.kind, part.text]:
            known[part.kind, part.text] -= 1
        else:
            found.append(part)
    return found


def _columns(table: str, before: Filled, after: Filled) -> Iterator[Alteration]:
    has_same_rows = before.statement.rows == after.statement.rows
    is_other = _means_other if has_same_rows else _is_made_otherwise
    one = {column.name: column for column in before.statement.columns}
    other = {column.name: column for column in after.statement.columns}
    new_names = renamed_columns(one.values(), other.values())
    for name, column in one.items():
        if name in other:
            if is_other(column, other[name]):
                yield _column(table, column, other[name], after)
        else:
            yield _removed(table, column, new_names.get(name), before)
    for name in other.keys() - one.keys():
        yield _added(table, other[name], after, is_renamed=name in new_names.values())


def _means_other(one: CanonicalColumn, other: CanonicalColumn) -> bool:
    return one.text != other.text


def _is_made_otherwise(one: CanonicalColumn, other: CanonicalColumn) -> bool:
    """Whether a column of other rows is computed otherwise itself: in its own steps, not by their sources.

    Where a branch of a union is new or gone, so are its steps.
    """
    if one.text == other.text:
        return False
    ways = [
        ({step.text for step in each.steps}, {step.written for step in each.steps}) for each in (one, other)
    ]
    return not any(then <= now or now <= then for then, now in zip(*ways, strict=True))


def renamed_columns(before: Iterable[CanonicalColumn], after: Iterable[CanonicalColumn]) -> dict[str, str]:
    """Name → new name, of columns that are gone while a new one, and only it, means the same."""
    one, other = ({column.name: column.text for column in columns} for columns in (before, after))
    gone = {name: text for name, text in one.items() if name not in other}
    new = {name: text for name, text in other.items() if name not in one}
    counts = Counter((*gone.values(), *new.values()))
    names = {text: name for name, text in new.items()}
    return {name: names[text] for name, text in gone.items() if text in names and counts[text] == 2}


def _removed(table: str, column: CanonicalColumn, new: str | None, before: Filled) -> Alteration:
    told = f"is renamed to `{new}`" if new else "is no longer produced"
    sentence = f"the column `{column.name}` of `{table}` {told}"
    subject, place = f"{table}.{column.name}", before.at(column.line)
    return Alteration(
        ChangeClass.REMOVED, subject, "renamed" if new else "column", sentence, place, column.name, new or ""
    )


def _added(table: str, column: CanonicalColumn, after: Filled, *, is_renamed: bool) -> Alteration:
    subject, place = f"{table}.{column.name}", after.at(column.line)
    told = "is the new name of a column" if is_renamed else "is new"
    sentence = f"the column `{column.name}` of `{table}` {told}"
    return Alteration(ChangeClass.ADDITIVE, subject, "column", sentence, place, "", column.name)


def _column(table: str, one: CanonicalColumn, other: CanonicalColumn, after: Filled) -> Alteration:
    before, step = _changed_step(one, other)
    sentence = f"{_column_words(one.name, before.written, step.written)} (in `{table}`, line {step.line})"
    kind = ChangeClass.UNKNOWN if other.name == "*" else ChangeClass.COLUMN
    place = after.at(step.line)
    return Alteration(
        kind, f"{table}.{one.name}", "expression", sentence, place, before.written, step.written
    )


def _changed_step(one: CanonicalColumn, other: CanonicalColumn) -> tuple[Step, Step]:
    """The nearest projection that is written otherwise; the last one where only names in it mean another."""
    known, new = {step.text for step in one.steps}, {step.text for step in other.steps}
    gone = [step for step in one.steps if step.text not in new]
    come = [step for step in other.steps if step.text not in known]
    for step in come:
        before = next(
            (each for each in gone if each.within == step.within and each.written != step.written), None
        )
        if before is not None:
            return before, step
    empty = Step("", "", 0)
    first = (gone or list(one.steps) or [empty])[0]
    return first, (come or list(other.steps) or [empty])[0]


def _column_words(name: str, before: str, after: str) -> str:
    """What is different about how a column is computed."""
    changed = other_token(before, after)
    if before == after:
        return f"`{name}` is computed from other values: {code(after)}"
    if changed is None:
        return f"`{name}` is now {code(after)}, was {code(before)}"
    old, new, previous = changed
    if is_number(old) and is_number(new):
        what = "threshold" if previous in ("<", ">", "=", "AND", "BETWEEN") else "number"
        return f"the {what} in `{name}` goes from {old} to {new}: {code(after)}"
    return f"`{name}` uses {code(new)} in the place of {code(old)}: {code(after)}"
