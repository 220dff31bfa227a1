"""What a check is: a function from the project to problems.

Its docstring is its page on the site, the text of `plumbline explain`, and its own test. Code and
severity are stamped on by the runner.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..model import Location
from ..project import Project
from ..settings import Severity


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
    """A problem with the code, name and severity of its check.

    With `is_failure` it is the check itself that failed, so that nobody knows what it would have found.
    """

    code: str
    name: str
    severity: Severity
    subject: str
    message: str
    location: Location
    hint: str | None = None
    is_failure: bool = False


CheckFunction = Callable[[Project], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: two letters and three digits, the name of the fault in kebab case, and the function.

    Of a team's own check, `file` is the one it stands in and `version` a digest of that.
    """

    code: str
    name: str
    severity: Severity
    find: CheckFunction
    file: str = ""
    version: str = ""

    @property
    def documentation(self) -> str:
        """The docstring as Markdown: one sentence, then Why, Bad and Good."""
        return inspect.getdoc(self.find) or ""

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return self.documentation.partition("\n")[0]

    def severity_in(self, project: Project) -> Severity:
        """How much its findings weigh in that project."""
        return project.settings.severity.get(self.code, self.severity)

    def finding(self, problem: Problem, severity: Severity) -> Finding:
        """The problem, stamped."""
        return Finding(
            self.code,
            self.name,
            severity,
            problem.subject,
            problem.message,
            problem.location,
            problem.hint,
        )


def check(code: str, name: str, severity: Severity) -> Callable[[CheckFunction], Check]:
    """Makes a check of a function that finds problems."""

    def made(find: CheckFunction) -> Check:
        return Check(code, name, severity, find)

    return made
