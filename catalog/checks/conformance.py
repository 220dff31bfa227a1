"""Checks of metrics against the SQL that computes them: does it compute what the definition says."""

from __future__ import annotations

from collections.abc import Iterator

from ..conformance import Verdict
from ..project import Project
from ..settings import Severity
from .frame import Problem, check


@check("MT014", "computation-differs", Severity.ERROR)
def computation_differs(project: Project) -> Iterator[Problem]:
    """SQL that a metric names in `computed_by:` computes something else than the definition says.

    Both are read down to the tables that they share, and compared: sources, joins, filters, aggregates,
    columns, grain and time. What cannot be decided is no finding; the metric's page says why.

    ## Why
    Two numbers under one name, and people find out in a meeting.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        filter: NOT is_test
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
        computed_by:
          - sql: SELECT SAFE_DIVIDE(SUM(changed), SUM(decided)) AS rate FROM ops.appeals
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
          - {name: is_test, type: BOOL, description: No real appeal.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        filter: NOT is_test
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
        computed_by:
          - sql: SELECT SAFE_DIVIDE(SUM(changed), SUM(decided)) AS rate FROM ops.appeals WHERE NOT is_test
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
          - {name: is_test, type: BOOL, description: No real appeal.}
    ```
    """
    for metric, places in sorted(project.conformance.items()):
        for number, held in enumerate(places, 1):
            if held.verdict is not Verdict.DIFFERS or held.excused:
                continue
            of = f"`{held.of}`" if held.of != "its query" else f"query {number}"
            told = "; ".join(each.sentence for each in held.differences)
            yield Problem(
                f"metric:{metric} computation {number}",
                f"{of} does not compute `{metric}` as defined: it {told}",
                held.differences[0].location,
                "Correct the SQL or the definition, or say in `differs_because:` why both are right",
            )
