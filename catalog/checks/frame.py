"""What a check is, and how checks are run.

A check is a function from the project to problems; its docstring is its page on the site, the text
of `plumbline explain`, and its own test. The runner stamps code and severity, and applies waivers.
"""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..model import Location
from ..project import Project
from ..settings import Severity, Waiver


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check has found, before it is stamped: the thing concerned, the fault, the place, the remedy.

    `subject` names the thing for ever (`metric:name`, `table`, `table.column`): with the code it is the
    identity of the finding, so that moved lines bring no new one.
    """

    subject: str
    message: str
    location: Location
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with the code, name and severity of its check."""

    code: str
    name: str
    severity: Severity
    subject: str
    message: str
    location: Location
    hint: str | None = None


CheckFunction = Callable[[Project], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: two letters and three digits, the name of the fault in kebab case, and the function."""

    code: str
    name: str
    severity: Severity
    find: CheckFunction

    @property
    def documentation(self) -> str:
        """The docstring as Markdown: one sentence, then Why, Bad and Good."""
        return inspect.getdoc(self.find) or ""

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return self.documentation.partition("\n")[0]


def check(code: str, name: str, severity: Severity) -> Callable[[CheckFunction], Check]:
    """Makes a check of a function that finds problems."""

    def made(find: CheckFunction) -> Check:
        return Check(code, name, severity, find)

    return made


WAIVER_UNUSED = "GV001"
WAIVER_EXPIRED = "GV002"


def run_checks(project: Project, checks: Iterable[Check], *, today: datetime.date) -> tuple[Finding, ...]:
    """All findings of the checks, by place: switched-off checks left out, waived findings left out.

    A waiver that is past its day, or that matches nothing, is a finding itself.
    """
    found = [finding for check in checks for finding in _run(check, project)]
    waived = {waiver: _matching(waiver, found) for waiver in project.settings.waivers}
    spared = {finding for waiver, matches in waived.items() if waiver.until >= today for finding in matches}
    kept = [finding for finding in found if finding not in spared]
    kept += _waiver_findings(project, waived, today)
    return tuple(sorted(kept, key=lambda finding: (finding.location, finding.code, finding.subject)))


def _run(check: Check, project: Project) -> Iterator[Finding]:
    severity = project.settings.severity.get(check.code, check.severity)
    if severity is Severity.OFF:
        return
    for problem in check.find(project):
        yield Finding(
            check.code,
            check.name,
            severity,
            problem.subject,
            problem.message,
            problem.location,
            problem.hint,
        )


def _matching(waiver: Waiver, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(
        finding for finding in findings if (finding.code, finding.subject) == (waiver.check, waiver.subject)
    )


def _waiver_findings(
    project: Project, waived: dict[Waiver, tuple[Finding, ...]], today: datetime.date
) -> Iterator[Finding]:
    for waiver, matches in waived.items():
        subject = f"{waiver.check} {waiver.subject}"
        if not matches:
            yield Finding(
                WAIVER_UNUSED,
                "waiver-matches-nothing",
                project.settings.severity.get(WAIVER_UNUSED, Severity.WARNING),
                subject,
                f"the waiver of `{waiver.check}` for `{waiver.subject}` matches no finding",
                waiver.at(),
                "Remove it: the fault is mended, or the subject is misspelt",
            )
        elif waiver.until < today:
            yield Finding(
                WAIVER_EXPIRED,
                "waiver-expired",
                project.settings.severity.get(WAIVER_EXPIRED, Severity.ERROR),
                subject,
                f"the waiver of `{waiver.check}` for `{waiver.subject}` ended on {waiver.until}",
                waiver.at("until"),
                "Mend the fault, or set a later `until` with its reason",
            )
