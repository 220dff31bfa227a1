"""`plumbline compare`: whether two metrics, or two periods of one, may be added, divided or compared."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from catalog import (
    CatalogError,
    Comparability,
    Period,
    Project,
    compare_metrics,
    compare_periods,
    did_you_mean,
    open_project,
    period_of,
    tracing_processes,
)

from . import terminal


@click.command("compare")
@click.argument("names", nargs=-1, required=True, metavar="METRIC [METRIC] [PATH]")
@click.option("--periods", metavar="A..B", help="Two periods of one metric, such as 2026-05..2026-06.")
def compare(names: tuple[str, ...], periods: str | None) -> None:
    """Say whether two metrics of the project at PATH may be added, divided or compared, and why.

    With --periods, the same of one metric in two years (2026), quarters (2026-Q2), months (2026-05), weeks
    (2026-W07) or days.

    \b
    Examples:
      plumbline compare reopen_rate escalation_rate
      plumbline compare removal_volume --periods 2026-05..2026-06
    """
    wanted = 1 if periods else 2
    if not wanted <= len(names) <= wanted + 1:
        told = "one metric" if periods else "two metrics, or one and --periods"
        raise click.UsageError(f"it takes {told}, and the path of the project at most")
    metrics, path = names[:wanted], Path(names[wanted] if len(names) > wanted else ".")
    asked = _periods(periods) if periods else None
    with terminal.progress("Tracing the SQL"), tracing_processes() as executor:
        project = open_project(path, executor=executor)
    for name in metrics:
        _must_exist(name, project)
    if asked:
        found = compare_periods(project, metrics[0], asked, datetime.date.today())
    else:
        found = compare_metrics(project, metrics[0], metrics[1])
    _write(found)


def _periods(text: str) -> tuple[Period, Period]:
    one, _, other = text.partition("..")
    found = period_of(one), period_of(other)
    if found[0] is None or found[1] is None:
        wrong = one if found[0] is None else other
        raise CatalogError(f"`{wrong}` is no period", "Write `2026-05..2026-06`, or `2026-Q1..2026-Q2`")
    return found[0], found[1]


def _must_exist(name: str, project: Project) -> None:
    if name not in project.catalog.metrics:
        hint = did_you_mean(name, project.catalog.metrics, "The site lists all metrics")
        raise CatalogError(f"there is no metric `{name}`", hint)


def _write(found: Comparability) -> None:
    terminal.write(f"{found.one} and {found.other}\n")
    terminal.write_table(
        ("", "", "Why"),
        [(each.operation.value, each.answer.value.replace("_", " "), each.reason) for each in found.answers],
    )
