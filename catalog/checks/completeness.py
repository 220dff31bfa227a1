"""Checks of how much of the lineage was seen: a floor that holds, and that rises with what is reached."""

from __future__ import annotations

from collections.abc import Iterator

from ..ledger import completeness, seen_tables
from ..lineage import Node, NodeKind
from ..model import Location, Metric, Table
from ..project import Project
from ..settings import Severity
from ..sql import SQL_DIALECTS
from ..sql.edges import Gap
from .frame import Problem, check
from .known import dialect_of, subject_of


@check("LN006", "lineage-below-floor", Severity.ERROR)
def lineage_below_floor(project: Project) -> Iterator[Problem]:
    """The lineage of a table or metric is less complete than `min_completeness` asks for.

    ## Why
    Gaps come one at a time and are got used to. A floor keeps what was reached; who asks what rests on a
    column trusts an answer only if nothing is missing from it.

    Of a thing's own statements and columns, the smaller share that was followed whole counts, in percent.
    Nothing is asked for unless `plumbline.yml` sets it.

    Also reports: LN003

    ## Bad
    ```yaml plumbline.yml
    name: Example
    min_completeness: 100
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT * FROM ops.queue
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    min_completeness: 100
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT item_id FROM ops.queue
    ```
    """
    floor = project.settings.min_completeness
    for thing, percent in _percents(project) if floor else ():
        if percent < floor:
            yield Problem(
                subject_of(thing),
                f"the lineage of `{thing.name}` is {percent} % complete, and {floor} % are asked for",
                thing.at("name"),
                _where_to_begin(project, thing),
            )


@check("LN007", "completeness-floor-too-low", Severity.INFO)
def completeness_floor_too_low(project: Project) -> Iterator[Problem]:
    """All lineage is more complete than `min_completeness` asks for.

    ## Why
    A floor below what is reached lets some of it go again unseen.

    ## Bad
    ```yaml plumbline.yml
    name: Example
    min_completeness: 80
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT item_id FROM ops.queue
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    min_completeness: 100
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
      - name: ops.open_queue
        owner: ops
        description: Work that nobody has taken yet.
        columns:
          - {name: item_id, description: Piece of content to look at.}
        sql: |
          SELECT item_id FROM ops.queue
    ```
    """
    floor = project.settings.min_completeness
    lowest = min((percent for _, percent in _percents(project)), default=floor) if floor else floor
    if lowest > floor:
        yield Problem(
            "min_completeness",
            f"`min_completeness` is {floor}, and no lineage is less than {lowest} % complete",
            project.settings.at("min_completeness"),
            f"Raise it to {lowest}",
        )


def _percents(project: Project) -> Iterator[tuple[Table | Metric, int]]:
    """Each table and metric with SQL of its own, and how much of that was seen."""
    seen = seen_tables(project.lineage)
    things: tuple[Table | Metric, ...] = (
        *project.catalog.tables.values(),
        *project.catalog.metrics.values(),
    )
    for thing in things:
        percent = completeness(project.lineage, _node_of(thing), seen, upstream=()).own.percent
        if percent is not None and dialect_of(project, thing) in SQL_DIALECTS:
            yield thing, percent


def _node_of(thing: Table | Metric) -> Node:
    return Node(NodeKind.TABLE if isinstance(thing, Table) else NodeKind.METRIC, thing.name)


def _where_to_begin(project: Project, thing: Table | Metric) -> str:
    """The first gap; a column that the tables read do not have is told by a finding of its own."""
    gaps = project.lineage.gaps(thing.name) if isinstance(thing, Table) else _gaps_of_metric(project, thing)
    for gap, place in gaps:
        return f"Begin at {place.file}:{place.line}: {gap.detail}"
    return "Mend the columns that its SQL reads and nothing has"


def _gaps_of_metric(project: Project, metric: Metric) -> tuple[tuple[Gap, Location], ...]:
    return tuple(
        (gap, expression.location)
        for expression in project.lineage.expressions(metric.name)
        for statement in expression.statements
        for gap in statement.gaps
    )
