"""What a source of another tool says, written down as definitions of ours, so that the source may go.

Where an entry is written by hand already, it gets what only the source says; nothing of it changes.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..cache import Cache
from ..errors import CatalogError
from ..model import KINDS, Definitions, Described, SqlText, Table
from ..project import CACHE, written_definitions
from ..reading.document_faults import UnreadableError
from ..reading.files import may_be_read, read_text
from ..reading.item_faults import known_keys
from ..reading.load import SETTINGS_FILE, load_definitions
from ..reading.yaml_values import YamlMapping
from ..settings import Settings, Source
from ..suggest import did_you_mean
from .adding import additions
from .drafts import Draft, drafted, file_name, written_form
from .edits import ChangeItems, Left
from .mending_columns import spelled
from .plans import Mend, Plan, merged, planned, require_all_read
from .walking import documents_at
from .writing import Rewrite


def owning(root: Path, settings: Settings, source: Source, into: str | None, *, drops: bool) -> Plan:
    """Definition files, and SQL beside them, with all that one source says. Reads, and writes nothing.

    With `drops`, `plumbline.yml` no longer names the source.

    Raises:
        CatalogError: nothing would read the files in that folder, or a definition file cannot be read.
    """
    folder = posixpath.normpath(into or settings.definitions[0])
    _require_read(folder, settings)
    alone = settings.model_copy(update={"sources": (source,)})
    with closing(Cache(root / CACHE)) as kept:
        taken = written_definitions(root, alone, kept)
    native = load_definitions(root, alone)
    require_all_read(native.misfits, native.things())
    owner = _Owner(root, settings, folder, taken)
    texts = _texts(owner, native)
    named = {name: text.named for name, text in texts.items() if isinstance(text, _Text)}
    plans = [drafted(root, _drafts(owner, named)), planned(root, additions(native, taken, named))]
    plans += [_sql_files(owner, texts), Plan(left=_untold(source, taken))]
    return merged(merged(Plan(), plans), [_without_source(root, source)] if drops else [])


def source_named(settings: Settings, name: str) -> Source:
    """The source of the settings with that path, or the only one with that importer.

    Raises:
        CatalogError: there is none.
    """
    found = [each for each in settings.sources if posixpath.normpath(each.path) == posixpath.normpath(name)]
    found = found or [each for each in settings.sources if each.importer == name]
    if len(found) == 1:
        return found[0]
    paths = [each.path for each in settings.sources]
    hint = did_you_mean(
        name, paths, f"Name one of {', '.join(f'`{path}`' for path in paths)}" if paths else None
    )
    raise CatalogError(
        f"no source in `{SETTINGS_FILE}` has the path `{name}`", hint or "List it under `sources:`"
    )


@dataclass(frozen=True, slots=True)
class _Owner:
    """What owning needs: where the files go, and the definitions with those of the source merged in."""

    root: Path
    settings: Settings
    folder: str
    taken: Definitions

    def place(self, table: Table, suffix: str) -> str:
        """The file of a table: its schema is the folder."""
        *_, schema, name = ["", *self.parts(table)]
        parts = [file_name(schema, ""), file_name(name, suffix)] if schema else [file_name(name, suffix)]
        return posixpath.normpath(posixpath.join(self.folder, *parts))

    def parts(self, table: Table) -> list[str]:
        """The parts of the name of a table, as people write them."""
        naming = self.settings.naming.of(table.dialect)
        return [spelled(part, naming) for part in naming.written(table.name).split(".")]

    def name(self, table: Table) -> str:
        """The name of a table without quotes, where that means the same."""
        naming = self.settings.naming.of(table.dialect)
        plain = ".".join(self.parts(table))
        return plain if naming.written(plain) == naming.written(table.name) else table.name


def _require_read(folder: str, settings: Settings) -> None:
    read = [posixpath.normpath(each) for each in settings.definitions]
    if not any(each == "." or PurePosixPath(folder).is_relative_to(each) for each in read):
        listed = ", ".join(f"`{each}`" for each in read)
        raise CatalogError(f"no definitions are read from `{folder}`", f"Name a folder in {listed}")


@dataclass(frozen=True, slots=True)
class _Text:
    """A SQL text of the source: what the table's `sql:` says, and the file that is to be written, if one."""

    sql: SqlText
    file: str
    named: str
    is_new: bool


def _texts(owner: _Owner, native: Definitions) -> dict[str, _Text | Left]:
    """Table → its SQL; of texts that are no table's, under their file."""
    tables = {table.name: table for table in owner.taken.tables}
    written = {(text.start, text.table) for text in native.sql}
    found: dict[str, _Text | Left] = {}
    files: set[str] = set()
    for text in owner.taken.sql:
        name = text.table or text.start.file
        if (text.start, text.table) in written or name in found:
            continue
        made = _unfit(owner, text) or _text(owner, text, tables.get(text.table or ""))
        if isinstance(made, _Text) and made.is_new and (made.file in files or _is_taken(owner, made)):
            message = f"the SQL of `{_called(owner, text)}` has no place: `{made.file}` is there already"
            made = Left(text.start, message, "Move that file away, or use --into")
        files |= {made.file} if isinstance(made, _Text) else set()
        found[name] = made
    return found


def _unfit(owner: _Owner, text: SqlText) -> Left | None:
    """Why a text would not mean the same in a file of ours; None where it would."""
    reason, hint = "", ""
    if text.is_python:
        reason, hint = "stands in Python", "Write a job with its `path:`"
    elif text.home:
        reason, hint = "names tables without their schema", "Write it into a file with whole names"
    elif text.table is None and text.dialect != owner.settings.dialect:
        reason, hint = "is in another dialect and fills no table", "Rewrite it in the dialect of the project"
    message = f"the SQL of `{_called(owner, text)}` {reason}, and is left out"
    return Left(text.start, message, hint) if reason else None


def _called(owner: _Owner, text: SqlText) -> str:
    return owner.settings.naming.of(text.dialect).written(text.table) if text.table else text.start.file


def _text(owner: _Owner, text: SqlText, table: Table | None) -> _Text:
    if table is None:
        return _Text(text, posixpath.join(owner.folder, text.start.file), "", is_new=True)
    beside = posixpath.dirname(table.origin.file if not table.origin.source else owner.place(table, ".yml"))
    if _is_whole_file(owner.root, text):
        return _Text(text, text.start.file, posixpath.relpath(text.start.file, beside), is_new=False)
    file = posixpath.join(beside, PurePosixPath(owner.place(table, ".sql")).name)
    return _Text(text, file, posixpath.basename(file), is_new=True)


def _is_taken(owner: _Owner, text: _Text) -> bool:
    """Whether another text stands where this one would."""
    path = owner.root / text.file
    return path.exists() and (not path.is_file() or path.read_bytes() != text.sql.text.encode("utf-8"))


def _is_whole_file(root: Path, text: SqlText) -> bool:
    """Whether the text is that of a file that stays when the source goes: none that another tool makes."""
    if not text.start.file.lower().endswith(".sql") or "target" in PurePosixPath(text.start.file).parts:
        return False
    try:
        return may_be_read(root / text.start.file) and read_text(root, text.start.file) == text.text
    except UnreadableError:
        return False


def _drafts(owner: _Owner, named: Mapping[str, str]) -> Iterator[Draft]:
    """Everything that is not written by hand yet."""
    for kind in KINDS:
        for thing in getattr(owner.taken, kind):
            if not thing.origin.source:
                continue
            values = written_form(thing)
            file = posixpath.normpath(posixpath.join(owner.folder, f"{kind}.yml"))
            if isinstance(thing, Table):
                file = owner.place(thing, ".yml")
                values = _in_order(
                    {
                        **values,
                        "name": owner.name(thing),
                        **({"sql": named[thing.name]} if thing.name in named else {}),
                    },
                    Table,
                )
            yield Draft(file, kind, values, f"`{values['name']}` is ours now")


def _in_order(values: dict[str, object], model: type[Described]) -> dict[str, object]:
    return {key: values[key] for key in known_keys(model) if key in values}


def _sql_files(owner: _Owner, texts: dict[str, _Text | Left]) -> Plan:
    """The SQL that no file of the project holds yet."""
    left = tuple(each for each in texts.values() if isinstance(each, Left))
    new = [each for each in texts.values() if isinstance(each, _Text) and each.is_new]
    rewrites = [
        Rewrite(each.file, None, each.sql.text.encode("utf-8"))
        for each in new
        if not (owner.root / each.file).exists()
    ]
    return Plan(tuple(rewrites), (), left)


def _untold(source: Source, taken: Definitions) -> tuple[Left, ...]:
    """What the source tells of and no definition can say."""
    if not taken.flows:
        return ()
    message = f"what the source tells of flows between tables ({len(taken.flows):,}) is no definition"
    return (Left(source.at("path"), message, "Keep the source, or compile its models, so that SQL says it"),)


def _without_source(root: Path, source: Source) -> Plan:
    """The settings without the source."""
    documents = documents_at(root, SETTINGS_FILE)
    settings = next((each for each in documents.roots if isinstance(each, YamlMapping)), None)
    if settings is None:
        return Plan()
    items = [each.origin.at() for each in settings["sources"]]
    place, start = source.at(), settings.origin.at()
    edit = ChangeItems((start.line, start.column), "sources", frozenset({items.index(place)}))
    return planned(root, [Mend(place, f"the source `{source.path}` is out", edit)])
