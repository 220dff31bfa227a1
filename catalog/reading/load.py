"""Files → `Definitions`: everything that is written, and everything that could not be read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import CatalogError
from ..model import KINDS, Definitions, Described, Job, Location, Misfit, SqlText, Table
from ..settings import Settings
from ..suggest import did_you_mean
from .document import Documents, read_documents
from .document_faults import UnreadableError
from .files import find_files, is_inside, read_bytes
from .item_faults import bad_value, noun
from .items import close_repeats, read_item
from .sql_source import names_file, path_of, read_named_file, read_sql_file, written_sql
from .yaml_values import ORIGIN_KEY, YamlList, YamlMapping

SETTINGS_FILE = "plumbline.yml"


@dataclass(slots=True)
class _Gathered:
    """What the files read so far hold. `named` are the SQL files that definitions name."""

    root: Path
    settings: Settings
    things: dict[str, list[Any]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    sql: list[SqlText] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    named: set[str] = field(default_factory=set)


def find_project(path: Path) -> Path:
    """The nearest folder at or above a path that has a `plumbline.yml`.

    Raises:
        CatalogError: there is none, or no such path.
    """
    if not path.exists():
        raise CatalogError(f"there is nothing at `{path}`", "Name a folder of the project, or run inside it")
    start = path.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise CatalogError(
        f"there is no `{SETTINGS_FILE}` in `{path}` or above it",
        "Run inside a project, or begin one in its top folder with `plumbline init`",
    )


def read_settings(root: Path) -> tuple[Settings, tuple[Misfit, ...]]:
    """What `plumbline.yml` says. A value that does not fit is a misfit, and its default holds.

    Raises:
        CatalogError: the file cannot be read as a whole.
    """
    try:
        documents = read_documents(read_bytes(root, SETTINGS_FILE), SETTINGS_FILE)
    except UnreadableError as fault:
        documents = Documents(SETTINGS_FILE, misfits=(fault.misfit(SETTINGS_FILE),))
    written = [value for value in documents.roots if value is not None]
    if not written and not any(misfit.code == "FL001" for misfit in documents.misfits):
        return Settings(), ()
    if not written:
        misfit = documents.misfits[0]
        raise CatalogError(f"{misfit.location}: {misfit.message}", misfit.hint)
    if len(written) > 1 or not isinstance(written[0], YamlMapping):
        raise CatalogError(
            f"{SETTINGS_FILE}:1:1: the settings are not one mapping", "Write them as `key: value` lines"
        )
    settings, misfits = read_item(Settings, written[0], SETTINGS_FILE, documents.written)
    return settings or Settings(), (*documents.misfits, *misfits)


def settings_of(root: Path) -> Settings:
    """What `plumbline.yml` says, without what does not fit.

    Raises:
        CatalogError: the file cannot be read as a whole.
    """
    return read_settings(root)[0]


def load_definitions(root: Path, settings: Settings) -> Definitions:
    """All definitions and SQL texts under the definition folders, in the order of their files.

    Raises:
        CatalogError: a definition folder is missing, or outside of the project.
    """
    root = root.resolve()
    files, misfits = find_files(root, _folders(root, settings))
    beside, unfollowed = find_files(root, settings.sql)
    gathered = _Gathered(root, settings, misfits=list(dict.fromkeys((*misfits, *unfollowed))))
    sql_files = sorted({file for file in (*files, *beside) if file.lower().endswith(".sql")})
    for file in files:
        if not file.lower().endswith(".sql"):
            _gather_file(gathered, file)
    for file in sql_files:
        if file not in gathered.named:
            _gather_sql(gathered, read_sql_file(root, file, settings.dialect))
    for job in gathered.things["jobs"]:
        _gather_python(gathered, job)
    things = {kind: tuple(found) for kind, found in gathered.things.items()}
    return Definitions(**things, sql=tuple(gathered.sql), misfits=tuple(gathered.misfits))


def _folders(root: Path, settings: Settings) -> tuple[str, ...]:
    """The definition folders; who only imports needs none."""
    is_default = "definitions" not in settings.model_fields_set
    if settings.sources and is_default and not any((root / each).exists() for each in settings.definitions):
        return ()
    return settings.definitions


def _gather_file(gathered: _Gathered, file: str) -> None:
    try:
        documents = read_documents(read_bytes(gathered.root, file), file)
    except UnreadableError as fault:
        gathered.misfits.append(fault.misfit(file))
        return
    gathered.misfits += documents.misfits
    for value in documents.roots:
        if documents.misfits:
            close_repeats(value)
        if isinstance(value, YamlMapping):
            _gather_lists(gathered, documents, value)
        elif value is not None:
            hint = f"Begin it with one of {_kinds()}"
            gathered.misfits.append(
                Misfit("FL003", file, "the file is not a mapping of lists", Location(file, 1, 1), hint)
            )


def _gather_lists(gathered: _Gathered, documents: Documents, root: YamlMapping) -> None:
    for kind, items in root.items():
        if kind == ORIGIN_KEY:
            continue
        subject = f"{documents.file}:{kind}"
        if kind not in KINDS:
            hint = did_you_mean(kind, KINDS, f"A definition file has {_kinds()}")
            gathered.misfits.append(
                Misfit(
                    "FL002", subject, f"unknown key `{kind}` in a definition file", root.key_at(kind), hint
                )
            )
        elif isinstance(items, YamlList):
            _gather_items(gathered, documents, kind, items)
        else:
            message, hint = bad_value(kind, "tuple_type", items)
            gathered.misfits.append(Misfit("FL003", subject, message, root.origin.at(kind), hint))


def _gather_items(gathered: _Gathered, documents: Documents, kind: str, items: YamlList) -> None:
    model = KINDS[kind]
    for index, line, column in items.places:
        message, hint = bad_value(kind, "model_type", items[index], model)
        place = Location(documents.file, line, column)
        gathered.misfits.append(Misfit("FL003", f"{documents.file}:{kind}.{index}", message, place, hint))
    for index, raw in enumerate(items):
        if not isinstance(raw, YamlMapping):
            continue
        name = raw.get("name")
        subject = _subject(model, name) if isinstance(name, str) else f"{documents.file}:{kind}.{index}"
        thing, misfits = read_item(model, raw, subject, documents.written)
        gathered.misfits += misfits
        if thing is not None:
            gathered.things[kind].append(thing)
        if model is Table and isinstance(raw.get("sql"), str):
            _gather_table_sql(gathered, documents, raw, thing)


def _gather_table_sql(
    gathered: _Gathered, documents: Documents, raw: YamlMapping, table: Described | None
) -> None:
    """The SQL of a table; of one that could not be read, the file only counts as named."""
    sql, place = raw["sql"], raw.origin.at("sql")
    if not isinstance(table, Table):
        if names_file(sql):
            path = path_of(gathered.root, documents.file, sql)
            gathered.named.add(os.path.relpath(path, gathered.root))
        return
    if not table.sql:
        return
    dialect = table.dialect or gathered.settings.dialect
    if not names_file(sql):
        text, start = written_sql(documents, sql, place)
        gathered.sql.append(SqlText(text, start, dialect, table.name))
        return
    file = read_named_file(gathered.root, sql, place, table.name)
    if isinstance(file, Misfit):
        gathered.misfits.append(file)
        return
    gathered.named.add(file)
    _gather_sql(gathered, read_sql_file(gathered.root, file, dialect, table.name))


def _gather_python(gathered: _Gathered, job: Described) -> None:
    """The Python file that a job runs, if it is a file of the project."""
    if not isinstance(job, Job) or not job.path or not job.path.lower().endswith(".py"):
        return
    file = Path(os.path.normpath(job.path)).as_posix()
    path = gathered.root / file
    if file not in gathered.named and is_inside(gathered.root, path) and path.is_file():
        gathered.named.add(file)
        _gather_sql(gathered, read_sql_file(gathered.root, file, gathered.settings.dialect))


def _gather_sql(gathered: _Gathered, read: tuple[SqlText | None, tuple[Misfit, ...]]) -> None:
    text, misfits = read
    gathered.misfits += misfits
    if text is not None:
        gathered.sql.append(text)


def _subject(model: type[Described], name: str) -> str:
    """How findings call a thing: a table by its name, anything else by kind and name."""
    return name if model is Table else f"{noun(model)}:{name}"


def _kinds() -> str:
    names = [f"`{kind}:`" for kind in KINDS]
    return f"{', '.join(names[:-1])} or {names[-1]}"
