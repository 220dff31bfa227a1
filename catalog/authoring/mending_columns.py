"""The columns of tables as their SQL has them: those it does not produce go, those it does come in bare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..checks.columns import column_not_documented, column_not_produced
from ..checks.frame import Finding
from ..checks.production import Match, matches
from ..model import Location, Table
from ..naming import UPPER_CASE, Naming
from ..project import Project
from ..reading.item_faults import known_keys
from ..reading.yaml_values import YamlList, YamlMapping
from ..suggest import likeness
from .edits import ChangeItems, Left, SetKeys
from .plans import Mend
from .walking import documents_at, standing_in
from .yaml_nodes import Place

SAME_WORD = 0.85
"""Least likeness, 0 to 1, of two names that differ by a slip: `updated_at` is 0.7 like `created_at`."""

NOWHERE: Place = (0, 0)
"""Where no mapping begins."""


def column_mends(root: Path, project: Project, findings: Sequence[Finding]) -> tuple[list[Mend], list[Left]]:
    """The columns of each table that has findings, mended where the table is written by hand."""
    asked = {(finding.code, finding.subject): finding for finding in findings}
    ours = [match for match in matches(project) if not match.table.origin.source]
    subjects = {finding.subject for finding in findings}
    files = {match.table.origin.file for match in ours if _is_about(match, subjects)}
    items = {key: places for file in sorted(files) for key, places in _columns_in(root, file)}
    mends: list[Mend] = []
    for match in ours:
        if match.table.at() in items:
            mends += _mends(project, match, items[match.table.at()], asked)
    left = [Left(each.location, each.message, each.hint or "") for each in asked.values()]
    return mends, left


def spelled(name: str, naming: Naming) -> str:
    """A canonical name as people write it: small letters where the dialect folds them to capitals."""
    lower = name.lower()
    return lower if naming.dialect in UPPER_CASE and naming.column(lower) == name else name


def _is_about(match: Match, subjects: set[str]) -> bool:
    name = match.table.name
    names = (*match.not_documented, *(column.name for column in match.not_produced))
    return name in subjects or any(f"{name}.{each}" in subjects for each in names)


def _mends(
    project: Project, match: Match, items: list[Place], asked: dict[tuple[str, str], Finding]
) -> Iterator[Mend]:
    """What mends the findings about one table; takes those out of what is asked."""
    table = match.table
    renamed = [column for column in match.not_produced if column.name in match.renamed]
    for column in renamed:
        new = match.renamed[column.name]
        key = (column_not_produced.code, f"{table.name}.{column.name}")
        if key in asked and likeness(column.name, new) >= SAME_WORD and not column.origin.source:
            del asked[key]
            place = column.at("name")
            edit = SetKeys(_place(column.at()), {"name": spelled(new, project.settings.naming)})
            yield Mend(place, f"`{table.name}.{column.name}` is `{new}` now (CL003)", edit)
    yield from _listed(project, match, items, asked)


def _listed(
    project: Project, match: Match, items: list[Place], asked: dict[tuple[str, str], Finding]
) -> Iterator[Mend]:
    """Columns out and in."""
    table = match.table
    gone = [
        column
        for column in match.not_produced
        if column.name not in match.renamed and _place(column.at()) in items and not column.origin.source
    ]
    gone = [each for each in gone if asked.pop((column_not_produced.code, f"{table.name}.{each.name}"), None)]
    whole = asked.pop((column_not_documented.code, table.name), None)
    new = [
        name
        for name in match.not_documented
        if whole or asked.pop((column_not_documented.code, f"{table.name}.{name}"), None)
    ]
    if not gone and not new:
        return
    removed = frozenset(items.index(_place(column.at())) for column in gone)
    edit = ChangeItems(
        _place(table.at()), "columns", removed, _inserted(project, table, items, new), known_keys(Table)
    )
    for column in gone:
        yield Mend(
            column.at("name"), f"`{table.name}.{column.name}` is out: no SQL produces it (CL003)", edit
        )
    for name in new:
        yield Mend(table.at("columns"), f"`{table.name}.{name}` is in, and needs a description (CL004)", edit)


def _inserted(
    project: Project, table: Table, items: list[Place], new: list[str]
) -> dict[int, tuple[object, ...]]:
    """New columns by the index of the one before, as the SQL has them."""
    index = {}
    for column in table.columns:
        if _place(column.at()) in items:
            index[column.name.partition(".")[0]] = items.index(_place(column.at()))
    inserted: dict[int, tuple[object, ...]] = {}
    behind = -1
    naming = project.settings.naming.of(table.dialect)
    for name in project.lineage.outputs(table.name):
        if name in new:
            inserted[behind] = (*inserted.get(behind, ()), {"name": spelled(name, naming)})
        behind = index.get(name, behind)
    return inserted


def _columns_in(root: Path, file: str) -> Iterator[tuple[Location, list[Place]]]:
    """Where each mapping of a file begins, and where the columns listed in it do, in their order."""
    for standing in standing_in(documents_at(root, file)):
        columns = standing.mapping.get("columns")
        items = columns if isinstance(columns, YamlList) else []
        places = [_place(each.origin.at()) if isinstance(each, YamlMapping) else NOWHERE for each in items]
        yield standing.mapping.origin.at(), places


def _place(location: Location) -> Place:
    return location.line, location.column
