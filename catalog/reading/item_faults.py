"""The words for what does not fit the model: pydantic's errors, translated at the door."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, get_args

from pydantic_core import ErrorDetails

from ..model import Written
from ..suggest import did_you_mean

Words = tuple[str, str | None]
"""Message and hint."""

_QUOTED = re.compile(r"'([^']*)'")
_LONGEST_SHOWN = 40


def model_at(model: type[Written], path: Sequence[str | int]) -> type[Written] | None:
    """The model of the mapping a path leads to; None where a plain value stands there."""
    found: type[Written] | None = model
    for step in path:
        if isinstance(step, int) or found is None:
            continue
        fields = {field.alias or name: field for name, field in found.model_fields.items()}
        found = _model_in(fields[step].annotation) if step in fields else None
    return found


def known_keys(model: type[Written]) -> tuple[str, ...]:
    """The keys that a mapping of a model may have."""
    keys = (field.alias or name for name, field in model.model_fields.items())
    return tuple(key for key in keys if not key.startswith("__"))


def noun(model: type[Written]) -> str:
    """What one thing of a model is called: `table`, `known issue`."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()


def missing_key(model: type[Written], key: str) -> Words:
    """A key that the mapping must have."""
    return f"{_a(model)} needs `{key}`", f"Add `{key}:`"


def unknown_key(model: type[Written], key: str) -> Words:
    """A key nobody knows, and the one that was probably meant."""
    keys = known_keys(model)
    otherwise = "Put keys of your own under `custom_properties`" if "custom_properties" in keys else None
    listed = otherwise or f"Its keys are {_listed(keys)}"
    return f"unknown key `{key}` in {_a(model)}", did_you_mean(key, keys, listed)


def bad_value(key: str, kind: str, value: object, model: type[Written] | None = None) -> Words:
    """A value of the wrong kind under a key. `kind` is pydantic's name of the fault, or `union`.

    `model` is what a mapping there would be.
    """
    if value is None or kind == "string_too_short":
        return f"`{key}` is empty", "Give it a value, or remove the key"
    if kind == "model_type" and model:
        return f"{_a(model)} needs keys, not {_shown(value)}", "Write it as `key: value` lines"
    needed, hint = _needed(kind)
    return f"`{key}` needs {needed}, not {_shown(value)}", hint


def beyond_bounds(key: str, error: ErrorDetails) -> Words | None:
    """A value of the right kind that is not among the choices, or too long; None for any other error."""
    value, context = error["input"], dict(error.get("ctx", {}))
    if error["type"] in ("enum", "literal_error"):
        choices = _QUOTED.findall(context["expected"])
        hint = did_you_mean(str(value), choices, f"Write one of {_listed(choices)}")
        return f"`{key}` cannot be {_shown(value)}", hint
    if error["type"] == "string_too_long":
        length, limit = len(value), context["max_length"]
        return f"`{key}` has {length} characters, {limit} are allowed", "Shorten it"
    if error["type"] in ("less_than_equal", "greater_than_equal"):
        limit = context.get("le", context.get("ge"))
        least_or_most = "most" if "le" in context else "least"
        return f"`{key}` is {_shown(value)}, at {least_or_most} {limit} is allowed", None
    return None


def _needed(kind: str) -> Words:
    if kind == "tuple_type":
        return "a list", "Write each item on a line of its own behind `- `, or all between `[` and `]`"
    if kind.startswith("date"):
        return "a date", "Write it as year, month and day, like `2026-03-31`"
    if kind.startswith("int"):
        return "a whole number", None
    if kind.startswith("bool"):
        return "`true` or `false`", None
    if kind == "dict_type":
        return "keys", "Write it as `key: value` lines"
    if kind == "union":
        return "text, a number, `true` or `false`", None
    if kind == "string_type":
        return "text", "Put quotes round it if it is text"
    return "another value", None


def _model_in(annotation: Any) -> type[Written] | None:
    """The first model inside a type such as `tuple[Column, ...]` or `MetricPart | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Written):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def _a(model: type[Written]) -> str:
    """`a known issue`, `an enum`, `plumbline.yml`."""
    if model.__name__ == "Settings":
        return "`plumbline.yml`"
    words = noun(model)
    if words.endswith("keys"):
        return words
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _listed(words: Sequence[str]) -> str:
    quoted = [f"`{word}`" for word in words]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    text = str(value).split("\n", 1)[0].replace("`", "'")
    return f"`{text[:_LONGEST_SHOWN]}…`" if len(text) > _LONGEST_SHOWN else f"`{text}`"
