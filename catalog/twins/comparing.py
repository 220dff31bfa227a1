"""Facts of the metrics of a bucket → which of them compute the same, and which all but the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ..conformance import NAMES
from ..sql.canonical import Part
from ..sql.conforming import AggregateCall
from .reading import Ends, Fact

MOST_COMPARED_IN_PAIRS = 20
"""Of a larger group, each is compared with the first: a hundred that differ in a country are one family."""


def pairs_alike(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """The pairs that differ in one thing at most, each once, in the order of their names."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in sorted(facts, key=lambda each: each.metric.name):
        for key in set(_keys(fact)):
            groups.setdefault(key, []).append(fact)
    found: dict[tuple[str, str], tuple[Fact, Fact]] = {}
    for group in groups.values():
        for one, other in _pairs(group):
            found.setdefault((one.metric.name, other.metric.name), (one, other))
    for names in sorted(found):
        if distance(*found[names]) <= 1:
            yield found[names]


def _pairs(group: Sequence[Fact]) -> Iterable[tuple[Fact, Fact]]:
    if len(group) <= MOST_COMPARED_IN_PAIRS:
        return combinations(group, 2)
    return ((group[0], other) for other in group[1:])


def _keys(fact: Fact) -> Iterator[tuple[object, ...]]:
    """What it shares with those that differ from it in one thing: a filter, its value, or its time.

    A filter that one has and the other lacks is that other with all of its filters.
    """
    value, rows = fact.computation.value, fact.computation.rows
    texts = sorted(part.text for part in fact.filters)
    yield "filters", value, fact.time, tuple(texts)
    for index in range(len(texts)):
        yield "filters", value, fact.time, tuple(texts[:index] + texts[index + 1 :])
    yield "value", rows, fact.time, tuple(sorted((call.role, _columns(call)) for call in fact.calls))
    yield "time", value, rows


def _columns(call: AggregateCall) -> tuple[str, ...]:
    return tuple(sorted(set(NAMES.findall(call.argument))))


def is_same(one: Fact, other: Fact) -> bool:
    """Do both compute the same, for every day?"""
    mine, theirs = one.computation, other.computation
    return (mine.value, mine.rows, one.time) == (theirs.value, theirs.rows, other.time)


def distance(one: Fact, other: Fact) -> int:
    """In how many things two metrics differ; many where it is not told how."""
    filters = max(map(len, _beyond(one, other)))
    calls = max(map(len, _other_calls(one, other)))
    is_other_value = one.computation.value != other.computation.value
    has_other_rows = one.frame != other.frame or (
        one.computation.rows != other.computation.rows and not filters
    )
    return (
        filters
        + (max(calls, 1) if is_other_value else 0)
        + (one.time != other.time)
        + (2 if has_other_rows or not _is_over_same(one, other) else 0)
    )


def _is_over_same(one: Fact, other: Fact) -> bool:
    """Is each aggregate that differs over the same columns in both?"""
    mine, theirs = _other_calls(one, other)
    return sorted(map(_columns, mine)) == sorted(map(_columns, theirs))


def differences(one: Fact, other: Fact) -> tuple[str, ...]:
    """What the first has and the other has not, and the other way round, in sentences that name both."""
    names = one.metric.name, other.metric.name
    return tuple(dict.fromkeys([*_filter_sentences(one, other, names), *_value_sentences(one, other, names),
                                *_time_sentences(one, other, names)]))  # fmt: skip


def _filter_sentences(one: Fact, other: Fact, names: tuple[str, str]) -> Iterator[str]:
    mine, theirs = ([f"`{_plain(part.written)}`" for part in parts] for parts in _beyond(one, other))
    for mine_one, their_one in zip(mine, theirs, strict=False):
        yield f"`{names[0]}` has the filter {mine_one}, `{names[1]}` {their_one}"
    for rest, name in ((mine[len(theirs) :], names[0]), (theirs[len(mine) :], names[1])):
        yield from (f"only `{name}` has the filter {text}" for text in rest)


def _value_sentences(one: Fact, other: Fact, names: tuple[str, str]) -> Iterator[str]:
    if one.computation.value == other.computation.value:
        return
    mine, theirs = ([call.written for call in calls] for calls in _other_calls(one, other))
    if len(mine) != len(theirs) or not mine:
        mine, theirs = [one.computation.written], [other.computation.written]
    for mine_one, their_one in zip(mine, theirs, strict=True):
        yield f"`{names[0]}` has `{_plain(mine_one)}`, `{names[1]}` `{_plain(their_one)}`"


def _time_sentences(one: Fact, other: Fact, names: tuple[str, str]) -> Iterator[str]:
    if one.anchor != other.anchor:
        mine, theirs = (f"`{each.metric.time_anchor}`" if each.metric.time_anchor else "nothing"
                        for each in (one, other))  # fmt: skip
        yield f"`{names[0]}` is placed in time by {mine}, `{names[1]}` by {theirs}"
    if one.zone != other.zone:
        zones = (each.zone or "no time zone" for each in (one, other))
        yield "the days of `{}` are of {}, those of `{}` of {}".format(*_alternating(names, zones))


def _alternating(names: Iterable[str], others: Iterable[str]) -> list[str]:
    return [text for pair in zip(names, others, strict=True) for text in pair]


def _beyond(one: Fact, other: Fact) -> tuple[list[Part], list[Part]]:
    """The filters that only the first has, and those that only the other has."""
    return _only(one.filters, other.filters), _only(other.filters, one.filters)


def _only(parts: Iterable[Part], others: Iterable[Part]) -> list[Part]:
    rest = Counter(part.text for part in others)
    found = []
    for part in parts:
        if rest[part.text]:
            rest[part.text] -= 1
        else:
            found.append(part)
    return found


def _other_calls(one: Fact, other: Fact) -> tuple[list[AggregateCall], list[AggregateCall]]:
    """The aggregates that only the first has, and those that only the other has."""
    return _only_calls(one.calls, other.calls), _only_calls(other.calls, one.calls)


def _only_calls(calls: Iterable[AggregateCall], others: Iterable[AggregateCall]) -> list[AggregateCall]:
    rest = Counter((each.function, each.argument, each.role) for each in others)
    found = []
    for call in calls:
        key = call.function, call.argument, call.role
        if rest[key]:
            rest[key] -= 1
        else:
            found.append(call)
    return found


def _plain(written: str) -> str:
    """SQL as its author wrote it: without the table before each column, and no longer than can be read."""
    text = re.sub(r"\b\w+\.(?=\w+\b(?!\s*\())", "", written.replace("`", ""))
    return text if len(text) <= 160 else f"{text[:157]}…"


def read_elsewhere(one: Ends, other: Ends, names: tuple[str, str]) -> str:
    """That two metrics rest on other columns, in a sentence."""
    mine, theirs = (sorted(each) for each in (one - other, other - one))
    told = [f"`{name}` rests on {_few(listed)}" for name, listed in zip(names, (mine, theirs), strict=True)
            if listed]  # fmt: skip
    return ", ".join(told)


def _few(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
