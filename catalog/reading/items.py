"""One mapping of a file → one thing of the model, or what does not fit, in our own words.

A value that does not fit is left out and the thing is kept, as long as it has what it must have. Where
leaving out would make a thing more visible, the careful value stands in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..model import Location, Misfit, Written
from ..suggest import nearest
from .item_faults import bad_value, beyond_bounds, known_keys, missing_key, model_at, unknown_key
from .yaml_values import YamlList, YamlMapping, without_origins

Path = tuple[str | int, ...]
WrittenTexts = Mapping[tuple[int, int], str]
T = TypeVar("T", bound=Written)

CAREFUL: Mapping[str, object] = {
    "audience": "restricted",
    "classification": "restricted",
    "personal_data": True,
}
"""Key → what stands in for a value that cannot be read: a slip of the pen must not publish anything."""

FREE_KEYS = ("custom_properties", "severity", "aliases")
"""Keys whose mappings have free keys, so that the origin must not be among them."""

_GONE = object()


@dataclass(frozen=True, slots=True)
class _Fault:
    """All that pydantic says about one value: `path` leads to it, or to the key that is missing."""

    path: Path
    errors: tuple[ErrorDetails, ...]

    @property
    def kind(self) -> str:
        return "union" if len(self.errors) > 1 else self.errors[0]["type"]

    @property
    def left_out(self) -> Path:
        """The path to what goes: the value, or the mapping that lacks a key."""
        return self.path[:-1] if self.kind == "missing" else self.path


def read_item(
    model: type[T], raw: YamlMapping, subject: str, written: WrittenTexts
) -> tuple[T | None, tuple[Misfit, ...]]:
    """The thing a mapping describes, None where it lacks what it must have, and its misfits.

    `subject` names the thing in findings; `written` has the text of values that YAML made numbers or dates.
    """
    try:
        return model.model_validate(_with_free_keys(raw)), ()
    except ValidationError as error:
        faults = _faults(error, raw)
    rest = _copy(raw)
    faults = [fault for fault in faults if not _taken_as_text(fault, raw, rest, written)]
    misfits = tuple(
        _misfit(model, raw, fault, subject) for fault in faults if not _explained(fault, faults, model)
    )
    return _without(model, rest, faults), misfits


def close_repeats(value: object) -> None:
    """Gives keys of `CAREFUL` that a mapping has twice their careful value: neither can be trusted."""
    if isinstance(value, YamlMapping):
        written = [key for key, _, _ in value.keys_at]
        for key in (key for key in CAREFUL if written.count(key) > 1):
            value[key] = CAREFUL[key]
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        close_repeats(inner)


def _without(model: type[T], rest: YamlMapping, faults: Sequence[_Fault]) -> T | None:
    """The thing without its faulty values; leaving one out may cost what it stands in, and so on up."""
    while True:
        # What stands inside goes before what it stands in, so that each path still leads somewhere.
        for fault in sorted(faults, key=lambda fault: -len(fault.left_out)):
            if not _leave_out(model, rest, fault):
                return None
        _close_gaps(rest)
        try:
            return model.model_validate(_with_free_keys(rest))
        except ValidationError as error:
            faults = _faults(error, rest)


def _faults(error: ValidationError, raw: YamlMapping) -> list[_Fault]:
    """The errors of pydantic by the value they are about; those of the members of a union are one fault."""
    by_path: dict[Path, list[ErrorDetails]] = {}
    for details in error.errors(include_url=False):
        path = _path_in(raw, details["loc"], ends_missing=details["type"] == "missing")
        by_path.setdefault(path, []).append(details)
    return [_Fault(path, tuple(errors)) for path, errors in by_path.items()]


def _path_in(raw: YamlMapping, location: Path, *, ends_missing: bool) -> Path:
    """The part of an error's location that leads through the file; the rest names members of a union."""
    value: Any = raw
    for depth, step in enumerate(location):
        is_there = (
            step in value
            if isinstance(value, dict)
            else isinstance(value, list) and step in range(len(value))
        )
        if not is_there:
            return location if ends_missing else location[:depth]
        value = value[step]
    return location


def _misfit(model: type[Written], raw: YamlMapping, fault: _Fault, subject: str) -> Misfit:
    container, key = _container(raw, fault.path), fault.path[-1] if fault.path else ""
    owner = model_at(model, fault.path[:-1]) or model
    subject = _subject(raw, fault.path, subject)
    if fault.kind == "missing":
        return Misfit("FL003", subject, *_said(missing_key(owner, str(key)), container.origin.at()))
    if fault.kind == "extra_forbidden":
        return Misfit("FL002", subject, *_said(unknown_key(owner, str(key)), container.key_at(str(key))))
    key = _last_key(fault.path)
    words = beyond_bounds(key, fault.errors[0]) or bad_value(
        key, fault.kind, fault.errors[0]["input"], model_at(model, fault.path)
    )
    return Misfit("FL003", subject, *_said(words, _place(raw, fault.path)))


def _said(words: tuple[str, str | None], place: Location) -> tuple[str, Location, str | None]:
    message, hint = words
    return message, place, hint


def _explained(fault: _Fault, faults: Sequence[_Fault], model: type[Written]) -> bool:
    """Whether a missing key is there, but misspelt: the unknown key is the finding then."""
    if fault.kind != "missing":
        return False
    owner = model_at(model, fault.path[:-1]) or model
    return any(
        other.kind == "extra_forbidden"
        and other.path[:-1] == fault.path[:-1]
        and nearest(str(other.path[-1]), known_keys(owner)) == fault.path[-1]
        for other in faults
    )


def _taken_as_text(fault: _Fault, raw: YamlMapping, rest: YamlMapping, written: WrittenTexts) -> bool:
    """Whether the value is a number or date where text belongs, and now is the text as written (`1.10`)."""
    if not any(error["type"] == "string_type" for error in fault.errors):
        return False
    place = _place(raw, fault.path)
    text = written.get((place.line, place.column))
    value = _value_at(raw, fault.path)
    if text is None or isinstance(value, bool | list | dict):
        return False
    _value_at(rest, fault.path[:-1])[fault.path[-1]] = text
    return True


def _leave_out(model: type[Written], rest: YamlMapping, fault: _Fault) -> bool:
    """Takes a faulty value out, or the mapping that lacks a key; False where that is the thing itself."""
    path = fault.left_out
    if not path:
        return False
    holder, key = _value_at(rest, path[:-1]), path[-1]
    if isinstance(holder, list):
        holder[int(key)] = _GONE
        return True
    if key not in holder:
        return True
    del holder[key]
    if fault.kind == "extra_forbidden":
        owner = model_at(model, path[:-1]) or model
        guess = nearest(str(key), known_keys(owner))
        if guess is not None and guess in CAREFUL:
            holder.setdefault(guess, CAREFUL[guess])
    elif key in CAREFUL:
        holder[key] = CAREFUL[str(key)]
    return True


def _close_gaps(value: Any) -> None:
    """Removes what was taken out of lists."""
    if isinstance(value, list):
        value[:] = [item for item in value if item is not _GONE]
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _close_gaps(inner)


def _copy(value: Any) -> Any:
    """A copy that can be mended; an anchored value in a file may stand in several places."""
    if isinstance(value, YamlMapping):
        copy = YamlMapping({key: _copy(inner) for key, inner in value.items()})
        copy.keys_at = value.keys_at
        return copy
    if isinstance(value, YamlList):
        items = YamlList(_copy(inner) for inner in value)
        items.places = value.places
        return items
    return value


def _with_free_keys(raw: YamlMapping) -> Mapping[str, Any]:
    free = [key for key in FREE_KEYS if key in raw]
    if not free:
        return raw
    return {**raw, **{key: without_origins(raw[key]) for key in free}}


def _value_at(raw: YamlMapping, path: Path) -> Any:
    value: Any = raw
    for step in path:
        value = value[step]
    return value


def _container(raw: YamlMapping, path: Path) -> YamlMapping:
    """The innermost mapping that a path leads into."""
    holder: Any = raw
    for length in range(len(path) - 1, -1, -1):
        holder = _value_at(raw, path[:length])
        if isinstance(holder, YamlMapping):
            break
    return holder if isinstance(holder, YamlMapping) else raw


def _place(raw: YamlMapping, path: Path) -> Location:
    """The place of a value of the file."""
    if not path:
        return raw.origin.at()
    value = _value_at(raw, path)
    if isinstance(value, YamlMapping):
        return value.origin.at()
    holder = _value_at(raw, path[:-1])
    if isinstance(holder, YamlMapping):
        return holder.origin.at(str(path[-1]))
    for index, line, column in holder.places:
        if index == path[-1]:
            return Location(raw.origin.file, line, column)
    return _place(raw, path[:-1])


def _last_key(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _subject(raw: YamlMapping, path: Path, subject: str) -> str:
    """The thing, what stands on the way to the value (by name, else by place in its list), and the key."""
    value: Any = raw
    list_key = ""
    for step in path[:-1]:
        value = value[step]
        if isinstance(step, str):
            list_key = step
            continue
        name = value.get("name") if isinstance(value, dict) else None
        subject += f".{name}" if isinstance(name, str) else f".{list_key}.{step}"
    key = _last_key(path)
    return f"{subject}:{key}" if key else subject
