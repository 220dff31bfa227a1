"""`plumbline history`: how metrics stood, day by day, and the file that keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

from catalog import (
    STATES_FILE,
    CatalogError,
    DatedState,
    Project,
    Record,
    did_you_mean,
    find_project,
    open_project,
    read_record,
    record_history,
    record_text,
    tracing_processes,
)

from . import terminal
from .whole_files import write_whole
from .words import count, date_words


class HistoryOptions(TypedDict):
    """What `plumbline history` may be told."""

    project: Path
    record: bool
    since: str | None
    anew: bool


@click.command()
@click.argument("metric", required=False)
@click.option(
    "--project", type=click.Path(path_type=Path), default=".", help="Folder of the project.  [default: here]"
)
@click.option("--record", is_flag=True, help=f"Add to `{STATES_FILE}` what git has since it was written.")
@click.option("--since", metavar="REVISION", help="With --record: where to begin, if nothing is recorded.")
@click.option("--anew", is_flag=True, help="With --record: forget what is recorded, and begin again.")
def history(metric: str | None, **options: Unpack[HistoryOptions]) -> None:
    """Tell how METRIC stood, day by day; without METRIC, on which days any metric changed.

    The sites make a page for each recorded day of a metric, with an address that stays, to be cited. Only
    days are recorded on which its definition, or SQL that reaches it, changed. Keep the file in version
    control.

    \b
    Examples:
      plumbline history --record                 where the main branch is built, in a whole clone
      plumbline history --record --since v1.0    begin there
      plumbline history appeal_overturn_rate
    """
    root = find_project(options["project"])
    if options["record"]:
        _record(root, options)
    elif options["since"] or options["anew"]:
        raise click.UsageError("--since and --anew need --record")
    else:
        _recorded(root)
    project = open_project(root)
    if metric is not None:
        _tell_states(project, metric)
    else:
        _tell_days(project)


def _record(root: Path, options: HistoryOptions) -> None:
    old = None if options["anew"] else _recorded(root)
    with terminal.progress("Reading the history"), tracing_processes() as executor:
        record = record_history(root, old, since=options["since"], executor=executor)
    write_whole(root / STATES_FILE, record_text(record).encode("utf-8"))
    terminal.tell(f"Recorded in {STATES_FILE}")


def _recorded(root: Path) -> Record | None:
    """What is recorded; a record that cannot be read is not taken for none."""
    record, unread = read_record(root)
    if unread:
        raise CatalogError(f"{unread[0].location}: {unread[0].message}", unread[0].hint)
    return record


def _tell_days(project: Project) -> None:
    days: dict[str, list[DatedState]] = {}
    for dated in project.dated.values():
        for state in dated.states:
            days.setdefault(state.day.isoformat(), []).append(state)
    if not days:
        terminal.tell("Nothing is recorded: run `plumbline history --record`")
        return
    rows = [
        (day, count(len(states), "metric"), count(sum(each.changes_values for each in states), "metric"))
        for day, states in sorted(days.items())
    ]
    terminal.write_table(("Day", "Changed", "With values that may differ"), rows)


def _tell_states(project: Project, metric: str) -> None:
    if metric not in project.catalog.metrics:
        hint = did_you_mean(metric, project.catalog.metrics, "The site lists all metrics")
        raise CatalogError(f"there is no metric `{metric}`", hint)
    if metric not in project.dated:
        terminal.tell(f"Nothing is recorded of {metric}: run `plumbline history --record`")
        return
    from .pages.past_metric import changed_words

    dated = project.dated[metric]
    for state in dated.states:
        what = changed_words(state) or "First recorded."
        terminal.write(f"{date_words(state.day)} ({state.commit}): {what}\n")
        for sentence in state.sentences:
            terminal.write(f"    {sentence}\n")
    if not dated.is_current:
        terminal.write("It has changed since: run `plumbline history --record` once that is committed\n")
