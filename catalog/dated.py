"""Definitions of metrics as they stood: what `plumbline history --record` has taken from git, day by day.

A file of JSON beside `plumbline.yml`. Each metric has its states, oldest first, one a line: of the first all
that is recorded of it, of each other what is not as it was before. So the file reads as a list of changes.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from .model import Metric

STATES_FILE = "plumbline-history.json"

ABOUT = "Definitions of metrics as they stood. Written by `plumbline history --record`"

FORM = 1
"""Number of the file's form."""

MEANING = ("source", "filter", "expression", "numerator", "denominator")
"""Fields that say in SQL how a metric is computed."""

RECORDED = (
    *("label", "abbreviation", "summary", "description", "purpose", "formula", *MEANING, "type", "unit"),
    *("statistic", "additivity", "direction", "grain", "population", "dimensions", "time_anchor", "timezone"),
    *("matures_after", "late_data", "includes", "excludes", "limitations", "do_not_use_for", "target"),
    *("owner", "audience", "status", "certification", "version", "effective_from"),
)
"""Fields of a metric that are recorded. What is dated or run by itself is not: issues, examples, reviews."""

SPOKEN = (
    *("label", "abbreviation", "summary", "description", "purpose", "formula", "unit", "statistic", "grain"),
    *("population", "matures_after", "timezone", "includes", "excludes", "limitations", "do_not_use_for"),
    *("late_data", "target", "version"),
)
"""Of these, the fields whose words partners may read as they are."""

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A day on which a metric became another: the fields that did, None of what is gone.

    `sentences` say what has changed its numbers, upstream too, in names of tables and columns. What
    `stays_inside` names internal things in words for partners, as they were called then.
    """

    day: datetime.date
    commit: str
    fields: Fields
    sentences: tuple[str, ...] = ()
    stays_inside: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """All that is recorded, up to a commit."""

    commit: str = ""
    metrics: Mapping[str, tuple[DatedChange, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DatedState:
    """A metric as it stood from a day on. `until` is the day on which it became another.

    `changed` are the fields that are not as before, none for the first state.
    """

    day: datetime.date
    definition: Metric
    until: datetime.date | None = None
    changed: tuple[str, ...] = ()
    changes_values: bool = False
    commit: str = ""
    sentences: tuple[str, ...] = ()
    stays_inside: bool = False


@dataclass(frozen=True, slots=True)
class DatedMetric:
    """The states of a metric, oldest first. `is_current`: the last one is as it stands now."""

    states: tuple[DatedState, ...]
    is_current: bool = False


def recorded_fields(metric: Metric) -> dict[str, Any]:
    """What of a metric is recorded: plain values by field, without what is not given."""
    written = metric.model_dump(mode="json", exclude_defaults=True, include=set(RECORDED))
    return {key: _given(value) for key, value in written.items() if value not in (None, "", [], {})}


def states_of(name: str, changes: Sequence[DatedChange]) -> Iterator[DatedState]:
    """The states that changes lead to, oldest first; those that cannot be read any more are left out."""
    fields: dict[str, Any] = {}
    for index, change in enumerate(changes):
        fields = folded(fields, change.fields)
        known = {key: value for key, value in fields.items() if key in RECORDED}
        try:
            definition = Metric.model_validate({"name": name, **known})
        except ValidationError:
            continue
        following = changes[index + 1].day if index + 1 < len(changes) else None
        changed = tuple(key for key in RECORDED if key in change.fields) if index else ()
        yield DatedState(
            change.day,
            definition,
            following,
            changed,
            bool(change.sentences),
            change.commit,
            change.sentences,
            change.stays_inside,
        )


def spoken_texts_of(fields: Fields) -> Iterator[str]:
    """The words of recorded fields that partners may read as they are."""
    for key in SPOKEN:
        value = fields.get(key, "")
        yield from value if isinstance(value, list) else [value]
    for part in ("numerator", "denominator"):
        yield from (fields.get(part, {}).get(key, "") for key in ("label", "note"))


def folded(before: Fields, change: Fields) -> dict[str, Any]:
    """The fields after a change."""
    return {key: value for key, value in {**before, **change}.items() if value is not None}


def difference(before: Fields, after: Fields) -> dict[str, Any]:
    """The fields of one state that are not as in another; None of what is gone."""
    keys = sorted(before.keys() | after.keys())
    return {key: after.get(key) for key in keys if before.get(key) != after.get(key)}


def dated(record: Record, metrics: Mapping[str, Metric]) -> dict[str, DatedMetric]:
    """The recorded states of the metrics that there are, by name."""
    found = {}
    for name in sorted(record.metrics.keys() & metrics.keys()):
        states = tuple(states_of(name, record.metrics[name]))
        if states:
            is_current = recorded_fields(states[-1].definition) == recorded_fields(metrics[name])
            found[name] = DatedMetric(states, is_current)
    return found


def state_text(state: DatedState) -> str:
    """A state as a file for whoever cites it: stable text, so that its digest can be made again."""
    content = {
        "metric": state.definition.name,
        "from": state.day.isoformat(),
        "definition": recorded_fields(state.definition),
    }
    return json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def state_digest(state: DatedState) -> str:
    """The SHA-256 of that file."""
    return sha256(state_text(state).encode("utf-8", "surrogatepass")).hexdigest()


def record_text(record: Record) -> str:
    """The file of a record: a line for each state."""
    head = {"about": ABOUT, "form": FORM, "recorded_to": record.commit}
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    blocks = [
        f"    {json.dumps(name, ensure_ascii=False)}: [\n{_lines(record.metrics[name])}\n    ]"
        for name in sorted(record.metrics)
    ]
    metrics = ",\n".join(blocks)
    return "\n".join(["{", *lines, '  "metrics": {' + (f"\n{metrics}\n  " if blocks else "") + "}", "}", ""])


def record_of(content: Any) -> Record:
    """The record that a file holds.

    Raises:
        ValueError: the file does not have this form; the message says what is wrong.
    """
    if not isinstance(content, dict) or not isinstance(content.get("metrics"), dict):
        raise ValueError("`metrics` is no mapping")
    if content.get("form") != FORM:
        raise ValueError(f"it is of form `{content.get('form')}`, not `{FORM}`")
    metrics = {
        name: tuple(_change(name, each) for each in _list(name, changes))
        for name, changes in content["metrics"].items()
    }
    return Record(str(content.get("recorded_to", "")), metrics)


def _lines(changes: Sequence[DatedChange]) -> str:
    return ",\n".join(f"      {json.dumps(_written(each), ensure_ascii=False)}" for each in changes)


def _written(change: DatedChange) -> dict[str, Any]:
    written: dict[str, Any] = {"day": change.day.isoformat(), "commit": change.commit}
    if change.sentences:
        written["values"] = list(change.sentences)
    if change.stays_inside:
        written["stays_inside"] = True
    return {**written, "fields": dict(sorted(change.fields.items()))}


def _change(name: str, written: Any) -> DatedChange:
    try:
        day = datetime.date.fromisoformat(written["day"])
        fields, sentences = written["fields"], written.get("values", [])
        if not isinstance(fields, dict) or not all(isinstance(each, str) for each in sentences):
            raise TypeError
        is_inside = bool(written.get("stays_inside", False))
        return DatedChange(day, str(written["commit"]), fields, tuple(sentences), is_inside)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ValueError(f"a state of `{name}` is not a day, a commit and fields") from None


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"the states of `{name}` are no list")
    return value


def _given(value: Any) -> Any:
    """A value without the empty texts that stand for what is not given."""
    if isinstance(value, dict):
        return {key: _given(each) for key, each in value.items() if each not in (None, "")}
    return value
