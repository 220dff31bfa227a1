"""`plumbline init`: the first files of a project, in any repository."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click

from catalog import CatalogError, Rewrite, beginning_of, write_all

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
    new = [
        Rewrite(name, None, text.encode("utf-8"))
        for name, text in beginning.files.items()
        if not (path / name).exists()
    ]
    if dry_run:
        for rewrite in new:
            terminal.write(f"--- {rewrite.file}\n{rewrite.after.decode('utf-8')}")
        return
    write_all(path, new)
    written = {rewrite.file for rewrite in new}
    for name in beginning.files:
        terminal.tell(f"{'written' if name in written else 'kept   '} {name}")
    terminal.write(NEXT.format(first="".join(f"  {command}\n" for command in beginning.first)))
