"""`plumbline export`: the project as other programs read it, and as a workbook for people."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click

from catalog import (
    EXPORTS,
    Audience,
    CatalogError,
    Described,
    Export,
    ExportFile,
    Exporting,
    Project,
    internal_identifiers,
    open_project,
    publishable,
    tracing_processes,
)

from . import terminal
from .folders import FOLDERS
from .gate_commands import project_argument
from .leaks import forbid_leaks_in
from .lineage_text import find_node
from .links import address_of
from .whole_files import write_whole
from .words import count

AUDIENCES = {name: audience for audience, name in FOLDERS.items()}


class ExportOptions(TypedDict):
    """What `plumbline export` may be told."""

    audience: str
    into: Path | None
    site_url: str
    around: str | None
    depth: int | None


@click.command()
@project_argument
@click.option("--format", "form", type=click.Choice(list(EXPORTS)), required=True)
@click.option(
    "--audience",
    type=click.Choice(list(AUDIENCES)),
    default="technical",
    show_default=True,
    help="Who will read it; `partner` leaves out what the partner site does.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    help="File, or folder for several of them.  [default: standard output, for one text]",
)
@click.option("--site-url", default="", metavar="URL", help="Where the site is, so that things link to it.")
@click.option("--around", metavar="NAME", help="Lineage: of this table, metric or report only.")
@click.option("--depth", type=click.IntRange(min=1), help="With --around: greatest number of hops.")
def export(path: Path, form: str, **options: Unpack[ExportOptions]) -> None:
    """Write the project at PATH in the format of other programs, or as a data dictionary for people.

    \b
    Examples:
      plumbline export --format json > catalog.json
      plumbline export --format xlsx --into dictionary.xlsx --site-url https://data.example.com/
      plumbline export --format csv --audience partner --into for-partners
      plumbline export --format mermaid --around mart.queue_daily --depth 2
    """
    wanted = EXPORTS[form]
    _require_sense(form, wanted, options)
    with terminal.progress("Tracing the SQL"), tracing_processes() as executor:
        project = open_project(path, executor=executor)
    for note in project.notes:
        terminal.remark(note)
    if misfits := project.catalog.misfits:
        what = f"{count(len(misfits), 'thing')} could not be read as written"
        terminal.remark(f"{what}, so that something may be missing here: run `plumbline check`")
    with terminal.progress("Writing"):
        files = exported(project, wanted, AUDIENCES[options["audience"]], options)
    _write(files, wanted, options["into"])
    for note in (note for file in files for note in file.notes):
        terminal.remark(note)


def exported(
    project: Project, wanted: Export, audience: Audience, options: ExportOptions
) -> tuple[ExportFile, ...]:
    """The files of an export. Those for partners are searched for internal names, as their site is.

    Raises:
        CatalogError: there are some, what lineage is asked of is not there, or a library is missing.
    """
    cut = publishable(project, audience)

    def page_of(thing: Described, column: str = "") -> str:
        site = options["site_url"]
        return address_of(thing, column, site) if site else ""

    exporting = Exporting(
        cut, audience, page_of, datetime.datetime.now(tz=datetime.UTC).replace(microsecond=0)
    )
    if options["around"]:
        exporting = replace(exporting, around=find_node(cut, options["around"]), depth=options["depth"])
    files = tuple(wanted.files(exporting))
    if audience is Audience.PARTNER:
        forbid_leaks_in(files, internal_identifiers(project.catalog))
    return files


def _require_sense(form: str, wanted: Export, options: ExportOptions) -> None:
    if options["audience"] == "partner" and wanted.not_for_partners:
        raise CatalogError(
            f"`{form}` cannot be written for partners: {wanted.not_for_partners}",
            f"Give them one of {', '.join(_for_partners())}",
        )
    if options["around"] and not wanted.is_drawn_around:
        raise click.UsageError(f"--around does not go with `--format {form}`")
    if options["depth"] and not options["around"]:
        raise click.UsageError("--depth needs --around")
    if options["into"] is None and (wanted.is_folder or not wanted.is_text):
        what = "several files: name a folder" if wanted.is_folder else "no text: name a file"
        raise click.UsageError(f"`{form}` is {what} with --into")


def _for_partners() -> Sequence[str]:
    return [f"`{name}`" for name, each in EXPORTS.items() if not each.not_for_partners]


def _write(files: Sequence[ExportFile], wanted: Export, into: Path | None) -> None:
    if into is None:
        for file in files:
            terminal.write(file.content.decode("utf-8"))
        return
    places = [into / file.name for file in files] if wanted.is_folder or into.is_dir() else [into]
    for place, file in zip(places, files, strict=True):
        write_whole(place, file.content)
    size = sum(len(file.content) for file in files)
    terminal.tell(f"{into}: {count(len(files), 'file')} written, {size:,} bytes")
