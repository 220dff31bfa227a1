"""The example's metrics as queries: what changes their values is told, other words for the same are not.

`benchmarks/conformance.py` does the same with all of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from metric_mutations import MetricQuery, changed, metric_queries, places, rewritten
from time_mutations import timed_sources, told

from catalog import Project, open_project
from catalog.conformance import Verdict

ROOT = Path(__file__).parents[2]
SOME = ("appeal_rate_28d", "notice_volume", "shrinkage_rate", "violative_view_rate")


@pytest.fixture(scope="module")
def example() -> Project:
    return open_project(ROOT)


@pytest.fixture(scope="module")
def queries(example: Project) -> list[MetricQuery]:
    return [query for query in metric_queries(example) if query.metric in SOME]


def test_what_changes_a_value_is_told(example: Project, queries: list[MetricQuery]) -> None:
    missed = [
        (query.metric, change.kind)
        for query in queries
        for change, held in _held(example, query, changed(query, 1))
        if held is not Verdict.DIFFERS
    ]
    assert missed == []


def test_other_words_for_the_same_match(example: Project, queries: list[MetricQuery]) -> None:
    alarms = [
        (query.metric, change.kind)
        for query in queries
        for change, held in _held(example, query, rewritten(query, 1))
        if held is not Verdict.MATCH
    ]
    assert alarms == []


def test_sources_of_one_event_or_two_are_told_apart_whatever_their_shape(example: Project) -> None:
    sources = list(timed_sources(example))[:22]
    wrong = [source.kind for source in sources if told(example, source) is not source.expected]
    assert wrong == []


def _held(example: Project, query: MetricQuery, made: list) -> list:  # type: ignore[type-arg]
    found = places(example, query, [each.sql for each in made])
    return [(change, held.verdict) for change, held in zip(made, found, strict=True)]
