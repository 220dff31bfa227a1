"""Fields of Tableau → the columns behind them, through calculations that use each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ....model import Location
from ...xml_files import Element
from ..reports import ShownField
from .data_sources import DataSource, Opened, Written, plain, written_columns

TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\""
    r"|(\[(?:[^\]]|\]\])*\])(?:\s*\.\s*(\[(?:[^\]]|\]\])*\]))?",
    re.DOTALL,
)
"""Comments and texts, in which nothing is a field; then a field, or a data source and its field."""

MOST_CALCULATIONS = 2_000
"""Calculations that one field may lead through."""

BUILT_IN = re.compile(r":Measure Names|Multiple Values|Number of Records|__tableau_internal", re.IGNORECASE)
"""Fields that Tableau itself puts into every data source."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What a field rests on: columns, or why they are not known."""

    columns: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """The data sources of a file by name, and those that are published from other files by title."""

    own: Mapping[str, DataSource]
    published: Mapping[str, DataSource]

    def real(self, source: DataSource) -> DataSource | None:
        """The data source itself; of one on a server, the file that it is published from."""
        return self.published.get(source.published.lower()) if source.published else source


def fields_of(
    opened: Opened, own: tuple[DataSource, ...], published: Mapping[str, DataSource]
) -> list[ShownField]:
    """The fields on the sheets of a workbook; of a data source by itself, all that it shows."""
    sources = Sources({each.name: each for each in own}, published)
    used = list(_used(opened, sources)) or list(_all(own))
    alike = [written.title for _, _, written in used]
    fields: list[ShownField] = []
    for source, name, written in used:
        behind = _behind(sources, source, name, written, set())
        title = written.title if alike.count(written.title) == 1 else f"{written.title} ({source.title})"
        formula = written.formula and _readable(source, written.formula)
        fields.append(ShownField(title, behind.columns, formula, place=written.place))
        for reason in behind.reasons:
            opened.found.note(opened.report, reason, [title])
    return fields


def tables_of(own: tuple[DataSource, ...], published: Mapping[str, DataSource]) -> list[str]:
    """All tables that the data sources read, each once."""
    sources = Sources({}, published)
    real = filter(None, map(sources.real, own))
    return list(dict.fromkeys(table for each in real for tables in each.tables.values() for table in tables))


def _used(opened: Opened, sources: Sources) -> Iterator[tuple[DataSource, str, Written]]:
    """The fields that sheets use, each once, with what a sheet or the data source says of it."""
    seen: set[tuple[str, str]] = set()
    sheets = opened.xml.root.first("worksheets") or Element("worksheets", {}, 0, 0)
    for dependencies in sheets.below("datasource-dependencies"):
        source = sources.own.get(dependencies.get("datasource"))
        if source is None:
            continue
        said = dict(written_columns(opened, dependencies))
        instances = [plain(each.get("column")) for each in dependencies.all("column-instance")]
        for name in instances or said:
            if (source.name, name) not in seen and not BUILT_IN.search(name):
                seen.add((source.name, name))
                written = source.written.get(name) or said.get(name)
                yield source, name, written or Written(name, None, False, opened.at(dependencies))


def _all(own: tuple[DataSource, ...]) -> Iterator[tuple[DataSource, str, Written]]:
    for source in own:
        names = dict.fromkeys([*source.columns, *source.written])
        for name in names:
            written = source.written.get(name) or Written(name, None, False, Location(""))
            if not written.is_hidden and not BUILT_IN.search(name):
                yield source, name, written


def _behind(
    sources: Sources, source: DataSource, name: str, written: Written | None, seen: set[tuple[str, str]]
) -> Behind:
    """The columns behind a field, through all calculations."""
    if (source.name, name) in seen or len(seen) > MOST_CALCULATIONS:
        return Behind()
    seen.add((source.name, name))
    if written is not None and written.formula:
        return _of_formula(sources, source, written.formula, seen)
    real = sources.real(source)
    if real is None:
        return Behind((), (f"the published data source `{source.published}` is in no file here",))
    if real is not source:
        local = _local(real, name)
        return _behind(sources, real, local, real.written.get(local), seen)
    if name not in source.columns:
        return Behind((), ("the files do not say which columns these are",))
    relation, column = source.columns[name]
    tables = source.tables.get(relation, ())
    if not tables and relation in source.reasons:
        return Behind((), (source.reasons[relation],))
    if not tables:
        return Behind((), (f"what `{relation}` reads is not said",))
    return Behind(tuple(f"{table}.{column}" for table in tables))


def _of_formula(sources: Sources, source: DataSource, formula: str, seen: set[tuple[str, str]]) -> Behind:
    columns: list[str] = []
    reasons: list[str] = []
    for place, name in _names(formula):
        of = sources.own.get(place) if place else source
        if place == "Parameters" or BUILT_IN.search(name):
            continue
        if of is None:
            reasons.append(f"there is no data source `{place}`, which a calculation reads")
            continue
        local = _local(of, name)
        found = _behind(sources, of, local, of.written.get(local), seen)
        columns += found.columns
        reasons += found.reasons
    return Behind(tuple(dict.fromkeys(columns)), tuple(dict.fromkeys(reasons)))


def _local(source: DataSource, name: str) -> str:
    """The local name of a field, which a formula may call by its title."""
    if name in source.written or name in source.columns:
        return name
    titled = (local for local, written in source.written.items() if written.title == name)
    return next(titled, name)


def _names(formula: str) -> Iterator[tuple[str, str]]:
    """The fields that a formula reads: data source, empty for its own, and name."""
    for found in TOKEN.finditer(formula):
        if found[1] and found[2]:
            yield plain(found[1]), plain(found[2])
        elif found[1]:
            yield "", plain(found[1])


def _readable(source: DataSource, formula: str) -> str:
    """The formula with fields by their titles."""

    def titled(found: re.Match[str]) -> str:
        written = source.written.get(plain(found[1])) if found[1] and not found[2] else None
        return f"[{written.title}]" if written else found[0]

    return TOKEN.sub(titled, formula)
