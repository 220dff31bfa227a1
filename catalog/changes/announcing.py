"""Changes of numbers that nobody was told of: the metrics they reach have no new entry in their history."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks.frame import Problem
from ..model import Metric
from ..project import Project
from .values import Alteration, Alterations

SHOWN = 3
"""Changes that a message names."""


def unannounced(changes: Alterations, base: Project, head: Project) -> Iterator[Problem]:
    """Metrics whose values may be others than before, without an entry in `changes:` that is new."""
    for name, causes in changes.value_changing.items():
        metric = head.catalog.metrics.get(name)
        before = base.catalog.metrics.get(name)
        if metric is not None and before is not None and not _is_told(before, metric):
            yield Problem(f"metric:{name}", _message(metric, causes), metric.at("changes"), HINT)


HINT = "Add an entry to its `changes:` with the date and what readers should expect"


def _is_told(before: Metric, after: Metric) -> bool:
    known = {(entry.date, entry.text) for entry in before.changes}
    return any((entry.date, entry.text) not in known for entry in after.changes)


def _message(metric: Metric, causes: tuple[Alteration, ...]) -> str:
    told = "; ".join(cause.sentence for cause in causes[:SHOWN])
    more = f"; and {len(causes) - SHOWN} more" if len(causes) > SHOWN else ""
    return f"values of `{metric.name}` may change, and its history does not say so: {told}{more}"
