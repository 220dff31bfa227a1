"""Checks of examples: do the rows fit, and does the metric's SQL give the value that is promised."""

from __future__ import annotations

from collections.abc import Iterator

from ..examples import RunExample
from ..executing import Ending
from ..project import Project
from ..settings import Severity
from .frame import Problem, check


@check("MT012", "example-fails", Severity.ERROR)
def example_fails(project: Project) -> Iterator[Problem]:
    """The rows of an example give another value than it says.

    The rows are run through the metric's own SQL, in DuckDB. What DuckDB may do in another way is not run.

    ## Why
    The example is what readers understand the metric by. Either it misleads them, or the SQL has changed.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
        examples:
          - columns: [changed, decided]
            rows:
              - [10, 100]
              - [20, 100]
            expected: 0.3
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
        examples:
          - columns: [changed, decided]
            rows:
              - [10, 100]
              - [20, 100]
            expected: 0.15
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
    ```
    """
    for metric, number, example in _examples(project):
        if example.is_right is False:
            yield Problem(
                f"metric:{metric} example {number}",
                f"example {number} of `{metric}` gives `{example.outcome.value}`, not `{example.expected}`",
                example.location,
                "Correct `expected:` or the rows, or the SQL if the example is right",
            )


@check("MT013", "example-does-not-fit", Severity.ERROR)
def example_does_not_fit(project: Project) -> Iterator[Problem]:
    """The rows of an example cannot be given to the metric's SQL.

    ## Why
    An example that was never run is a claim that nobody has looked at.

    ## Bad
    ```yaml
    metrics:
      - name: overturned
        owner: ops
        description: Appeals in which the decision was changed.
        source: ops.appeals
        expression: SUM(changed)
        examples:
          - columns: [change]
            rows: [[10], [20]]
            expected: 30
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturned
        owner: ops
        description: Appeals in which the decision was changed.
        source: ops.appeals
        expression: SUM(changed)
        examples:
          - columns: [changed]
            rows: [[10], [20]]
            expected: 30
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
    ```
    """
    for metric, number, example in _examples(project):
        if example.outcome.ending is Ending.MISFIT:
            yield Problem(
                f"metric:{metric} example {number}",
                f"example {number} of `{metric}` does not fit: {example.outcome.reason}",
                example.location,
                "Give a value of the column's type for each column, in each row",
            )


def _examples(project: Project) -> Iterator[tuple[str, int, RunExample]]:
    """Metric, number of the example from 1, and the example."""
    for metric, examples in sorted(project.examples.items()):
        for number, example in enumerate(examples, 1):
            yield metric, number, example
