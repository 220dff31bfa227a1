"""What is written by hand and what is imported → one `Definitions`. Pure.

Things of one kind and name become one; a table's name is its canonical relation. The earlier source is the
stronger one: it keeps what it says, and the later ones add what it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

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
    merging = _Merging(naming)
    kinds: dict[str, Any] = {
        kind: merging.things(getattr(native, kind), [getattr(each, kind) for each in imported])
        for kind in KINDS
    }
    texts = [*native.sql, *(text for each in imported for text in each.sql)]
    written = [*native.misfits, *(misfit for each in imported for misfit in each.misfits)]
    return Definitions(
        **kinds,
        sql=tuple(merging.renamed(text) for text in texts),
        flows=(*native.flows, *(flow for each in imported for flow in each.flows)),
        misfits=(*written, *merging.misfits),
    )


@dataclass(slots=True)
class _Merging:
    """What is under way. `names` has, for each table merged into another, the name it goes by now."""

    naming: Naming
    names: dict[str, str] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)

    def things(self, native: Iterable[Described], imported: Iterable[Iterable[Described]]) -> tuple[Any, ...]:
        """The things of one kind: those by hand, completed, then the imported ones nobody wrote."""
        found: list[Described] = list(native)
        places: dict[str, int] = {}
        for index, thing in enumerate(found):
            places.setdefault(self._key(thing), index)
        for thing in (thing for source in imported for thing in source):
            index = places.setdefault(self._key(thing), len(found))
            if index == len(found):
                found.append(thing)
            else:
                self.names[thing.name] = found[index].name
                found[index] = self._completed(found[index], thing)
        return tuple(found)

    def renamed(self, text: SqlText) -> SqlText:
        """The text under the name that its table goes by now."""
        name = self.names.get(text.table or "")
        return text if name is None or name == text.table else replace(text, table=name)

    def _key(self, thing: Described) -> str:
        if isinstance(thing, Table):
            return self.naming.of(thing.dialect).written(thing.name)
        return thing.name

    def _completed(self, thing: Described, other: Described) -> Described:
        """The thing with what only the other one says."""
        subject = (
            self._key(thing) if isinstance(thing, Table) else f"{type(thing).__name__.lower()}:{thing.name}"
        )
        update = self._filled(thing, other, subject)
        if isinstance(thing, Table) and isinstance(other, Table):
            update["columns"] = self._columns(thing, other, subject)
        if isinstance(thing, Report) and isinstance(other, Report):
            update["fields"] = self._fields(thing, other, subject)
            update["tables"] = self._tables(thing, other)
        update["tags"] = tuple(dict.fromkeys((*thing.tags, *other.tags)))
        update["custom_properties"] = {**other.custom_properties, **thing.custom_properties}
        return thing.model_copy(update=update)

    def _columns(self, table: Table, other: Table, subject: str) -> tuple[Column, ...]:
        """The columns of both, in the order of the imported one, which is that of the warehouse."""
        rule, others = self.naming.of(table.dialect), self.naming.of(other.dialect)
        own = {rule.column(column.name): column for column in table.columns}
        merged: list[Column] = []
        for column in other.columns:
            name = others.column(column.name)
            mine = own.pop(name, None)
            if mine is None:
                is_shown = table.audience != other.audience
                merged.append(column.model_copy(update={"audience": other.audience}) if is_shown else column)
            else:
                merged.append(mine.model_copy(update=self._filled(mine, column, f"{subject}.{name}")))
        return (*merged, *own.values())

    def _fields(self, report: Report, other: Report, subject: str) -> tuple[ReportField, ...]:
        """The fields of both: those by hand, completed by their name, then what only the file shows."""
        theirs = {shown.name: shown for shown in reversed(other.fields)}
        merged: list[ReportField] = []
        for shown in report.fields:
            same = theirs.pop(shown.name, None)
            update = self._filled(shown, same, f"{subject}.{shown.name}") if same else {}
            merged.append(shown.model_copy(update=update) if update else shown)
        named = {shown.name for shown in report.fields}
        return (*merged, *(shown for shown in other.fields if shown.name not in named))

    def _tables(self, report: Report, other: Report) -> tuple[str, ...]:
        """The tables that either side says the report reads, each once."""
        named = {self.naming.written(table): table for table in (*other.tables, *report.tables)}
        own = [self.naming.written(table) for table in report.tables]
        return tuple(named[name] for name in dict.fromkeys((*own, *named)))

    def _filled(self, mine: T, other: T, subject: str) -> dict[str, Any]:
        """The values that only the other one says, and where they stand."""
        left_out = {*PARTS} - ({"columns"} if isinstance(other, ReportField) else set())
        said = [key for key in type(other).model_fields if key in other.model_fields_set - left_out]
        new = [key for key in said if key not in mine.model_fields_set]
        for key in said:
            if key in FACTS and key not in new:
                self._compare(mine, other, key, subject)
        places = tuple((key, place.line, place.column) for key in new for place in (other.at(key),))
        behind = Origin(
            other.origin.file, other.origin.line, other.origin.column, places, other.origin.source
        )
        origin = replace(mine.origin, behind=(*mine.origin.behind, behind, *other.origin.behind))
        return {**{key: getattr(other, key) for key in new}, "origin": origin}

    def _compare(self, mine: Written, other: Written, key: str, subject: str) -> None:
        own, theirs = getattr(mine, key), getattr(other, key)
        if _shown(own) == _shown(theirs):
            return
        message = f"`{key}` of `{subject}` is `{_shown(own)}` here, but `{_shown(theirs)}` in {other.at(key)}"
        hint = "Correct the wrong one, or remove it here if the other is right"
        self.misfits.append(Misfit(DISAGREES, f"{subject}:{key}", message, mine.at(key), hint))


def _shown(value: object) -> str:
    """A value as people compare it: without case and blanks, and a part of a metric by its expression."""
    if isinstance(value, tuple):
        return ", ".join(_shown(each) for each in value)
    text = str(getattr(value, "expression", value))
    return " ".join(text.split())
