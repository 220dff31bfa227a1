"""`plumbline init`: the first files of a project, in any repository."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click

from catalog import CatalogError, beginning_of

from . import terminal
from .gate_commands import project_argument

NEXT = """\

Next:
{first}  plumbline check       what is missing, and what does not fit
  plumbline baseline    accept what is there today, so that only what is new is held against a change
  plumbline serve       both sites on 127.0.0.1:8000
"""


@click.command()
@project_argument
@click.option("--dry-run", is_flag=True, help="Print the files instead of writing them.")
def init(path: Path, *, dry_run: bool) -> None:
    """Begin a project at PATH: find dbt projects, folders of SQL and the dialect, and write the first files.

    Writes `plumbline.yml`, first definitions and a CI workflow. A file that is there is never touched.

    \b
    Examples:
      plumbline init
      plumbline init ../warehouse --dry-run
    """
    if not path.is_dir():
        raise CatalogError(f"there is no folder `{path}`", "Name the folder of a repository")
    with terminal.progress("Reading the SQL"):
        beginning = beginning_of(path, version("plumbline"))
    for name, text in beginning.files.items():
        if dry_run:
            terminal.write(f"--- {name}\n{text}")
        else:
            terminal.tell(f"{'written' if write_new(path / name, text) else 'kept   '} {name}")
    if not dry_run:
        first = "".join(f"  {command}\n" for command in beginning.first)
        terminal.write(NEXT.format(first=first))


def write_new(path: Path, text: str) -> bool:
    """Writes a file that is not there yet; False where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True
