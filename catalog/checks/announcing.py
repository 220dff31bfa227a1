"""The check of a change itself: numbers that become others are told to those who read them."""

from __future__ import annotations

from collections.abc import Iterable

from ..project import Project
from ..settings import Severity
from .frame import Problem, check


@check("GT003", "value-change-unannounced", Severity.WARNING)
def value_change_unannounced(_project: Project) -> Iterable[Problem]:
    """Values of a metric may change, and its history does not say so.

    ## Why
    A number that moves because somebody mended a filter looks like a number that moved. An entry in
    `changes:` of each metric that is reached, with its date, tells readers to expect it. Found where two
    states of a project are compared: by `plumbline diff`.

    ## Before
    ```yaml
    metrics:
      - name: backlog
        label: Backlog
        owner: ops
        description: Work that waits.
        source: ops.queue
        expression: COUNT(item_id)
        filter: item_id IS NOT NULL
        changes:
          - {date: 2026-01-01, text: First definition.}
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: is_test, description: True for content made to try things out.}
    ```

    ## Bad
    ```yaml
    metrics:
      - name: backlog
        label: Backlog
        owner: ops
        description: Work that waits.
        source: ops.queue
        expression: COUNT(item_id)
        filter: NOT is_test
        changes:
          - {date: 2026-01-01, text: First definition.}
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: is_test, description: True for content made to try things out.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: backlog
        label: Backlog
        owner: ops
        description: Work that waits.
        source: ops.queue
        expression: COUNT(item_id)
        filter: NOT is_test
        changes:
          - {date: 2026-01-01, text: First definition.}
          - {date: 2026-03-01, text: Test items are no longer counted., value_changing: true}
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: is_test, description: True for content made to try things out.}
    ```
    """
    return ()  # Only a comparison knows what has changed; it makes these findings.
