"""Checks of what metrics say of time, against the SQL that makes them."""

from __future__ import annotations

from collections.abc import Iterator

from ..conformance import Verdict
from ..project import Project
from ..settings import Severity
from ..timing import TimeAspect, TimeHeld
from .frame import Problem, check

HINTS = {
    TimeAspect.ANCHOR: "Date the rows in the SQL by what happened, or name another `time_anchor:`",
    TimeAspect.MATURITY: "Correct `matures_after:`, or the condition in the SQL",
    TimeAspect.LATE_DATA: "Correct `late_data:` or `matures_after:`, or let the SQL read further back",
    TimeAspect.ZONE: "Correct `timezone:`, or the time zone in the SQL",
}


@check("MT024", "mixed-time-anchors", Severity.WARNING)
def mixed_time_anchors(project: Project) -> Iterator[Problem]:
    """Numerator and denominator of a metric are dated by two events of one row, and it does not say so.

    What dates each of the two is read from the SQL of the source, branch by branch. `dated_by:` at both parts
    says that it is meant.

    ## Why
    Of a Monday, it divides what was answered that day by what came in that day: other cases above than below.
    While one grows and the other does not, the rate moves and nothing has changed.

    ## Bad
    ```yaml
    metrics:
      - name: answered_share
        owner: ops
        summary: Appeals answered for each that came in.
        type: ratio
        source: ops.appeals
        time_anchor: day
        numerator: {expression: SUM(answered)}
        denominator: {expression: SUM(asked)}
    tables:
      - name: raw.appeal
        owner: ops
        description: Requests to look again.
        columns:
          - {name: asked_at, type: TIMESTAMP, description: When it came in.}
          - {name: answered_at, type: TIMESTAMP, description: Time of our reply.}
          - {name: is_changed, type: BOOL, description: The first decision was changed.}
      - name: ops.appeals
        owner: ops
        description: Appeals of each day.
        columns:
          - {name: day, type: DATE, description: Day of what is counted.}
          - {name: asked, type: INT64, description: Appeals that came in.}
          - {name: answered, type: INT64, description: Our replies.}
        sql: |
          WITH event AS (
            SELECT DATE(asked_at) AS day, 1 AS asked, 0 AS answered FROM raw.appeal
            UNION ALL
            SELECT DATE(answered_at), 0, 1 FROM raw.appeal
          )
          SELECT day, SUM(asked) AS asked, SUM(answered) AS answered FROM event GROUP BY day
    ```

    ## Good
    ```yaml
    metrics:
      - name: answered_share
        owner: ops
        summary: Appeals answered for each that came in.
        type: ratio
        source: ops.appeals
        time_anchor: day
        numerator: {expression: SUM(answered), dated_by: raw.appeal.answered_at}
        denominator: {expression: SUM(asked), dated_by: raw.appeal.asked_at}
    tables:
      - name: raw.appeal
        owner: ops
        description: Requests to look again.
        columns:
          - {name: asked_at, type: TIMESTAMP, description: When it came in.}
          - {name: answered_at, type: TIMESTAMP, description: Time of our reply.}
          - {name: is_changed, type: BOOL, description: The first decision was changed.}
      - name: ops.appeals
        owner: ops
        description: Appeals of each day.
        columns:
          - {name: day, type: DATE, description: Day of what is counted.}
          - {name: asked, type: INT64, description: Appeals that came in.}
          - {name: answered, type: INT64, description: Our replies.}
        sql: |
          WITH event AS (
            SELECT DATE(asked_at) AS day, 1 AS asked, 0 AS answered FROM raw.appeal
            UNION ALL
            SELECT DATE(answered_at), 0, 1 FROM raw.appeal
          )
          SELECT day, SUM(asked) AS asked, SUM(answered) AS answered FROM event GROUP BY day
    ```
    """
    for metric, held in _differing(project):
        if held.aspect is TimeAspect.PARTS:
            yield Problem(
                f"metric:{metric}",
                f"of `{metric}`, {held.sentence}",
                held.location,
                "Divide by what the same event dates, or give both parts `dated_by:` with their column",
            )


@check("MT025", "time-differs", Severity.ERROR)
def time_differs(project: Project) -> Iterator[Problem]:
    """What a metric says of time is not what its SQL does.

    Compared are the time anchor, how long the SQL waits for rows with `matures_after:`, how far it reads back
    with `late_data:`, and the time zone. What the SQL does not say is no finding.

    ## Why
    Readers take a value for final that still moves, or wait for one that has been final for weeks.

    ## Bad
    ```yaml
    metrics:
      - name: changed_share
        owner: ops
        summary: Share of answered appeals in which the decision was changed.
        source: raw.appeal
        time_anchor: asked_at
        matures_after: P7D
        filter: DATE(asked_at) <= CURRENT_DATE() - 28
        expression: COUNTIF(is_changed) / NULLIF(COUNT(*), 0)
    tables:
      - name: raw.appeal
        owner: ops
        description: Requests to look again.
        columns:
          - {name: asked_at, type: TIMESTAMP, description: When it came in.}
          - {name: answered_at, type: TIMESTAMP, description: Time of our reply.}
          - {name: is_changed, type: BOOL, description: The first decision was changed.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: changed_share
        owner: ops
        summary: Share of answered appeals in which the decision was changed.
        source: raw.appeal
        time_anchor: asked_at
        matures_after: P28D
        filter: DATE(asked_at) <= CURRENT_DATE() - 28
        expression: COUNTIF(is_changed) / NULLIF(COUNT(*), 0)
    tables:
      - name: raw.appeal
        owner: ops
        description: Requests to look again.
        columns:
          - {name: asked_at, type: TIMESTAMP, description: When it came in.}
          - {name: answered_at, type: TIMESTAMP, description: Time of our reply.}
          - {name: is_changed, type: BOOL, description: The first decision was changed.}
    ```
    """
    for metric, held in _differing(project):
        if held.aspect is not TimeAspect.PARTS:
            yield Problem(
                f"metric:{metric} {held.aspect}",
                f"of `{metric}`, {held.sentence}",
                held.location,
                HINTS[held.aspect],
            )


def _differing(project: Project) -> Iterator[tuple[str, TimeHeld]]:
    for metric, time in project.times.items():
        for held in time.held:
            if held.verdict is Verdict.DIFFERS:
                yield metric, held
