"""Values of other tools → things of the model. A value that does not fit is left out and noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..model import Described, Misfit, Origin, Table
from ..reading.item_faults import bad_value, beyond_bounds, noun
from ..reading.yaml_values import ORIGIN_KEY

T = TypeVar("T", bound=Described)

LEFT_OUT = "FL007"
"""Code of the check that reports what an importer could not take."""

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
        if not all(_taken_out(rest, error) for error in errors):
            return None
        subject = subject_of(model, str(values.get("name")))
        misfits += [_misfit(error, subject, origin) for error in errors]


def without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that say something; texts without blanks around."""
    stripped = {key: value.strip() if isinstance(value, str) else value for key, value in values.items()}
    return {key: value for key, value in stripped.items() if value not in (None, "", (), [], {})}


def subject_of(model: type[Described], name: str) -> str:
    """How findings call a thing: a table by its name, anything else by kind and name."""
    return name if model is Table else f"{noun(model)}:{name}"


def listed(names: Iterable[str]) -> str:
    """The first of some names in backticks, and how many more there are."""
    every = sorted(names)
    first = ", ".join(f"`{name}`" for name in every[:MOST_NAMED])
    more = len(every) - MOST_NAMED
    return f"{first} and {more:,} more" if more > 0 else first


def _taken_out(rest: dict[str, Any], error: ErrorDetails) -> bool:
    """Takes the value out that an error is about; False where it is what the thing must have."""
    value: Any = rest
    holder, key = rest, ""
    for step in error["loc"]:
        if isinstance(value, dict) and step in value:
            holder, key = value, str(step)
        elif not (isinstance(value, list) and isinstance(step, int) and step < len(value)):
            break
        value = value[step]
    if error["type"] == "missing" or key in ("", "name"):
        return False
    del holder[key]
    return True


def _misfit(error: ErrorDetails, subject: str, origin: Origin) -> Misfit:
    key = next((step for step in reversed(error["loc"]) if isinstance(step, str)), "")
    words = beyond_bounds(key, error) or bad_value(key, error["type"], error["input"])
    return Misfit(LEFT_OUT, f"{subject}:{key}", f"{words[0]}, and is left out", origin.at(key), words[1])
