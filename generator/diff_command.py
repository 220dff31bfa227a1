"""The command that compares two states of a project."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

from catalog import (
    CACHE,
    DIFF_FORMATS,
    Project,
    Severity,
    Versions,
    compare_versions,
    find_project,
    open_project,
    open_project_at,
    parting_commit,
    tracing_processes,
)

from . import terminal

CLEAN, FAILED = 0, 1

HERE = "the work tree"


class DiffOptions(TypedDict):
    """What `plumbline diff` may be told."""

    path: Path
    form: str


@click.command()
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--project", "path", default=".", type=click.Path(path_type=Path), help="A folder of the project."
)
@click.option("--format", "form", type=click.Choice(list(DIFF_FORMATS)), default="text", show_default=True)
def diff(base: str, head: str | None, **options: Unpack[DiffOptions]) -> int:
    """Say what is different between BASE and HEAD, and which numbers it changes.

    Both are branches, tags or commits of git, or folders of a project. Without HEAD, what lies here is
    compared with where its line and that of BASE parted. How SQL is written is no difference. Exits 1 if
    metrics change unannounced and `GT003` is an error in `plumbline.yml`.

    \b
    Examples:
      plumbline diff origin/main           what this branch does to the numbers
      plumbline diff v1.4 v1.5 --format markdown
      plumbline diff ../before ../after --format json
    """
    path = options["path"]
    with terminal.progress("Tracing the SQL"):
        versions = Versions(_base(path, base, head), _head(path, head), base, head or HERE)
    with terminal.progress("Comparing"):
        compared = compare_versions(versions, cache=_cache(path, base, head))
    for note in dict.fromkeys((*versions.base.notes, *versions.head.notes)):
        terminal.remark(note)
    write = terminal.write_report if options["form"] == "text" else terminal.write
    write(DIFF_FORMATS[options["form"]](compared))
    return FAILED if any(found.severity is Severity.ERROR for found in compared.findings) else CLEAN


def _base(path: Path, base: str, head: str | None) -> Project:
    if _is_folder(base):
        return _opened(Path(base))
    revision = base if head is not None else parting_commit(path, base)
    with tracing_processes() as executor:
        return open_project_at(path, revision, executor=executor, is_judged=False)


def _head(path: Path, head: str | None) -> Project:
    if head is None:
        return _opened(path)
    if _is_folder(head):
        return _opened(Path(head))
    with tracing_processes() as executor:
        return open_project_at(path, head, executor=executor, is_judged=False)


def _opened(path: Path) -> Project:
    with tracing_processes() as executor:
        return open_project(path, executor=executor)


def _is_folder(name: str) -> bool:
    return Path(name, "plumbline.yml").is_file()


def _cache(path: Path, base: str, head: str | None) -> Path:
    """Where what texts mean is kept: with the project, or with the later of two folders."""
    own = next((Path(name) for name in (head, base) if name and _is_folder(name)), path)
    return find_project(own if not _is_folder(str(path)) else path) / CACHE
