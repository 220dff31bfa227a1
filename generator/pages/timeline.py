"""What became of one metric: the entries of its own history, and what git has recorded, by day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog import DatedMetric, DatedState, Metric
from generator.links import past_metric_path
from generator.pages.past_metric import changed_words


@dataclass(frozen=True, slots=True)
class Told:
    """What happened on a day. `path` leads to how the metric stood then; `sentences` name internal things."""

    date: datetime.date
    text: str = ""
    version: str | None = None
    value_changing: bool = False
    recorded: str = ""
    sentences: tuple[str, ...] = ()
    path: str | None = None


def timeline_of(metric: Metric, dated: DatedMetric | None) -> list[Told]:
    """Everything that is written or recorded of a metric. That something was first recorded is no news."""
    states = {state.day: state for state in dated.states} if dated else {}
    return [*_written(metric, states), *_untold(metric, dated)]


def _written(metric: Metric, states: dict[datetime.date, DatedState]) -> Iterator[Told]:
    """The entries of the definition; the first of a day with what is recorded of that day."""
    for entry in metric.changes:
        told = Told(entry.date, entry.text, entry.version, entry.value_changing)
        state = states.pop(entry.date, None)
        yield _with_recorded(told, state, metric.name) if state else told


def _untold(metric: Metric, dated: DatedMetric | None) -> Iterator[Told]:
    """What is recorded of days of which the definition says nothing."""
    days = {entry.date for entry in metric.changes}
    for state in dated.states[1:] if dated else ():
        if state.day not in days:
            yield _with_recorded(Told(state.day), state, metric.name)


def _with_recorded(told: Told, state: DatedState, name: str) -> Told:
    path = past_metric_path(name, state.day)
    return replace(told, recorded=changed_words(state), sentences=state.sentences, path=path)
