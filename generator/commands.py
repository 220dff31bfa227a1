"""The commands of `plumbline`: options in, calls to the catalog and the generator, exit codes out.

Reads the clock, so that nothing behind it does. Catches nothing: that is `cli`'s business.
"""

from __future__ import annotations

import datetime
import json
from importlib.metadata import version
from pathlib import Path
from typing import TypedDict, Unpack

import click

from catalog import (
    LINEAGE_FORMATS,
    Project,
    Selection,
    definitions_schema,
    export_schema,
    find_project,
    open_project,
    settings_schema,
    tracing_processes,
)

from . import terminal
from .authoring_commands import fix, import_source, inherit, scaffold
from .certify_command import certify
from .compare_command import compare
from .coverage_command import coverage
from .diff_command import diff
from .export_command import export
from .folders import FOLDERS
from .gate_commands import baseline, check, checks, comment, explain, project_argument
from .history_command import history
from .init_command import init
from .lineage_files import Wanted, are_files, files_text
from .lineage_text import downstream_text, find_node, upstream_text
from .warehouse_commands import drift, snapshot

INTERRUPTED = 130

AUDIENCES = {name: audience for audience, name in FOLDERS.items()}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("plumbline"), message="plumbline %(version)s")
def plumbline() -> None:
    """A data catalog whose words are held to the SQL.

    \b
    Examples:
      plumbline check               hold the definitions here to their SQL
      plumbline serve               both sites on 127.0.0.1:8000, rebuilt on change
      plumbline explain TB002       what a check finds, and how to mend it
    """


plumbline.add_command(init)
plumbline.add_command(check)
plumbline.add_command(baseline)
plumbline.add_command(checks)
plumbline.add_command(explain)
plumbline.add_command(comment)
plumbline.add_command(certify)
plumbline.add_command(diff)
plumbline.add_command(coverage)
plumbline.add_command(history)
plumbline.add_command(compare)
plumbline.add_command(export)
plumbline.add_command(inherit)
plumbline.add_command(fix)
plumbline.add_command(snapshot)
plumbline.add_command(drift)
plumbline.add_command(scaffold)
plumbline.add_command(import_source)


@plumbline.command("build")
@project_argument
@click.option("--into", type=click.Path(path_type=Path), help="Folder of the sites. Default: `site` in PATH.")
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    type=click.Choice(list(AUDIENCES)),
    help="Build only this site; may be repeated.  [default: both]",
)
def build_command(path: Path, into: Path | None, audiences: tuple[str, ...]) -> None:
    """Build the technical and the partner site of the project at PATH.

    \b
    Examples:
      plumbline build
      plumbline build ../warehouse --into public
      plumbline build --audience partner
    """
    # Here and below: what makes sites takes longer to load than a small project to check.
    from .build import build, told_findings

    folder = into or find_project(path) / "site"
    wanted = [AUDIENCES[name] for name in audiences or AUDIENCES]
    with terminal.progress("Building the sites"):
        built = build(path, folder, today=_today(), audiences=wanted)
    for site in built:
        files = site.published
        terminal.write(
            f"{site.folder}: {files.written:,} files written, {files.unchanged:,} unchanged, "
            f"{files.removed:,} removed\n"
        )
    found = told_findings(built)
    if found:
        terminal.write(f"{found}\n")


@plumbline.command("serve")
@project_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any free one."
)
def serve_command(path: Path, host: str, port: int) -> int:
    """Build both sites, serve them, and rebuild them on change: `/` technical, `/partner/` partner.

    \b
    Examples:
      plumbline serve
      plumbline serve ../warehouse --port 8080
    """
    from .serve import Voice, serve

    serve(path, Voice(terminal.tell, terminal.complain), host=host, port=port)
    return INTERRUPTED


@plumbline.command()
@click.option("--settings", "of_settings", is_flag=True, help="The schema of `plumbline.yml` instead.")
@click.option("--export", "of_export", is_flag=True, help="The schema of `plumbline export --format json`.")
def schema(*, of_settings: bool, of_export: bool) -> None:
    """Print the JSON Schema of definition files, so that an editor completes and checks their keys.

    \b
    Examples:
      plumbline schema > definitions.schema.json
      plumbline schema --settings > plumbline.schema.json
      plumbline schema --export > catalog.schema.json
    """
    if of_settings and of_export:
        raise click.UsageError("--settings and --export are two schemas: ask for one at a time")
    make = settings_schema if of_settings else export_schema if of_export else definitions_schema
    terminal.write(json.dumps(make(), indent=2, ensure_ascii=False) + "\n")


class LineageOptions(TypedDict):
    """What `plumbline lineage` may be told."""

    only_upstream: bool
    only_downstream: bool
    depth: int | None
    column: str | None
    dialect: str | None
    schema: Path | None
    form: str


@plumbline.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME [PATH] | FILE...")
@click.option("--upstream", "only_upstream", is_flag=True, help="Only what it is made from.")
@click.option("--downstream", "only_downstream", is_flag=True, help="Only what it feeds.")
@click.option("--depth", type=click.IntRange(min=1), help="Greatest number of hops.  [default: all]")
@click.option("--column", metavar="TABLE.COLUMN", help="Of files: only what has to do with this column.")
@click.option("--dialect", help="Of files: the dialect they are written in.")
@click.option(
    "--schema", type=click.Path(path_type=Path), help='Of files: JSON, `{"table": {"column": "TYPE"}}`.'
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(LINEAGE_FORMATS)),
    default="text",
    show_default=True,
    help="Of files: how to write it.",
)
def lineage(names: tuple[str, ...], **options: Unpack[LineageOptions]) -> None:
    """Say what the table, column, metric or report NAME is made from and what it feeds; or so for FILE.

    NAME is a thing of the project at PATH. FILE is an SQL file, or a folder of them, in no project or any.

    \b
    Examples:
      plumbline lineage mart.queue_daily
      plumbline lineage mart.queue_daily.backlog_end_of_day --upstream
      plumbline lineage sla_attainment_rate ../warehouse --depth 1
      plumbline lineage daily.sql --dialect snowflake --schema columns.json
      plumbline lineage models/ --dialect bigquery --column mart.daily.total --format mermaid
    """
    if are_files(names):
        with terminal.progress("Tracing the SQL"):
            text = files_text(_wanted(names, options), _now())
        terminal.write(text)
        return
    name, path = (*names, ".")[:2]
    if len(names) > 2 or options["form"] != "text" or options["column"] or options["dialect"]:
        raise click.UsageError(f"there is no file `{name}`; a thing of a project has no such options")
    project = _opened(Path(path))
    node = find_node(project, name)
    if not options["only_downstream"]:
        terminal.write(upstream_text(project, node, options["depth"]))
    if not options["only_upstream"]:
        terminal.write(downstream_text(project, node, options["depth"]))


def _wanted(names: tuple[str, ...], options: LineageOptions) -> Wanted:
    up, down = options["only_upstream"], options["only_downstream"]
    if options["column"] is None and (up or down or options["depth"]):
        raise click.UsageError("--upstream, --downstream and --depth of files need --column")
    both = up == down
    selection = options["column"] and Selection(options["column"], up or both, down or both, options["depth"])
    paths = tuple(map(Path, names))
    return Wanted(paths, options["dialect"], options["schema"], selection or None, options["form"])


def _opened(path: Path) -> Project:
    """The project at a path; what the run met that is no fault of the project is told beside the output."""
    with terminal.progress("Tracing the SQL"), tracing_processes() as executor:
        project = open_project(path, executor=executor)
    for note in project.notes:
        terminal.remark(note)
    return project


def _today() -> datetime.date:
    return datetime.date.today()


def _now() -> datetime.datetime:
    return datetime.datetime.now(tz=datetime.UTC).replace(microsecond=0)
