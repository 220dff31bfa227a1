"""Drafts of tables that nobody has described: from SQL that makes or reads them, or from what is imported.

Descriptions are left out, so that the checks go on asking for them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from ..checks.known import hides_columns, tables_in_sql
from ..errors import CatalogError
from ..lineage import Production
from ..model import SqlText, Table
from ..naming import Naming
from ..project import Project
from ..settings import Importer
from ..sql import keys_of_rows
from ..suggest import did_you_mean
from .drafts import Draft, drafted, file_name, written_form
from .edits import Left
from .mending_columns import spelled
from .plans import Plan, require_all_read

MOST_NAMED = 3
"""Files or tables that a remark names."""

WHOLE = frozenset({"select", "create_table", "create_view"})
"""Kinds of statement that make all rows of a table, and not some more."""


def scaffolding(root: Path, project: Project, wanted: Sequence[str]) -> Plan:
    """Definition files with drafts of the tables without an entry, or of those that are asked for.

    `wanted` are names and patterns (`mart.*`); what only an importer knows is drafted where asked for.

    Raises:
        CatalogError: there is no such table, or a definition file cannot be read.
    """
    require_all_read(project.catalog.misfits, project.catalog.things())
    names = undocumented(project)
    left: list[Left] = []
    if wanted:
        found = [_wanted(project, each) for each in wanted]
        names = list(dict.fromkeys(name for each in found for name in each))
        written = [name for name in names if _is_written(project, name)]
        left = [_has_entry(project, name) for name in written]
        names = [name for name in names if name not in written]
    plan = drafted(root, [table_draft(project, name) for name in names])
    return Plan(plan.rewrites, plan.made, (*left, *plan.left))


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


def table_draft(project: Project, name: str, file: str | None = None) -> Draft:
    """What is known of a table that nobody has described, for the file beside its SQL or the one told."""
    productions = project.lineage.productions(name)
    imported = project.catalog.tables.get(name)
    naming = project.settings.naming
    query = None if productions else _query_named(project, name)
    values: dict[str, object] = {"name": ".".join(spelled(part, naming) for part in name.split("."))}
    if imported:
        values = {**written_form(imported), **values}
    elif not productions and query is None:
        values["layer"] = "source"
    key = _row_key(project, productions)
    if key and "primary_key" not in values:
        values["primary_key"] = [spelled(each, naming) for each in key]
    if query:
        values["sql"] = PurePosixPath(query.start.file).name
    columns = _columns(project, name, query)
    if columns and "columns" not in values:
        values["columns"] = columns
    place = file or _file_of(project, name, productions, query)
    return Draft(place, "tables", values, f"`{name}` is drafted", _remark(project, name, productions))


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


def _is_written(project: Project, name: str) -> bool:
    table = project.catalog.tables.get(name)
    return table is not None and not table.origin.source


def _has_entry(project: Project, name: str) -> Left:
    place = project.catalog.tables[name].at("name")
    hint = "`plumbline fix CL004` adds the columns it lacks"
    return Left(place, f"`{name}` has an entry already", hint)


def _query_named(project: Project, name: str) -> SqlText | None:
    """The one SQL file that bears the name of a table and holds a bare query, which fills none yet."""
    stem = name.rpartition(".")[2].lower()
    found = [
        text.sql
        for text in project.lineage.traced.texts
        if text.sql.table is None
        and PurePosixPath(text.sql.start.file).stem.lower() == stem
        and [statement.kind for statement in text.statements] == ["select"]
    ]
    return found[0] if len(found) == 1 else None


def _columns(project: Project, name: str, query: SqlText | None) -> list[dict[str, object]]:
    """The columns that the SQL produces, in its order, with types; of a source, those that are read of it."""
    naming = project.settings.naming
    outputs = project.lineage.outputs(name)
    if query:
        statements = next(text.statements for text in project.lineage.traced.texts if text.sql is query)
        outputs = {output.name: output for output in statements[0].outputs}
    if outputs:
        typed = ((output.name, output.type) for output in outputs.values())
        return [_named(spelled(each, naming), kind) for each, kind in typed]
    return [{"name": spelled(each, naming)} for each in sorted(set(_read_of(project, name)) - {""})]


def _read_of(project: Project, name: str) -> Iterator[str]:
    """The columns that are read of a table, by bare queries too."""
    for text in project.lineage.traced.texts:
        for statement in text.statements:
            sources = [(edge.source_table, edge.source_column) for edge in statement.columns]
            sources += [(edge.source_table, edge.source_column) for edge in statement.indirect]
            yield from (column for table, column in sources if table == name)


def _named(name: str, kind: str | None) -> dict[str, object]:
    return {"name": name, "type": kind} if kind else {"name": name}


def _row_key(project: Project, productions: Sequence[Production]) -> tuple[str, ...]:
    """What tells the rows of a table apart, where one statement makes them all and says so."""
    if len(productions) != 1 or productions[0].statement.kind not in WHOLE:
        return ()
    text, statement = productions[0].text.sql, productions[0].statement
    if text.is_python or hides_columns(productions[0]):
        return ()
    naming: Naming = project.settings.naming.of(text.dialect)
    return keys_of_rows(text.text, naming).get(statement.line, ())


def _file_of(project: Project, name: str, productions: Sequence[Production], query: SqlText | None) -> str:
    """Beside the SQL that makes it; what no SQL file of ours makes is listed by schema."""
    folders = [posixpath.normpath(folder) for folder in project.settings.definitions]
    texts = [query] if query else sorted((each.text.sql for each in productions), key=lambda sql: sql.start)
    for text in texts:
        path = PurePosixPath(text.start.file)
        is_ours = any(folder == "." or path.is_relative_to(folder) for folder in folders)
        if is_ours and path.suffix.lower() != ".py":
            own = path.with_suffix(".yml") if path.suffix.lower() == ".sql" else path
            return own.with_name(file_name(own.name, "")).as_posix()
    schema = name.rpartition(".")[0].rpartition(".")[2].lower() or "tables"
    return posixpath.normpath(posixpath.join(folders[0], file_name(schema, ".yml")))


def _remark(project: Project, name: str, productions: Sequence[Production]) -> str:
    """Where it comes from, as far as SQL says; of a source, where it is read."""
    made = sorted({each.text.sql.start.file for each in productions})
    sources = sorted({table for each in productions for table in each.statement.reads if table != name})
    if made:
        origin = f" from {_listed(sources)}" if sources else ""
        return f"Made{origin} by {_listed(made)}."
    read = sorted(_readers(project, name))
    return f"Read by {_listed(read)}." if read else ""


def _readers(project: Project, name: str) -> Iterator[str]:
    for text in project.lineage.traced.texts:
        if any(name in statement.reads for statement in text.statements):
            yield text.sql.start.file


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return f"{', '.join(names[:MOST_NAMED])}{f' and {more:,} more' if more > 0 else ''}"
