"""Values of other tools → things of the model. A value that does not fit is left out and noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..model import Audience, Described, Misfit, Origin, Table
from ..reading.item_faults import bad_value, beyond_bounds, noun
from ..reading.yaml_values import ORIGIN_KEY, YamlMapping

T = TypeVar("T", bound=Described)

LEFT_OUT = "FL007"
"""Code of the check that reports what an importer could not take."""

AUDIENCE_KEYS = frozenset({"audience", "audience_reason"})

MOST_NAMED = 5
"""Names that one finding lists."""


def built(model: type[T], values: Mapping[str, Any], origin: Origin, misfits: list[Misfit]) -> T | None:
    """The thing that the values describe; None where it lacks what it must have."""
    rest = without_empty({**values, ORIGIN_KEY: origin})
    while True:
        try:
            return model.model_validate(rest)
        except ValidationError as fault:
            errors = fault.errors(include_url=False)
        faults = {_place(rest, error): error for error in reversed(errors)}
        if None in faults:
            return None
        subject = subject_of(model, str(values.get("name")))
        for way, error in reversed(faults.items()):
            _take_out(rest, way or ())
            misfits.append(_misfit(error, subject, origin))


def without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that say something; texts without blanks around."""
    stripped = {key: value.strip() if isinstance(value, str) else value for key, value in values.items()}
    return {key: value for key, value in stripped.items() if value not in (None, "", (), [], {})}


def origin_of(mapping: object, keys: Mapping[str, str], whole: Origin) -> Origin:
    """Where a mapping and its keys stand, else where the whole does; `keys` has ours → theirs."""
    if not isinstance(mapping, YamlMapping):
        return whole
    own = mapping.origin
    places = {name: (line, column) for name, line, column in own.marks}
    marks = tuple((ours, *places[theirs]) for ours, theirs in keys.items() if theirs in places)
    return Origin(whole.file, own.line, own.column, marks, whole.source)


def narrowed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with an audience only where it is smaller than that of everything imported."""
    return {
        key: value
        for key, value in values.items()
        if key not in AUDIENCE_KEYS or values.get("audience") == Audience.RESTRICTED
    }


def subject_of(model: type[Described], name: str) -> str:
    """How findings call a thing: a table by its name, anything else by kind and name."""
    return name if model is Table else f"{noun(model)}:{name}"


def listed(names: Iterable[str]) -> str:
    """The first of some names in backticks, and how many more there are."""
    every = sorted(names)
    first = ", ".join(f"`{name}`" for name in every[:MOST_NAMED])
    more = len(every) - MOST_NAMED
    return f"{first} and {more:,} more" if more > 0 else first


def _place(rest: dict[str, Any], error: ErrorDetails) -> tuple[str | int, ...] | None:
    """The way to the key that an error is about; None where it is one that the thing must have.

    Steps behind it lead into what the value could have been, of which each has an error of its own.
    """
    value: Any = rest
    way: list[str | int] = []
    for step in error["loc"]:
        is_there = isinstance(value, dict) and step in value
        if not is_there and not (isinstance(value, list) and isinstance(step, int) and step < len(value)):
            break
        value = value[step]
        way.append(step)
    while way and isinstance(way[-1], int):
        way.pop()
    is_needed = error["type"] == "missing" or not way or way[-1] == "name"
    return None if is_needed else tuple(way)


def _take_out(rest: dict[str, Any], way: tuple[str | int, ...]) -> None:
    holder: Any = rest
    for step in way[:-1]:
        holder = holder[step]
    holder.pop(way[-1], None)


def _misfit(error: ErrorDetails, subject: str, origin: Origin) -> Misfit:
    key = next((step for step in reversed(error["loc"]) if isinstance(step, str)), "")
    words = beyond_bounds(key, error) or bad_value(key, error["type"], error["input"])
    return Misfit(LEFT_OUT, f"{subject}:{key}", f"{words[0]}, and is left out", origin.at(key), words[1])
