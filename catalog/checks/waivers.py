"""Waivers: findings that are accepted for a while, and what is found about waivers themselves."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from ..project import Project
from ..settings import Severity, Waiver
from .announcing import value_change_unannounced
from .frame import Finding, Problem, check
from .stamping import stamped

COMPARED = frozenset({value_change_unannounced.code})
"""Checks that find something only where two states are compared, which not every run does."""


def waived_by(waivers: Iterable[Waiver], findings: Iterable[Finding]) -> dict[Waiver, tuple[Finding, ...]]:
    """Waiver → the findings it names; none where it matches nothing."""
    by_identity: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_identity.setdefault((finding.code, finding.subject), []).append(finding)
    return {waiver: tuple(by_identity.get((waiver.check, waiver.subject), ())) for waiver in waivers}


def spared_by(waived: Mapping[Waiver, tuple[Finding, ...]], today: datetime.date) -> frozenset[Finding]:
    """The findings whose waiver holds on that day."""
    return frozenset(
        finding for waiver, matches in waived.items() if waiver.until >= today for finding in matches
    )


def waiver_findings(
    project: Project, waived: dict[Waiver, tuple[Finding, ...]], today: datetime.date
) -> Iterator[Finding]:
    """What is wrong with the waivers on that day."""
    for waiver, matches in waived.items():
        if not matches and waiver.check in COMPARED:
            continue
        if not matches:
            yield from stamped(waiver_matches_nothing, project, _unused(waiver))
        elif waiver.until < today:
            yield from stamped(waiver_expired, project, _expired(waiver))


def _unused(waiver: Waiver) -> Problem:
    return Problem(
        _subject(waiver),
        f"the waiver of `{waiver.check}` for `{waiver.subject}` matches no finding",
        waiver.at("subject"),
        "Remove it: the fault is mended, or the subject is misspelt",
    )


def _expired(waiver: Waiver) -> Problem:
    return Problem(
        _subject(waiver),
        f"the waiver of `{waiver.check}` for `{waiver.subject}` ended on {waiver.until}",
        waiver.at("until"),
        "Mend the fault, or set a later `until` with its reason",
    )


def _subject(waiver: Waiver) -> str:
    return f"{waiver.check} {waiver.subject}"


@check("GV001", "waiver-matches-nothing", Severity.WARNING)
def waiver_matches_nothing(_project: Project) -> Iterable[Problem]:
    """A waiver names a finding that there is not.

    ## Why
    A waiver that outlives its fault hides the same fault when it comes back.

    ## Bad
    ```yaml plumbline.yml
    name: Example
    waivers:
      - check: TB003
        subject: ops.queue
        reason: The text is being written.
        until: 2099-12-31
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    waivers:
      - check: TB003
        subject: ops.queue
        reason: The text is being written.
        until: 2099-12-31
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
    ```
    """
    return ()  # Only the runner knows what a waiver matches; it makes these findings.


@check("GV002", "waiver-expired", Severity.ERROR)
def waiver_expired(_project: Project) -> Iterable[Problem]:
    """A waiver is past its last day and the fault is still there.

    ## Why
    A waiver is a promise with a date. Past the date the fault counts again, and the promise is asked for.

    Also reports: TB003

    ## Bad
    ```yaml plumbline.yml
    name: Example
    waivers:
      - check: TB003
        subject: ops.queue
        reason: The text is being written.
        until: 2020-12-31
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    waivers:
      - check: TB003
        subject: ops.queue
        reason: The text is being written.
        until: 2099-12-31
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
    ```
    """
    return ()  # Made by the runner, as above.
