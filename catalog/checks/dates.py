"""Checks of dates that have passed: reviews that are due, and things whose last day is over."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..model import Described, Metric, Status, Table
from ..project import Project
from ..settings import Severity
from .frame import Finding, Problem, check
from .known import subject_of
from .stamping import stamped


def dated_findings(project: Project, today: datetime.date) -> Iterator[Finding]:
    """What has passed on that day. Only the runner knows the day, so that checks stay without a clock."""
    for thing in project.catalog.things():
        if not isinstance(thing, Table | Metric) or thing.status is Status.RETIRED:
            continue
        if thing.review_by and thing.review_by < today and thing.status is Status.ACTIVE:
            yield from stamped(review_overdue, project, _overdue(thing, thing.review_by))
        if thing.deprecation_date and thing.deprecation_date < today:
            yield from stamped(past_its_last_day, project, _passed(thing, thing.deprecation_date))


def _overdue(thing: Described, day: datetime.date) -> Problem:
    return Problem(
        subject_of(thing),
        f"`{thing.name}` was to be reviewed by {day}",
        thing.at("review_by"),
        "Read it against the SQL, then set `last_reviewed:` to that day and `review_by:` to the next one",
    )


def _passed(thing: Described, day: datetime.date) -> Problem:
    return Problem(
        subject_of(thing),
        f"`{thing.name}` was to end on {day}",
        thing.at("deprecation_date"),
        "Set `status: retired` if it is gone, or a later `deprecation_date:`",
    )


@check("GV013", "review-overdue", Severity.WARNING)
def review_overdue(_project: Project) -> Iterable[Problem]:
    """The day has passed by which a table or metric was to be reviewed.

    ## Why
    A definition that nobody has looked at for a year describes last year's number.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        review_by: 2020-12-31
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        review_by: 2099-12-31
    ```
    """
    return ()  # Only the runner knows the day; it makes these findings.


@check("GV014", "past-its-last-day", Severity.WARNING)
def past_its_last_day(_project: Project) -> Iterable[Problem]:
    """The last day of a deprecated thing has passed, and it is still here.

    ## Why
    Readers were told when it ends. Now some believe it is gone, and some still use it.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        status: deprecated
        replacement: ops.waiting
        deprecation_date: 2020-12-31
      - name: ops.waiting
        owner: ops
        description: Work that waits for a reviewer, second design.
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        status: deprecated
        replacement: ops.waiting
        deprecation_date: 2099-12-31
      - name: ops.waiting
        owner: ops
        description: Work that waits for a reviewer, second design.
    ```
    """
    return ()  # Made by the runner, as above.
