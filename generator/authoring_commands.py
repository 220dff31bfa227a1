"""The commands that write definitions: each thinks first, then shows or writes all of it at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict, Unpack

import click

from catalog import (
    MENDED_CHECKS,
    ORDER,
    Plan,
    Project,
    did_you_mean,
    diff_of,
    find_project,
    fixing,
    inheriting,
    open_project,
    owning,
    run_checks,
    scaffolding,
    settings_of,
    source_named,
    tracing_processes,
    write_all,
)

from . import terminal
from .gate_commands import project_argument, renewal_of_baseline

BASELINE = "baseline"
"""What the renewal of the baseline is asked for with."""

PROJECT = "Folder of the project."

DRY_RUN = "Print what would change as a diff instead of writing it."


class ImportOptions(TypedDict):
    """What `plumbline import` may be told."""

    writes: bool
    into: str | None
    drops: bool
    dry_run: bool


@click.command()
@project_argument
@click.option("--write", "writes", is_flag=True, help="Write the descriptions into the files.")
@click.option("--dry-run", is_flag=True, help=DRY_RUN)
def inherit(path: Path, *, writes: bool, dry_run: bool) -> None:
    """Give columns that copy a described column its description, through renames; list them without --write.

    Each is marked `inherited_from: table.column`, and renewed by the next run where the source says something
    else by then. Words written by hand are never touched; `inherit: false` refuses them. What is calculated
    or aggregated inherits nothing.

    \b
    Examples:
      plumbline inherit
      plumbline inherit --dry-run
      plumbline inherit --write
    """
    root = find_project(path)
    plan = inheriting(root, opened(root))
    if writes or dry_run:
        carry_out(root, plan, dry_run=dry_run)
    else:
        tell_plan(plan, "would inherit", "Write them with `plumbline inherit --write`")


@click.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--project", "path", default=".", type=click.Path(path_type=Path), help=PROJECT)
@click.option("--dry-run", is_flag=True, help=DRY_RUN)
def fix(codes: tuple[str, ...], path: Path, *, dry_run: bool) -> None:
    """Mend what is mechanical, or only CODE, and say what of it is left for a person.

    Without CODE all but `order`, which nothing asks for and which touches many lines.

    \b
    FL002     unknown keys, where one name is near: renamed
    CL003     columns that the SQL does not produce: out, or renamed where only a slip differs
    CL004     columns that the SQL produces and nobody listed: in, without words
    order     keys: in the order of the reference
    baseline  what is mended leaves plumbline-baseline.json

    What is waived or switched off stays. No sentence is written, and none is changed.

    \b
    Examples:
      plumbline fix --dry-run
      plumbline fix FL002 CL004
    """
    root = find_project(path)
    wanted = _wanted(codes)
    project = opened(root)
    findings = run_checks(project, MENDED_CHECKS, today=datetime.date.today())
    plan = fixing(root, project, findings, wanted)
    carry_out(root, plan, dry_run=dry_run)
    renewal = renewal_of_baseline(root) if BASELINE in wanted else None
    if renewal and renewal[0].changes_something:
        rewrite, told = renewal
        if dry_run:
            terminal.write(diff_of([rewrite]))
            return
        write_all(root, [rewrite])
        for line in told:
            terminal.tell(line)


def _wanted(codes: tuple[str, ...]) -> frozenset[str]:
    """What is to be mended, by code; all that findings ask for where nothing is named."""
    known = {**{check.name: check.code for check in MENDED_CHECKS}, ORDER: ORDER, BASELINE: BASELINE}
    known |= {code: code for code in known.values()}
    for code in codes:
        if code not in known:
            guess = did_you_mean(code, known, f"One of {', '.join(sorted(set(known.values())))}")
            raise click.UsageError(f"nothing mends `{code}`. {guess}")
    return frozenset(known[code] for code in codes or set(known) - {ORDER})


@click.command()
@click.argument("tables", nargs=-1, metavar="[TABLE]...")
@click.option("--project", "path", default=".", type=click.Path(path_type=Path), help=PROJECT)
@click.option("--dry-run", is_flag=True, help=DRY_RUN)
def scaffold(tables: tuple[str, ...], path: Path, *, dry_run: bool) -> None:
    """Draft the definitions of tables that SQL names and nobody has described, or of TABLE (or `mart.*`).

    Written are name, columns with their types, the key where the SQL says what tells rows apart, and where it
    comes from: into a file beside the SQL, behind what is there. Descriptions are left for a person. A
    table that only an importer knows is drafted when it is named.

    \b
    Examples:
      plumbline scaffold --dry-run
      plumbline scaffold mart.queue_daily
      plumbline scaffold 'staging.*'
    """
    root = find_project(path)
    carry_out(root, scaffolding(root, opened(root), tables), dry_run=dry_run)


@click.command("import")
@click.argument("source")
@click.option("--project", "path", default=".", type=click.Path(path_type=Path), help=PROJECT)
@click.option("--write", "writes", is_flag=True, help="Write the definitions.")
@click.option("--into", metavar="DIR", help="Folder of the files, one that definitions are read from.")
@click.option("--drop", "drops", is_flag=True, help="Take the source out of plumbline.yml as well.")
@click.option("--dry-run", is_flag=True, help=DRY_RUN)
def import_source(source: str, path: Path, **options: Unpack[ImportOptions]) -> None:
    """Write all that SOURCE says as definitions of yours; list it without --write.

    SOURCE is a `path:` of `sources:` in plumbline.yml, or its importer. Each table gets a file of its own,
    with its SQL beside it unless that stands in a file of the project. Entries of yours get what only the
    source says. Once the source is dropped the catalog is the same.

    \b
    Examples:
      plumbline import transform
      plumbline import dbt --write --into definitions/shop
      plumbline import dbt --write --drop
    """
    root = find_project(path)
    settings = settings_of(root)
    with terminal.progress("Reading the source"):
        wanted = source_named(settings, source)
        plan = owning(root, settings, wanted, options["into"], drops=options["drops"])
    if options["writes"] or options["dry_run"]:
        carry_out(root, plan, dry_run=options["dry_run"])
    else:
        tell_plan(plan, "would be written", f"Write them with `plumbline import {source} --write`")


def opened(root: Path) -> Project:
    """The project in a folder; what the run met that is no fault of the project is told beside the output."""
    with terminal.progress("Tracing the SQL"), tracing_processes() as executor:
        project = open_project(root, executor=executor)
    for note in project.notes:
        terminal.remark(note)
    return project


def carry_out(root: Path, plan: Plan, *, dry_run: bool) -> None:
    """Writes what is planned and tells of it, or shows it as a diff; what is left is told in either case."""
    if dry_run:
        terminal.write(diff_of(plan.rewrites))
        if not any(rewrite.changes_something for rewrite in plan.rewrites):
            terminal.remark("no definition would change")
        _tell_left(plan, terminal.remark)
        return
    write_all(root, plan.rewrites)
    tell_plan(plan, "written", "")


def tell_plan(plan: Plan, verb: str, way: str) -> None:
    """Each change, what was left and why, and how many of both there are."""
    for mend in plan.made:
        terminal.tell(f"{mend.location}: {mend.message}")
    _tell_left(plan, terminal.tell)
    files = len({mend.location.file for mend in plan.made})
    counted = f"{len(plan.made):,} {verb} in {files:,} {'file' if files == 1 else 'files'}"
    terminal.tell(f"{counted}, {len(plan.left):,} left{f'. {way}' if way and plan.made else ''}")


def _tell_left(plan: Plan, tell: Callable[[str], None]) -> None:
    for left in plan.left:
        tell(f"{left.location}: left as it is: {left.message}. {left.hint}")
