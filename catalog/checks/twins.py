"""Checks of metrics against each other: one computation under two names, two computations under one name."""

from __future__ import annotations

from collections.abc import Iterator

from ..project import Project
from ..settings import Severity
from .frame import Problem, check


@check("MT020", "twin-metrics", Severity.WARNING)
def twin_metrics(project: Project) -> Iterator[Problem]:
    """Two metrics compute the same under two names.

    Compared are value, rows and what places them in time, in whatever words; `relation: same_as` settles it.

    ## Why
    One of the two will be changed some day, and the other forgotten. Until then people ask which is right.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
      - name: reversal_share
        owner: ops
        description: Share of appeals that ended in another decision.
        source: ops.appeals
        expression: SUM(changed) / NULLIF(SUM(decided), 0)
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
          - {name: area, type: STRING, description: Rule that was broken.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
      - name: reversal_share
        owner: ops
        description: Share of appeals that ended in another decision.
        source: ops.appeals
        expression: SUM(changed) / NULLIF(SUM(decided), 0)
        related_metrics: [{name: overturn_rate, relation: same_as}]
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
          - {name: area, type: STRING, description: Rule that was broken.}
    ```
    """
    for one, kin in project.twins.items():
        for likeness in kin.alike:
            # Each pair is told at the later of the two.
            if likeness.differences or likeness.is_settled or likeness.other > one:
                continue
            yield Problem(
                f"metric:{one} and {likeness.other}",
                f"`{one}` computes the same as `{likeness.other}`",
                project.catalog.metrics[one].at("name"),
                f"Keep one, or add `{{name: {likeness.other}, relation: same_as}}` to `related_metrics:`",
            )


@check("MT021", "near-twin-metrics", Severity.INFO)
def near_twin_metrics(project: Project) -> Iterator[Problem]:
    """Two metrics differ in one thing alone, and neither names the other.

    A filter, an aggregate over the same column, or what places rows in time. Any relation between the two
    settles it.

    ## Why
    Readers take one for the other, and the difference between the two numbers for news.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
      - name: overturn_rate_no_spam
        owner: ops
        description: Share of decided appeals in which the decision was changed, spam aside.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
        filter: area <> 'SPAM'
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
          - {name: area, type: STRING, description: Rule that was broken.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
      - name: overturn_rate_no_spam
        owner: ops
        description: Share of decided appeals in which the decision was changed, spam aside.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
        filter: area <> 'SPAM'
        related_metrics: [{name: overturn_rate, relation: differs_from, text: How is it without spam?}]
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
          - {name: area, type: STRING, description: Rule that was broken.}
    ```
    """
    for one, kin in project.twins.items():
        for likeness in kin.alike:
            if not likeness.differences or likeness.is_settled or likeness.other > one:
                continue
            yield Problem(
                f"metric:{one} and {likeness.other}",
                f"`{one}` and `{likeness.other}` differ in one thing: {'; '.join(likeness.differences)}",
                project.catalog.metrics[one].at("name"),
                f"Add `{{name: {likeness.other}, relation: differs_from}}` to `related_metrics:`",
            )


@check("MT022", "one-name-two-computations", Severity.ERROR)
def one_name_two_computations(project: Project) -> Iterator[Problem]:
    """Something goes by a word of a metric and computes something else.

    Names, labels, synonyms and abbreviations are compared with those of other metrics, with outputs of SQL
    and with fields of reports. Metrics are told apart by `relation: differs_from`, an output by an entry in
    `computed_by:` that says `differs_because:`, a field by its `filter:`.

    ## Why
    Two dashboards show two numbers under one name, and both are right.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
      - name: restored_share
        owner: ops
        description: Share of all appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), COUNT(*))
        synonyms: [Overturn rate]
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
          - {name: area, type: STRING, description: Rule that was broken.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
      - name: restored_share
        owner: ops
        description: Share of all appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), COUNT(*))
        synonyms: [Restored content]
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
          - {name: area, type: STRING, description: Rule that was broken.}
    ```
    """
    for one, kin in project.twins.items():
        for clash in kin.clashes:
            yield Problem(
                f"metric:{one} and {clash.of.replace('`', '')}",
                f"{clash.of} goes by `{clash.word}` as `{one}` does, and computes something else: "
                f"{'; '.join(clash.differences)}",
                clash.location,
                "Give one of them another name, or say in the definition that they differ",
            )


@check("MT023", "relation-not-true", Severity.ERROR)
def relation_not_true(project: Project) -> Iterator[Problem]:
    """A metric says that it is the same as another, and they differ; or the other way round.

    ## Why
    It was true once. Readers rely on it, and nobody looks again.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
      - name: overturn_rate_no_spam
        owner: ops
        description: Share of decided appeals in which the decision was changed, spam aside.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
        filter: area <> 'SPAM'
        related_metrics: [{name: overturn_rate, relation: same_as}]
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
          - {name: area, type: STRING, description: Rule that was broken.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        description: Share of decided appeals in which the decision was changed.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
      - name: overturn_rate_no_spam
        owner: ops
        description: Share of decided appeals in which the decision was changed, spam aside.
        source: ops.appeals
        expression: SAFE_DIVIDE(SUM(changed), SUM(decided))
        filter: area <> 'SPAM'
        related_metrics: [{name: overturn_rate, relation: differs_from}]
    tables:
      - name: ops.appeals
        owner: ops
        description: Appeals by day.
        columns:
          - {name: changed, type: INT64, description: Appeals in which the decision was changed.}
          - {name: decided, type: INT64, description: Appeals that were decided.}
          - {name: area, type: STRING, description: Rule that was broken.}
    ```
    """
    for one, kin in project.twins.items():
        for untrue in kin.untrue:
            yield Problem(
                f"metric:{one} and {untrue.other}",
                untrue.sentence,
                untrue.location,
                "Correct the relation, or the computation of one of the two",
            )
