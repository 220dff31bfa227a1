"""What is written by hand and what is imported → one `Definitions`. Pure.

Things of one kind and name become one; a table's name is its canonical relation. The earlier source is the
stronger one: it keeps what it says, and the later ones add what it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from .model import (
    KINDS,
    Column,
    Definitions,
    Described,
    Misfit,
    Origin,
    Report,
    ReportField,
    SqlText,
    Table,
    Written,
)
from .naming import Naming

T = TypeVar("T", bound=Written)

DISAGREES = "FL008"
"""Code of the check that reports what two sources say differently."""

FACTS = frozenset(
    {"owner", "kind", "layer", "type", "source", "expression", "filter", "numerator", "denominator", "unit",
     "primary_key", "partitioned_by", "freshness", "required", "unique", "references", "deprecation_date"}
)  # fmt: skip
"""Keys on which sources should agree. Words may differ: the stronger source's are shown."""

PARTS = ("origin", "name", "columns", "audience", "tags", "custom_properties")
"""Keys that are merged in their own way, or stay as they are."""


def merge(native: Definitions, imported: Sequence[Definitions], naming: Naming) -> Definitions:
    """All definitions as one. Those by hand may still repeat a name, which is theirs to mend."""
    if not imported:
        return native
    joined = {
        kind: _joined(
            getattr(native, kind), [thing for each in imported for thing in getattr(each, kind)], naming
        )
        for kind in KINDS
    }
    names = joined["tables"].names
    texts = [*native.sql, *(text for each in imported for text in each.sql)]
    written = [*native.misfits, *(misfit for each in imported for misfit in each.misfits)]
    kinds: dict[str, Any] = {kind: each.things for kind, each in joined.items()}
    return Definitions(
        **kinds,
        sql=tuple(_renamed(text, names) for text in texts),
        flows=(*native.flows, *(flow for each in imported for flow in each.flows)),
        misfits=(*written, *(misfit for each in joined.values() for misfit in each.misfits)),
    )


@dataclass(frozen=True, slots=True)
class _Joined:
    """The things of one kind. `names` has, for each that went into another, the name it goes by now."""

    things: tuple[Any, ...]
    names: Mapping[str, str]
    misfits: tuple[Misfit, ...]


@dataclass(frozen=True, slots=True)
class _Completed(Generic[T]):
    """A thing with what only another one says, and on what the two disagree."""

    thing: T
    misfits: tuple[Misfit, ...] = ()


def _joined(native: Iterable[Described], imported: Iterable[Described], naming: Naming) -> _Joined:
    """Those by hand, completed, then the imported ones nobody wrote."""
    found: list[Described] = list(native)
    places: dict[str, int] = {}
    for index, thing in enumerate(found):
        places.setdefault(_key(thing, naming), index)
    names: dict[str, str] = {}
    misfits: list[Misfit] = []
    for thing in imported:
        index = places.setdefault(_key(thing, naming), len(found))
        if index == len(found):
            found.append(thing)
            continue
        names[thing.name] = found[index].name
        completed = _completed(found[index], thing, naming)
        found[index] = completed.thing
        misfits += completed.misfits
    return _Joined(tuple(found), names, tuple(misfits))


def _renamed(text: SqlText, names: Mapping[str, str]) -> SqlText:
    """The text under the name that its table goes by now."""
    name = names.get(text.table or "")
    return text if name is None or name == text.table else replace(text, table=name)


def _key(thing: Described, naming: Naming) -> str:
    return naming.of(thing.dialect).written(thing.name) if isinstance(thing, Table) else thing.name


def _completed(thing: Described, other: Described, naming: Naming) -> _Completed[Described]:
    """The thing with what only the other one says."""
    key = _key(thing, naming)
    subject = key if isinstance(thing, Table) else f"{type(thing).__name__.lower()}:{key}"
    update, misfits = _filled(thing, other, subject)
    parts: Iterable[_Completed[Any]] = ()
    if isinstance(thing, Table) and isinstance(other, Table):
        parts = _columns(thing, other, naming, subject)
        update["columns"] = tuple(each.thing for each in parts)
    if isinstance(thing, Report) and isinstance(other, Report):
        parts = _fields(thing, other, subject)
        update["fields"] = tuple(each.thing for each in parts)
        update["tables"] = _tables(thing, other, naming)
    update["tags"] = tuple(dict.fromkeys((*thing.tags, *other.tags)))
    update["custom_properties"] = {**other.custom_properties, **thing.custom_properties}
    told = (*misfits, *(misfit for each in parts for misfit in each.misfits))
    return _Completed(thing.model_copy(update=update), told)


def _columns(table: Table, other: Table, naming: Naming, subject: str) -> list[_Completed[Column]]:
    """The columns of both, in the order of the imported one, which is that of the warehouse."""
    rule, others = naming.of(table.dialect), naming.of(other.dialect)
    own = {rule.column(column.name): column for column in table.columns}
    merged: list[_Completed[Column]] = []
    for column in other.columns:
        name = others.column(column.name)
        mine = own.pop(name, None)
        if mine is None:
            is_shown = table.audience != other.audience
            shown = column.model_copy(update={"audience": other.audience}) if is_shown else column
            merged.append(_Completed(shown))
        else:
            merged.append(_part(mine, column, f"{subject}.{name}"))
    return [*merged, *(_Completed(column) for column in own.values())]


def _fields(report: Report, other: Report, subject: str) -> list[_Completed[ReportField]]:
    """The fields of both: those by hand, completed by their name, then what only the file shows."""
    theirs = {shown.name: shown for shown in reversed(other.fields)}
    named = {shown.name for shown in report.fields}
    merged: list[_Completed[ReportField]] = []
    for shown in report.fields:
        same = theirs.pop(shown.name, None)
        merged.append(_part(shown, same, f"{subject}.{shown.name}") if same else _Completed(shown))
    return [*merged, *(_Completed(shown) for shown in other.fields if shown.name not in named)]


def _tables(report: Report, other: Report, naming: Naming) -> tuple[str, ...]:
    """The tables that either side says the report reads, each once."""
    named = {naming.written(table): table for table in (*other.tables, *report.tables)}
    own = [naming.written(table) for table in report.tables]
    return tuple(named[name] for name in dict.fromkeys((*own, *named)))


def _part(mine: T, other: T, subject: str) -> _Completed[T]:
    update, misfits = _filled(mine, other, subject)
    return _Completed(mine.model_copy(update=update), misfits)


def _filled(mine: Written, other: Written, subject: str) -> tuple[dict[str, Any], tuple[Misfit, ...]]:
    """The values that only the other one says, and where they stand; and on what the two disagree."""
    left_out = {*PARTS} - ({"columns"} if isinstance(other, ReportField) else set())
    said = [key for key in type(other).model_fields if key in other.model_fields_set - left_out]
    new = [key for key in said if key not in mine.model_fields_set]
    facts = (key for key in said if key in FACTS and key not in new)
    misfits = tuple(filter(None, (_disagreement(mine, other, key, subject) for key in facts)))
    places = tuple((key, place.line, place.column) for key in new for place in (other.at(key),))
    behind = Origin(other.origin.file, other.origin.line, other.origin.column, places, other.origin.source)
    origin = replace(mine.origin, behind=(*mine.origin.behind, behind, *other.origin.behind))
    return {**{key: getattr(other, key) for key in new}, "origin": origin}, misfits


def _disagreement(mine: Written, other: Written, key: str, subject: str) -> Misfit | None:
    own, theirs = _shown(getattr(mine, key)), _shown(getattr(other, key))
    if own == theirs:
        return None
    message = f"`{key}` of `{subject}` is `{own}` here, but `{theirs}` in {other.at(key)}"
    hint = "Correct the wrong one, or remove it here if the other is right"
    return Misfit(DISAGREES, f"{subject}:{key}", message, mine.at(key), hint)


def _shown(value: object) -> str:
    """A value as people compare it: without case and blanks, and a part of a metric by its expression."""
    if isinstance(value, tuple):
        return ", ".join(_shown(each) for each in value)
    text = str(getattr(value, "expression", value))
    return " ".join(text.split())
