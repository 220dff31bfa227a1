"""Checks of the gate itself: the coverage a project promises, and the baseline that has to shrink."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..coverage import Share, coverage_of
from ..model import Location
from ..project import Project
from ..settings import Severity
from .frame import Finding, Problem, check

SHOWN = 5
"""Mended findings that are named one by one."""


@check("GT001", "coverage-below-minimum", Severity.ERROR)
def coverage_below_minimum(project: Project) -> Iterator[Problem]:
    """Less is described than was promised.

    ## Why
    A catalog decays one undescribed column at a time. The minimum is set in `plumbline.yml` or by
    `--min-coverage`; the baseline holds a floor for each kind of thing, which rises and never falls.

    Also reports: CL001

    ## Bad
    ```yaml plumbline.yml
    name: Example
    min_coverage: 80
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: day}
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    min_coverage: 80
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: day, description: Day on which it came in.}
    ```
    """
    minimum = project.settings.min_coverage
    described = coverage_of(project).described if minimum else ()
    all_kinds = Share("things", sum(s.covered for s in described), sum(s.total for s in described))
    if minimum and all_kinds.percent < minimum:
        yield _below("coverage", all_kinds, minimum, project.settings.at("min_coverage"))


@check("GT002", "baseline-not-renewed", Severity.ERROR)
def baseline_not_renewed(_project: Project) -> Iterable[Problem]:
    """The baseline lists findings that are mended.

    ## Why
    What is mended must not come back. As long as the baseline lists it, it could, and nobody would see it.

    ## Bad
    ```json plumbline-baseline.json
    {"findings": {"TB003": ["ops.queue"]}}
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
    ```

    ## Good
    ```json plumbline-baseline.json
    {"findings": {"TB003": ["ops.queue"]}}
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
    ```
    """
    return ()  # Only the gate knows the baseline; it makes these findings.


def floor_findings(project: Project, floors: Mapping[str, int], place: Location) -> Iterator[Finding]:
    """One finding for each kind of thing of which less is described than its floor."""
    severity = coverage_below_minimum.severity_in(project)
    for share in coverage_of(project).described if floors and severity is not Severity.OFF else ():
        if share.total and share.percent < floors.get(share.kind, 0):
            problem = _below(f"coverage:{share.kind}", share, floors[share.kind], place)
            yield coverage_below_minimum.finding(problem, severity)


def mended_findings(project: Project, mended: Sequence[str], place: Location) -> Iterator[Finding]:
    """One finding if there is anything mended; each is its code and subject."""
    severity = baseline_not_renewed.severity_in(project)
    if mended and severity is not Severity.OFF:
        named = ", ".join(f"`{each}`" for each in mended[:SHOWN])
        rest = f" and {len(mended) - SHOWN:,} more" if len(mended) > SHOWN else ""
        problem = Problem(
            "baseline",
            f"the baseline lists what is mended: {named}{rest}",
            place,
            "Run `plumbline baseline` and commit the file: what has left it can't come back unseen",
        )
        yield baseline_not_renewed.finding(problem, severity)


def _below(subject: str, share: Share, minimum: int, place: Location) -> Problem:
    return Problem(
        subject,
        f"{share.percent} % of {share.kind} are described ({share.covered:,} of {share.total:,}), "
        f"at least {minimum} % have to be",
        place,
        "Describe what the change adds; `plumbline build` makes a page of all that is left to write",
    )
