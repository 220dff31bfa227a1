"""The commands of the gate: what a change is held to, and the baseline that lets a team begin anywhere."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click

from catalog import (
    BASELINE_FILE,
    CHECKS,
    FORMATS,
    Baseline,
    CatalogError,
    Check,
    Finding,
    Judged,
    Level,
    Outcome,
    Rewrite,
    Ruler,
    Severity,
    Terms,
    baseline_text,
    checks_at,
    coverage_of,
    did_you_mean,
    family_of,
    find_project,
    judge,
    levels_text,
    may_be_listed,
    read_baseline,
    renewed,
    tracing_processes,
    write_all,
)
from catalog import explain as page_of

from . import terminal
from .comment import post, thread_of
from .whole_files import write_whole

CLEAN, FAILED, UNUSABLE = 0, 1, 2

FAILING = [str(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)]

project_argument = click.argument("path", default=".", type=click.Path(path_type=Path))


def _parsed_outputs(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, Path], ...]:
    """`FORMAT=FILE`, taken apart."""
    outputs = []
    for value in values:
        form, _, file = value.partition("=")
        if form not in FORMATS or not file:
            raise click.BadParameter(
                f"`{value}` is not FORMAT=FILE. {did_you_mean(form, FORMATS) or ''}".strip()
            )
        outputs.append((form, Path(file)))
    return tuple(outputs)


class CheckOptions(TypedDict):
    """What `plumbline check` may be told."""

    form: str
    also: tuple[tuple[str, Path], ...]
    since: str | None
    fail_on: str
    min_coverage: int | None
    no_baseline: bool


@click.command()
@project_argument
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option(
    "--also",
    multiple=True,
    metavar="FORMAT=FILE",
    callback=_parsed_outputs,
    help="Write a file in this format as well; may be repeated.",
)
@click.option(
    "--since",
    metavar="REVISION",
    envvar="PLUMBLINE_SINCE",
    help="Only what is new since this branch, tag or commit of git.",
)
@click.option(
    "--fail-on",
    envvar="PLUMBLINE_FAIL_ON",
    type=click.Choice(FAILING),
    default="error",
    show_default=True,
    help="Exit 1 on findings that weigh as much, or more.",
)
@click.option(
    "--min-coverage",
    type=click.IntRange(0, 100),
    envvar="PLUMBLINE_MIN_COVERAGE",
    help="Least percentage that has to be described.",
)
@click.option("--no-baseline", is_flag=True, help="Tell what the baseline lists, too.")
def check(path: Path, **options: Unpack[CheckOptions]) -> int:
    """Hold the definitions of the project at PATH to their SQL.

    What `plumbline-baseline.json` lists is left out. Exits 0 if nothing worse than a warning is found, 1 on
    errors, 2 if the run is unusable or a check itself failed.

    \b
    Examples:
      plumbline check
      plumbline check --since origin/main  only what this branch did
      plumbline check ../warehouse --format json > findings.json
      plumbline check --format github --also sarif=plumbline.sarif --also markdown=comment.md
    """
    terms = Terms(options["since"], not options["no_baseline"], options["min_coverage"])
    judged = judged_at(path, terms)
    write = terminal.write_report if options["form"] == "text" else terminal.write
    write(FORMATS[options["form"]](judged.project, judged.outcome))
    for form, file in options["also"]:
        write_whole(file, FORMATS[form](judged.project, judged.outcome).encode("utf-8", "backslashreplace"))
    if judged.outcome.is_broken:
        return UNUSABLE
    return FAILED if judged.outcome.fails(Severity(options["fail_on"])) else CLEAN


@click.command()
@project_argument
@click.option("--accept-new", is_flag=True, help="Take in findings that the baseline does not list yet.")
def baseline(path: Path, *, accept_new: bool) -> None:
    """Write the findings of today to `plumbline-baseline.json`, which `plumbline check` leaves out.

    Once written it only shrinks. What is mended leaves it, what is new stays out unless --accept-new, and the
    percentages described that it holds only rise.

    \b
    Examples:
      plumbline baseline
      plumbline baseline --accept-new      after an update that brought new checks
    """
    root = find_project(path)
    old = read_baseline(root)
    judged = judged_at(root, Terms())
    outcome = judged.outcome
    takes_all = old is None or accept_new
    hiding = hides_others(outcome, takes_all=takes_all)
    if hiding:
        raise CatalogError(
            f"{hiding.location}: {hiding.message}, which may hide what the baseline lists",
            "Mend it, then run `plumbline baseline` again",
        )
    listed = (*outcome.left_out, *outcome.findings) if takes_all else outcome.left_out
    new = renewed(old, listed, coverage_of(judged.project).described)
    write_all(root, [Rewrite(BASELINE_FILE, _bytes_of(root), baseline_text(new).encode("utf-8"))])
    for line in told_renewal(old, new):
        terminal.tell(line)
    if not takes_all and any(map(may_be_listed, outcome.findings)):
        terminal.remark("findings that the baseline did not list stay out; `--accept-new` takes them in")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def comment(file: Path) -> None:
    """Put FILE, made by `check --also markdown=FILE`, as one comment on the pull request of a CI run.

    The comment of an earlier run is renewed in place. Where nothing is found and there is none, none is made.
    Takes the request from what GitHub Actions and GitLab CI set; GITHUB_TOKEN or GITLAB_TOKEN may write it.

    \b
    Examples:
      plumbline comment comment.md
    """
    terminal.tell(f"Comment {post(thread_of(os.environ), file.read_text('utf-8'))}")


@click.command()
@project_argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def checks(path: Path, form: str) -> None:
    """List the checks of the project at PATH, its own too; those of Plumbline where there is no project.

    \b
    Examples:
      plumbline checks
      plumbline checks --format json
    """
    rows = [
        {
            "code": each.code,
            "name": each.name,
            "family": family_of(each),
            "severity": str(each.severity),
            "finds": each.summary,
        }
        for each in checks_near(path)
    ]
    if form == "json":
        terminal.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    else:
        headings = ("Code", "Check", "Family", "Severity", "Finds")
        terminal.write_table(headings, [tuple(row.values()) for row in rows])


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what the check CODE finds and how to mend it; without CODE, list all checks.

    `gold`, `silver` or `bronze` for CODE lists what each level asks of a metric.

    \b
    Examples:
      plumbline explain
      plumbline explain TB002
      plumbline explain table-without-owner
      plumbline explain gold
    """
    here = checks_near(Path())
    if code is None:
        rows = [(each.code, each.name, each.severity, each.summary) for each in here]
        terminal.write_table(("Code", "Check", "Severity", "Finds"), rows)
    elif code.lower() in tuple(Level):
        terminal.write_markdown(levels_text())
    else:
        terminal.write_markdown(page_of(code, here))


def checks_near(path: Path) -> Sequence[Check]:
    """The checks of the project at a path, or Plumbline's own where there is none."""
    try:
        root = find_project(path)
    except CatalogError:
        return CHECKS
    return checks_at(root)


def renewal_of_baseline(root: Path) -> tuple[Rewrite, tuple[str, ...]] | None:
    """The baseline without what is mended, and words on it; None where there is none, or nobody can tell."""
    old = read_baseline(root)
    judged = judged_at(root, Terms()) if old else None
    if judged is None or hides_others(judged.outcome, takes_all=False):
        return None
    new = renewed(old, judged.outcome.left_out, coverage_of(judged.project).described)
    rewrite = Rewrite(BASELINE_FILE, _bytes_of(root), baseline_text(new).encode("utf-8"))
    return rewrite, tuple(told_renewal(old, new))


def hides_others(outcome: Outcome, *, takes_all: bool) -> Finding | None:
    """What would take others out of the baseline as mended, so that they came back as new."""
    return next((each for each in outcome.hiding if each.is_failure or not takes_all), None)


def _bytes_of(root: Path) -> bytes | None:
    file = root / BASELINE_FILE
    return file.read_bytes() if file.is_file() else None


def told_renewal(old: Baseline | None, new: Baseline) -> Iterator[str]:
    """What a baseline holds now, and how much that differs."""
    before, now = len(old.findings) if old else 0, len(new.findings)
    change = f", {abs(now - before):,} {'fewer' if now < before else 'more'}" if old and now != before else ""
    yield f"{BASELINE_FILE}: {now:,} {'finding' if now == 1 else 'findings'}{change}"
    floors = ", ".join(f"{percent} % of {kind}" for kind, percent in sorted(new.floors.items()))
    yield f"Least described: {floors or 'nothing'}"


def judged_at(path: Path, terms: Terms) -> Judged:
    """The findings of a project; what the run met that is no fault of the project is told beside them."""
    ruler = Ruler(checks_at(path), datetime.date.today())
    with terminal.progress("Running the checks"), tracing_processes() as executor:
        judged = judge(path, ruler, terms, executor=executor)
    for note in judged.notes:
        terminal.remark(note)
    return judged
