"""`plumbline coverage`: how much is described, owned, certified and traced, and the file that keeps it."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from catalog import (
    HISTORY_FILE,
    Project,
    Recorded,
    coverage_of,
    figures,
    find_project,
    history_text,
    open_project,
    tracing_processes,
    with_day,
)

from . import terminal
from .whole_files import write_whole


@click.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--record", is_flag=True, help=f"Add the figures of today to `{HISTORY_FILE}` of the project.")
def coverage(path: Path, *, record: bool) -> None:
    """Tell how much of the project at PATH is described, owned, certified and traced.

    The coverage page of the technical site draws what is recorded. Keep the file in version control.

    \b
    Examples:
      plumbline coverage
      plumbline coverage --record          once a week, where the main branch is built
    """
    with terminal.progress("Tracing the SQL"), tracing_processes() as executor:
        project = open_project(path, executor=executor)
    found = Recorded(datetime.date.today(), figures(coverage_of(project)))
    terminal.write_table(
        ("What", "Share", "Of"),
        [
            (figure.name, f"{figure.percent} %", f"{figure.covered:,} of {figure.total:,}")
            for figure in found.figures
        ],
    )
    if record:
        _record(project, found, find_project(path) / HISTORY_FILE)


def _record(project: Project, found: Recorded, file: Path) -> None:
    write_whole(file, history_text(with_day(project.history, found)).encode("utf-8"))
    terminal.write(f"\nRecorded in {file}\n")
