"""Semantic models of Power BI (`.pbit`, `.bim`, and folders of `.tmdl`) → `Definitions`.

A template is an archive with the model as JSON in UTF-16 (`DataModelSchema`); a `.bim` is the same JSON, and
a project keeps it as TMDL. What visuals show is in other files, which are not read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from ....model import Definitions, Location, Origin
from ....reading.document_faults import UnreadableError
from ....reading.files import read_bytes, read_text
from ...archives import SAVE_AGAIN, open_archive
from ...asked import Asked
from ...files import files_below
from ..reports import Gathering, report_names
from .fields import Reading, fields_of, tables_of
from .model import Model, read_model
from .tmdl import read_tmdl

__all__ = ["read_powerbi"]

SUFFIXES = (".pbit", ".bim", ".tmdl", ".pbix")
SCHEMA = "DataModelSchema"
PARTS = frozenset({"tables", "roles", "cultures", "perspectives", "translations"})
"""Folders in which TMDL keeps parts of one model."""

MAX_BYTES = 100_000_000
"""A greater `.bim` is not read."""


def read_powerbi(asked: Asked) -> Definitions:
    """A report for each model, with its columns and measures as fields.

    Raises:
        UnreadableError: there is no such source, or none of its files is one of Power BI's.
    """
    found = Gathering(asked, "Power BI")
    files = files_below(asked, lambda name: name.lower().endswith(SUFFIXES))
    models: dict[str, Model] = {}
    for name, parts in _by_model(files).items():
        try:
            models[name] = _model(asked, name, parts, found)
        except UnreadableError as fault:
            found.misfits.append(fault.misfit(name))
    names = report_names(models, asked.source.path)
    for file, model in models.items():
        _add(found, file, names[file], model)
    return found.definitions()


def _by_model(files: Iterable[str]) -> dict[str, list[str]]:
    """Each model by its file, of TMDL by its folder; with the files that it is in."""
    found: dict[str, list[str]] = {}
    for file in files:
        path = PurePosixPath(file)
        if path.suffix.lower() != ".tmdl":
            found[file] = [file]
            continue
        folder = path.parent.parent if path.parent.name.lower() in PARTS else path.parent
        folder = folder.parent if folder.name.lower() == "definition" else folder
        found.setdefault(folder.as_posix(), []).append(file)
    return found


def _model(asked: Asked, name: str, files: list[str], found: Gathering) -> Model:
    suffix = PurePosixPath(files[0]).suffix.lower()
    if suffix == ".tmdl":
        return read_model(_of_parts(asked, files, found), name)
    if suffix == ".pbix":
        message = "a `.pbix` keeps its model in a form that only Power BI reads"
        raise UnreadableError(message, hint="Save it as a project (`.pbip`) or as a template (`.pbit`)")
    if suffix == ".pbit":
        archive = open_archive(asked.root / name)
        if SCHEMA not in archive.names:
            raise UnreadableError(f"there is no `{SCHEMA}` in it", hint=SAVE_AGAIN)
        return read_model(_json(archive.read(SCHEMA)), name)
    return read_model(_json(read_bytes(asked.root, name, limit=MAX_BYTES)), name)


def _of_parts(asked: Asked, files: list[str], found: Gathering) -> dict[str, Any]:
    """What the files of one model say together; one that cannot be read is noted."""
    whole: dict[str, Any] = {"tables": [], "expressions": []}
    for file in files:
        try:
            part = read_tmdl(read_text(asked.root, file), file)
        except UnreadableError as fault:
            found.misfits.append(fault.misfit(file))
            continue
        for key, things in whole.items():
            things += part[key] if isinstance(part.get(key), list) else []
    return whole


def _json(content: bytes) -> dict[str, Any]:
    """The JSON of a model: UTF-16 in templates, UTF-8 elsewhere.

    Raises:
        UnreadableError: it is none, or no model.
    """
    is_utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[1:2] == b"\0"
    encoding = "utf-8-sig"
    if is_utf16:
        encoding = "utf-16" if content[:1] in (b"\xff", b"\xfe") else "utf-16-le"
    try:
        value = json.loads(content.decode(encoding))
    except json.JSONDecodeError as fault:
        is_cut = fault.pos >= len(fault.doc.rstrip()) or fault.msg.startswith("Unterminated")
        message = "the JSON breaks off" if is_cut else "this is no JSON"
        raise UnreadableError(message, (fault.lineno, fault.colno), SAVE_AGAIN) from None
    except (UnicodeDecodeError, RecursionError):
        raise UnreadableError("this is no JSON that can be read", hint=SAVE_AGAIN) from None
    model = value.get("model", value) if isinstance(value, dict) else None
    if not isinstance(model, dict) or not isinstance(model.get("tables"), list):
        raise UnreadableError("this is no model of Power BI: it has no tables", hint=SAVE_AGAIN)
    return dict(value)


def _add(found: Gathering, file: str, name: str, model: Model) -> None:
    """The report of a model."""
    path = PurePosixPath(file)
    reading = Reading(found, name, model)
    fields = fields_of(reading)
    places = [field.place for field in fields if field.place and field.place.line]
    start = min(places, default=Location(file))
    values = {
        "name": name,
        "label": (path.stem if path.suffix else path.name)[:80],
        "type": "dashboard" if path.suffix.lower() == ".pbit" else "data_source",
        "tables": tables_of(reading),
    }
    origin = Origin(start.file, start.line and 1, start.line and 1, source=f"Power BI, `{file}`")
    found.add(values, fields, origin)
