"""What is known of a table that nobody has described, as a draft of its entry: from SQL or importers."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..checks.known import hides_columns
from ..lineage import Production
from ..model import SqlText
from ..project import Project
from ..sql import keys_of_rows
from .drafts import Draft, file_name, written_form
from .mending_columns import spelled

MOST_NAMED = 3
"""Files or tables that a remark names."""

WHOLE = frozenset({"select", "create_table", "create_view"})
"""Kinds of statement that make all rows of a table, and not some more."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What SQL says of the tables it reads and makes, gathered once for many drafts.

    `columns` has the columns that are read of a table, `readers` the files that read it, and `keys` the
    columns that tell its rows apart, where one statement makes them all and says so.
    """

    project: Project
    columns: Mapping[str, Collection[str]]
    readers: Mapping[str, Collection[str]]
    keys: Mapping[str, tuple[str, ...]]


def reading_of(project: Project, names: Collection[str]) -> Reading:
    """What the SQL of a project says of some tables."""
    columns: dict[str, set[str]] = {name: set() for name in names}
    readers: dict[str, set[str]] = {name: set() for name in names}
    for text in project.lineage.traced.texts:
        for statement in text.statements:
            for table in statement.reads:
                readers.get(table, set()).add(text.sql.start.file)
            sources = [(edge.source_table, edge.source_column) for edge in statement.columns]
            sources += [(edge.source_table, edge.source_column) for edge in statement.indirect]
            for table, column in sources:
                columns.get(table, set()).add(column)
    return Reading(project, columns, readers, _keys(project, names))


def _keys(project: Project, names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Table → what tells its rows apart, each text looked at once."""
    made = {name: project.lineage.productions(name) for name in names}
    sole = {name: each[0] for name, each in made.items() if len(each) == 1 and _makes_all_rows(each[0])}
    texts = {each.text.sql.start: each.text.sql for each in sole.values()}
    naming = project.settings.naming
    keys = {place: keys_of_rows(text.text, naming.of(text.dialect)) for place, text in texts.items()}
    return {name: keys[each.text.sql.start].get(each.statement.line, ()) for name, each in sole.items()}


def table_draft(reading: Reading, name: str, query: SqlText | None = None, file: str = "") -> Draft:
    """The draft of a table, for the file beside its SQL unless another is told.

    `query` is a SQL file with a bare query, where somebody says that it fills the table.
    """
    project = reading.project
    naming = project.settings.naming
    productions = project.lineage.productions(name)
    imported = project.catalog.tables.get(name)
    values: dict[str, object] = {"name": ".".join(spelled(part, naming) for part in name.split("."))}
    if imported:
        values = {**written_form(imported), **values}
    elif not productions and query is None:
        values["layer"] = "source"
    key = reading.keys.get(name)
    if key and "primary_key" not in values:
        values["primary_key"] = [spelled(each, naming) for each in key]
    if query:
        values["sql"] = PurePosixPath(query.start.file).name
    columns = _columns(reading, name, query)
    if columns and "columns" not in values:
        values["columns"] = columns
    place = file or _file_of(project, name, [query] if query else [each.text.sql for each in productions])
    return Draft(place, "tables", values, f"`{name}` is drafted", _remark(reading, name, productions))


def _makes_all_rows(production: Production) -> bool:
    is_sql = not production.text.sql.is_python
    return is_sql and production.statement.kind in WHOLE and not hides_columns(production)


def _columns(reading: Reading, name: str, query: SqlText | None) -> list[dict[str, object]]:
    """The columns that the SQL produces, in its order, with types; of a source, those that are read of it."""
    project, naming = reading.project, reading.project.settings.naming
    outputs = project.lineage.outputs(name)
    if query:
        statements = next(text.statements for text in project.lineage.traced.texts if text.sql is query)
        outputs = {output.name: output for output in statements[0].outputs}
    if outputs:
        return [_named(spelled(each.name, naming), each.type) for each in outputs.values()]
    return [_named(spelled(each, naming), None) for each in sorted(set(reading.columns.get(name, ())) - {""})]


def _named(name: str, kind: str | None) -> dict[str, object]:
    return {"name": name, "type": kind} if kind else {"name": name}


def _file_of(project: Project, name: str, texts: Sequence[SqlText]) -> str:
    """Beside the SQL that makes it; what no SQL file of ours makes is listed by schema."""
    folders = [posixpath.normpath(folder) for folder in project.settings.definitions]
    for text in sorted(texts, key=lambda text: text.start):
        path = PurePosixPath(text.start.file)
        is_ours = any(folder == "." or path.is_relative_to(folder) for folder in folders)
        if is_ours and path.suffix.lower() != ".py":
            own = path.with_suffix(".yml") if path.suffix.lower() == ".sql" else path
            return own.with_name(file_name(own.name, "")).as_posix()
    schema = name.rpartition(".")[0].rpartition(".")[2].lower() or "tables"
    return posixpath.normpath(posixpath.join(folders[0], file_name(schema, ".yml")))


def _remark(reading: Reading, name: str, productions: Sequence[Production]) -> str:
    """Where it comes from, as far as SQL says; of a source, where it is read."""
    made = sorted({each.text.sql.start.file for each in productions})
    sources = sorted({table for each in productions for table in each.statement.reads if table != name})
    if made:
        origin = f" from {_listed(sources)}" if sources else ""
        return f"Made{origin} by {_listed(made)}."
    read = sorted(reading.readers.get(name, ()))
    return f"Read by {_listed(read)}." if read else ""


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return f"{', '.join(names[:MOST_NAMED])}{f' and {more:,} more' if more > 0 else ''}"
