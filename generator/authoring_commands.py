"""The commands that write definitions: each thinks first, then shows or writes all of it at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from catalog import (
    Plan,
    Project,
    diff_of,
    find_project,
    inheriting,
    open_project,
    tracing_processes,
    write_all,
)

from . import terminal
from .gate_commands import project_argument

DRY_RUN = "Print what would change as a diff instead of writing it."


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
