"""Checks of metrics against themselves: does a definition say in one place what it says in another."""

from __future__ import annotations

from collections.abc import Iterator

from ..consistency import FaultKind
from ..project import Project
from ..settings import Severity
from .frame import Problem, check


@check("MT026", "definition-contradicts-itself", Severity.ERROR)
def definition_contradicts_itself(project: Project) -> Iterator[Problem]:
    """A metric says one thing in one place, and another in another.

    Held against each other are `expression`, `numerator` and `denominator`; type and unit with what is
    computed (a ratio and a percentage divide, a percentage is a share of 1 in the SQL); lengths of time with
    the units of the columns; and `statistic:` with the aggregate.

    ## Why
    Readers take the fraction on the page for what is computed.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        summary: Of the appeals that got an answer, those in which the decision was changed.
        source: ops.appeals
        type: ratio
        expression: SAFE_DIVIDE(SUM(changed), COUNT(decided))
        numerator: {expression: SUM(changed)}
        denominator: {expression: SUM(decided)}
    tables:
      - name: ops.appeals
        owner: ops
        description: Requests to look again, by day.
        columns:
          - {name: changed, type: INT64, description: Those in which the decision was changed.}
          - {name: decided, type: INT64, description: Those that got an answer.}
          - {name: person, type: STRING, description: Who answered.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        summary: Of the appeals that got an answer, those in which the decision was changed.
        source: ops.appeals
        type: ratio
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
        numerator: {expression: SUM(changed)}
        denominator: {expression: SUM(decided)}
    tables:
      - name: ops.appeals
        owner: ops
        description: Requests to look again, by day.
        columns:
          - {name: changed, type: INT64, description: Those in which the decision was changed.}
          - {name: decided, type: INT64, description: Those that got an answer.}
          - {name: person, type: STRING, description: Who answered.}
    ```
    """
    yield from _told(project, FaultKind.CONTRADICTION, "Correct the one or the other")


@check("MT027", "division-not-guarded", Severity.WARNING)
def division_not_guarded(project: Project) -> Iterator[Problem]:
    """A metric divides, and fails where there is nothing to divide by.

    Dialects in which such a division has no value instead are left alone.

    ## Why
    A day without any case takes the whole report down, and a zero in its place would be wrong.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        summary: Of the appeals that got an answer, those in which the decision was changed.
        source: ops.appeals
        expression: SUM(changed) / SUM(decided)
    tables:
      - name: ops.appeals
        owner: ops
        description: Requests to look again, by day.
        columns:
          - {name: changed, type: INT64, description: Those in which the decision was changed.}
          - {name: decided, type: INT64, description: Those that got an answer.}
          - {name: person, type: STRING, description: Who answered.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        summary: Of the appeals that got an answer, those in which the decision was changed.
        source: ops.appeals
        expression: SUM(changed) / NULLIF(SUM(decided), 0)
    tables:
      - name: ops.appeals
        owner: ops
        description: Requests to look again, by day.
        columns:
          - {name: changed, type: INT64, description: Those in which the decision was changed.}
          - {name: decided, type: INT64, description: Those that got an answer.}
          - {name: person, type: STRING, description: Who answered.}
    ```
    """
    yield from _told(project, FaultKind.UNGUARDED, "Divide by `NULLIF(…, 0)`, or by a safe division")


@check("MT028", "not-additive-as-said", Severity.WARNING)
def not_additive_as_said(project: Project) -> Iterator[Problem]:
    """A metric is said to add up, and by its computation it does not.

    Sums and counts add up. Quotients, averages, quantiles and counts of distinct things do not.

    ## Why
    Somebody adds the days of a week, and everybody who came twice is counted twice.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        summary: Of the appeals that got an answer, those in which the decision was changed.
        source: ops.appeals
        additivity: additive
        expression: COUNT(DISTINCT person)
    tables:
      - name: ops.appeals
        owner: ops
        description: Requests to look again, by day.
        columns:
          - {name: changed, type: INT64, description: Those in which the decision was changed.}
          - {name: decided, type: INT64, description: Those that got an answer.}
          - {name: person, type: STRING, description: Who answered.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        summary: Of the appeals that got an answer, those in which the decision was changed.
        source: ops.appeals
        additivity: non_additive
        expression: COUNT(DISTINCT person)
    tables:
      - name: ops.appeals
        owner: ops
        description: Requests to look again, by day.
        columns:
          - {name: changed, type: INT64, description: Those in which the decision was changed.}
          - {name: decided, type: INT64, description: Those that got an answer.}
          - {name: person, type: STRING, description: Who answered.}
    ```
    """
    yield from _told(project, FaultKind.ADDITIVITY, "Set `additivity: non_additive`, or count what adds up")


@check("MT029", "average-of-ratios", Severity.WARNING)
def average_of_ratios(project: Project) -> Iterator[Problem]:
    """A metric averages quotients.

    ## Why
    A queue with two cases weighs as much as one with two thousand. The quotient of sums is another number.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        summary: Of the appeals that got an answer, those in which the decision was changed.
        source: ops.appeals
        expression: AVG(SAFE_DIVIDE(changed, decided))
    tables:
      - name: ops.appeals
        owner: ops
        description: Requests to look again, by day.
        columns:
          - {name: changed, type: INT64, description: Those in which the decision was changed.}
          - {name: decided, type: INT64, description: Those that got an answer.}
          - {name: person, type: STRING, description: Who answered.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        summary: Of the appeals that got an answer, those in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
    tables:
      - name: ops.appeals
        owner: ops
        description: Requests to look again, by day.
        columns:
          - {name: changed, type: INT64, description: Those in which the decision was changed.}
          - {name: decided, type: INT64, description: Those that got an answer.}
          - {name: person, type: STRING, description: Who answered.}
    ```
    """
    yield from _told(project, FaultKind.AVERAGED, "Divide the sums")


def _told(project: Project, kind: FaultKind, hint: str) -> Iterator[Problem]:
    for metric, faults in project.own_faults.items():
        for number, fault in enumerate(each for each in faults if each.kind is kind):
            nth = f" {number + 1}" if number else ""
            yield Problem(f"metric:{metric}{nth}", f"of `{metric}`, {fault.sentence}", fault.location, hint)
