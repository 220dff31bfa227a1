"""Exports of small catalogs, written and read back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook

from catalog import EXPORTS, Audience, Described, Exporting, Project, open_project, publishable


def project_of(folder: Path, definitions: str, settings: str = "name: Shop\ndialect: duckdb\n") -> Project:
    """The project whose definitions are a text."""
    (folder / "definitions").mkdir(parents=True)
    (folder / "plumbline.yml").write_text(settings, "utf-8")
    (folder / "definitions" / "all.yml").write_text(definitions, "utf-8")
    return open_project(folder)


def exported(
    project: Project,
    form: str,
    audience: Audience = Audience.INTERNAL,
    page_of: Callable[[Described, str], str] = lambda thing, column: "",
) -> dict[str, bytes]:
    """Name → bytes of the files of an export."""
    exporting = Exporting(publishable(project, audience), audience, page_of)
    return {file.name: file.content for file in EXPORTS[form].files(exporting)}


def workbook(project: Project, audience: Audience = Audience.INTERNAL, page: str = "") -> Workbook:
    """The workbook, as another library reads it."""
    files = exported(project, "xlsx", audience, lambda thing, column: page and f"{page}{thing.name}/{column}")
    return load_workbook(io.BytesIO(files["data-dictionary.xlsx"]))


def unpacked(files: dict[str, bytes]) -> bytes:
    """All bytes of some files, those inside of workbooks too."""
    found = b""
    for name, content in files.items():
        found += name.encode() + content
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found += b"".join(archive.read(member) for member in archive.namelist())
    return found
