"""The severities that `plumbline.yml` sets, and what is found about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..project import Project
from ..settings import Severity
from ..suggest import did_you_mean
from .frame import Check, Finding, Problem, check
from .stamping import stamped


def severity_findings(project: Project, checks: Iterable[Check]) -> Iterator[Finding]:
    """One finding for each code under `severity:` that no check has."""
    codes = sorted(check.code for check in checks)
    for code in sorted(set(project.settings.severity) - set(codes)):
        hint = did_you_mean(code, codes) or "`plumbline explain` lists the checks"
        problem = Problem(
            f"severity:{code}", f"there is no check `{code}`", project.settings.at("severity"), hint
        )
        yield from stamped(unknown_check, project, problem)


@check("GV008", "unknown-check", Severity.ERROR)
def unknown_check(_project: Project) -> Iterable[Problem]:
    """A severity is set for a check that there is not.

    ## Why
    Whoever wrote it believes that a check is stricter, or off, while it is neither.

    ## Bad
    ```yaml plumbline.yml
    name: Example
    severity:
      TB033: error
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    severity:
      TB003: error
    ```
    """
    return ()  # Only the runner knows all checks; it makes these findings.
