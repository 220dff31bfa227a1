"""The commands that look at a warehouse: what it holds, and how that differs from the catalog.

They read the environment, where the URLs of warehouses are; nothing behind them does.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypedDict, Unpack

import click

from catalog import (
    DRIFT_FORMATS,
    CatalogError,
    Settings,
    Snapshot,
    drift_from,
    find_project,
    has_password,
    only_snapshot,
    open_project,
    read_live,
    seen_in,
    settings_of,
    snapshot_text,
    tracing_processes,
    url_of,
)

from . import terminal
from .whole_files import write_whole

CLEAN, DIFFERENT = 0, 1

UNREAD = (
    "nothing reads it yet: list `importer: snapshot` with its `path:` under `sources:` in `plumbline.yml`"
)

VISIBLE = "a password in a command is seen by others of this machine; name a variable with --url-from instead"

url_option = click.option("--url-from", metavar="VARIABLE", help="Environment variable with the URL.")
schema_option = click.option(
    "--schema", "schemas", multiple=True, metavar="NAME", help="Read only this schema; may be repeated."
)
project_option = click.option(
    "--project", "path", default=".", type=click.Path(path_type=Path), help="A folder of the project."
)


class SnapshotOptions(TypedDict):
    """What `plumbline snapshot` may be told."""

    url_from: str | None
    schemas: tuple[str, ...]
    file: Path
    path: Path


@click.command()
@click.argument("url", required=False)
@url_option
@schema_option
@click.option("--into", "file", default="warehouse.json", show_default=True, type=click.Path(path_type=Path))
@project_option
def snapshot(url: str | None, **options: Unpack[SnapshotOptions]) -> None:
    """Write what the warehouse at URL holds to a file: tables, columns, types, comments, keys, SQL of views.

    Name the file under `sources:` in `plumbline.yml` and keep it in version control: the catalog is made from
    it, and no check reaches a network. Without URL, the one that `warehouse:` in `plumbline.yml` names. Rows
    are never read.

    \b
    Examples:
      plumbline snapshot duckdb:///shop.duckdb
      plumbline snapshot --url-from WAREHOUSE_URL --schema mart --into warehouse.json
    """
    settings = _settings(options["path"])
    _require_one(url, options["url_from"])
    given = url_of(url, options["url_from"], settings.warehouse, os.environ)
    if given is None:
        raise CatalogError("no warehouse is named", "Give its URL, or `--url-from VARIABLE`")
    _warn_of_password(url)
    with terminal.progress("Reading the warehouse"):
        found = read_live(given, options["schemas"], settings.warehouse)
    write_whole(options["file"], snapshot_text(found).encode("utf-8"))
    columns = sum(len(table.columns) for table in found.tables)
    terminal.tell(f"{options['file']}: {len(found.tables):,} tables, {columns:,} columns")
    if not any(source.importer == "snapshot" for source in settings.sources):
        terminal.remark(UNREAD)


class DriftOptions(TypedDict):
    """What `plumbline drift` may be told."""

    url_from: str | None
    schemas: tuple[str, ...]
    path: Path
    form: str


@click.command()
@click.argument("warehouse", required=False)
@url_option
@schema_option
@project_option
@click.option("--format", "form", type=click.Choice(list(DRIFT_FORMATS)), default="text", show_default=True)
def drift(warehouse: str | None, **options: Unpack[DriftOptions]) -> int:
    """Say what is in the WAREHOUSE and not in the catalog, the reverse, and which columns and types differ.

    WAREHOUSE is a URL, or a snapshot: a file of `plumbline snapshot`, or a file or folder with exports of
    INFORMATION_SCHEMA. Without it, the one that `warehouse:` in `plumbline.yml` names, else the snapshot
    among the sources. Nothing is written. Exits 0 if nothing differs, 1 if something does, 2 if it cannot be
    read.

    \b
    Examples:
      plumbline drift duckdb:///shop.duckdb
      plumbline drift --url-from WAREHOUSE_URL --schema mart --format json
      plumbline drift exports/information_schema/
    """
    settings = _settings(options["path"])
    seen, file = _seen(warehouse, settings, options)
    with terminal.progress("Tracing the SQL"), tracing_processes() as executor:
        project = open_project(options["path"], executor=executor, without=file)
    for note in project.notes:
        terminal.remark(note)
    found = drift_from(project, seen)
    write = terminal.write_report if options["form"] == "text" else terminal.write
    write(DRIFT_FORMATS[options["form"]](found))
    if found.differences and not found.compared:
        terminal.remark(
            "no table is in both; if a database goes by two names, say so under `aliases:` in `plumbline.yml`"
        )
    return DIFFERENT if found.differences else CLEAN


def _seen(warehouse: str | None, settings: Settings, options: DriftOptions) -> tuple[Snapshot, Path | None]:
    """What the warehouse holds, and the file that says so, if it is one."""
    is_file = warehouse is not None and "://" not in warehouse
    _require_one(warehouse, options["url_from"])
    if is_file and options["schemas"]:
        raise click.UsageError("--schema is for a live warehouse; a snapshot is compared as a whole")
    url = None if is_file else url_of(warehouse, options["url_from"], settings.warehouse, os.environ)
    if url is None:
        root = find_project(options["path"])
        file = Path(warehouse) if is_file and warehouse else only_snapshot(root, settings)
        return seen_in(file, settings), file
    _warn_of_password(warehouse)
    with terminal.progress("Reading the warehouse"):
        return read_live(url, options["schemas"], settings.warehouse), None


def _settings(path: Path) -> Settings:
    """The settings of the project, or those of one that says nothing."""
    try:
        root = find_project(path)
    except CatalogError:
        return Settings()
    return settings_of(root)


def _require_one(warehouse: str | None, variable: str | None) -> None:
    if warehouse is not None and variable is not None:
        raise click.UsageError(f"a warehouse is named twice: in the command, and by --url-from {variable}")


def _warn_of_password(url: str | None) -> None:
    if url is not None and has_password(url):
        terminal.remark(VISIBLE)
