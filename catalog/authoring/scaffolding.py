"""Drafts of tables that nobody has described: from SQL that makes or reads them, or from what is imported.

Descriptions are left out, so that the checks go on asking for them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from ..checks.known import tables_in_sql
from ..errors import CatalogError
from ..model import SqlText, Table
from ..project import Project
from ..settings import Importer
from ..suggest import did_you_mean
from .drafts import drafted
from .edits import Left
from .plans import Plan, require_all_read
from .table_drafts import reading_of, table_draft


def scaffolding(root: Path, project: Project, wanted: Sequence[str]) -> Plan:
    """Definition files with drafts of the tables without an entry, or of those that are asked for.

    `wanted` are names and patterns (`mart.*`); what only an importer knows is drafted where asked for.

    Raises:
        CatalogError: there is no such table, or a definition file cannot be read.
    """
    require_all_read(project.catalog.misfits, project.catalog.things())
    asked = dict.fromkeys(name for each in wanted for name in _wanted(project, each))
    names = list(asked) if wanted else undocumented(project)
    written = [name for name in names if _is_written(project, name)]
    new = [name for name in names if name not in written]
    queries = {name: _query_of(project, name, wanted) for name in new}
    reading = reading_of(project, new)
    plan = drafted(root, [table_draft(reading, name, queries[name]) for name in new])
    return Plan(plan.rewrites, plan.made, (*(_has_entry(project, name) for name in written), *plan.left))


def undocumented(project: Project) -> list[str]:
    """The tables that SQL names or the warehouse shows, and that nobody has described anywhere, by name."""
    shown = {name for name, table in project.catalog.tables.items() if _is_only_shown(project, table)}
    return sorted({*(tables_in_sql(project) - project.catalog.tables.keys()), *shown})


def _is_only_shown(project: Project, table: Table) -> bool:
    """Whether all that is known of it is how the warehouse shows it."""
    shown = [each.path for each in project.settings.sources if each.importer is Importer.SNAPSHOT]
    files = [each.file for each in (table.origin, *table.origin.behind)]
    return bool(shown) and all(
        any(PurePosixPath(file).is_relative_to(posixpath.normpath(path)) for path in shown) for file in files
    )


def _wanted(project: Project, pattern: str) -> list[str]:
    """The tables that a name or pattern means."""
    known = {*tables_in_sql(project), *project.catalog.tables}
    naming = project.settings.naming
    name = naming.written(pattern)
    found = sorted(each for each in known if each == name or fnmatchcase(each.lower(), pattern.lower()))
    if not found and _query_named(project, name):
        found = [name]
    if not found:
        guess = did_you_mean(name, known, "Name a table that the SQL reads or writes")
        raise CatalogError(f"no SQL has a table `{pattern}`", guess)
    return found


def _query_of(project: Project, name: str, wanted: Sequence[str]) -> SqlText | None:
    """The query that fills a table which is asked for by its name, and which nothing else makes."""
    is_named = any(project.settings.naming.written(each) == name for each in wanted)
    return _query_named(project, name) if is_named and not project.lineage.productions(name) else None


def _is_written(project: Project, name: str) -> bool:
    table = project.catalog.tables.get(name)
    return table is not None and not table.origin.source


def _has_entry(project: Project, name: str) -> Left:
    place = project.catalog.tables[name].at("name")
    hint = "`plumbline fix CL004` adds the columns it lacks"
    return Left(place, f"`{name}` has an entry already", hint)


def _query_named(project: Project, name: str) -> SqlText | None:
    """The one SQL file that bears the name of a table and holds a bare query that does not read it."""
    stem = name.rpartition(".")[2].lower()
    found = [
        text.sql
        for text in project.lineage.traced.texts
        if text.sql.table is None
        and PurePosixPath(text.sql.start.file).stem.lower() == stem
        and [statement.kind for statement in text.statements] == ["select"]
        and name not in text.statements[0].reads
    ]
    return found[0] if len(found) == 1 else None
