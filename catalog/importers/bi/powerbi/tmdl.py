"""TMDL (Tabular Model Definition Language, Microsoft) → the same mapping as the JSON of a model.

Indentation tells what belongs to what: things and their properties one step in, expressions two steps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ....reading.document_faults import UnreadableError
from .model import FILE, LINE

NAME = r"'(?:[^']|'')*'|[^\s=:'][^=:']*?"
OBJECT = re.compile(rf"(\w+)\s+({NAME})\s*(?:=\s*(.*))?$")
PROPERTY = re.compile(r"(\w+)\s*:\s*(.*)$")
ASSIGNED = re.compile(r"(\w+)\s*=\s*(.*)$")
FLAG = re.compile(r"\w+$")

LISTS = {"table": "tables", "column": "columns", "measure": "measures", "partition": "partitions",
         "expression": "expressions"}  # fmt: skip
"""Kind of a thing → the list of it in the JSON; others are passed over."""

HEADS = frozenset(
    {"database", "model", "table", "expression", "relationship", "role", "culture", "cultureInfo", "ref",
     "perspective", "dataSource", "annotation", "queryGroup", "function", "createOrReplace",
     "extendedProperty", "bindingInfo"}
)  # fmt: skip
"""What a file may begin with."""

FENCE = "```"
SPACES = 4
"""Spaces that count as one tab."""

DEEPEST = 40
"""Steps of indentation."""

WRITE_AGAIN = "Let Power BI write it again"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: its number, its depth in steps, and the text without indentation."""

    number: int
    depth: int
    text: str
    raw: str


def read_tmdl(text: str, file: str) -> dict[str, Any]:
    """The model that a file describes, as far as it does: tables and expressions.

    Raises:
        UnreadableError: it begins with nothing that TMDL knows.
    """
    lines = [_line(number, raw) for number, raw in enumerate(text.split("\n"), 1)]
    first = next((each for each in lines if each.text and not each.text.startswith("///")), None)
    if first is not None and re.split(r"\W", first.text, maxsplit=1)[0] not in HEADS:
        raise UnreadableError("this is no TMDL", (first.number, 1), WRITE_AGAIN)
    deep = next((each for each in lines if each.depth > DEEPEST and each.text), None)
    if deep is not None:
        raise UnreadableError("the line is indented too deep", (deep.number, 1), WRITE_AGAIN)
    root: dict[str, Any] = {FILE: file}
    _read_children(lines, 0, -1, root)
    return root


def _line(number: int, raw: str) -> _Line:
    body = raw.lstrip(" \t")
    indent = raw[: len(raw) - len(body)]
    depth = indent.count("\t") + indent.count(" ") // SPACES
    return _Line(number, depth, body.rstrip(), raw)


def _read_children(lines: list[_Line], at: int, depth: int, holder: dict[str, Any]) -> int:
    """Reads what stands deeper than a depth into a mapping; gives the index of the first other line."""
    while at < len(lines):
        line = lines[at]
        if not line.text or line.text.startswith("///"):
            at += 1
        elif line.depth <= depth:
            return at
        else:
            at = _read_one(lines, at, holder)
    return at


def _read_one(lines: list[_Line], at: int, holder: dict[str, Any]) -> int:
    line = lines[at]
    if found := PROPERTY.match(line.text):
        holder.setdefault(found[1], _plain(found[2]))
        return at + 1
    if found := ASSIGNED.match(line.text):
        value, at = _expression(lines, at, found[2], line.depth + 1)
        if found[1] == "source":
            said = holder.get("source")
            holder["source"] = {**(said if isinstance(said, dict) else {}), "expression": value}
        else:
            holder.setdefault(found[1], value)
        return at
    if found := OBJECT.match(line.text):
        return _read_object(lines, at, holder, found)
    if FLAG.match(line.text):
        inner: dict[str, Any] = {}
        end = _read_children(lines, at + 1, line.depth, inner)
        holder.setdefault(line.text, inner or True)
        return end
    return at + 1


def _read_object(lines: list[_Line], at: int, holder: dict[str, Any], found: re.Match[str]) -> int:
    """A thing with a name: what stands behind `=` is its expression, of a partition its kind."""
    line, kind = lines[at], found[1]
    thing: dict[str, Any] = {"name": _unquoted(found[2]), LINE: line.number, FILE: holder.get(FILE, "")}
    at += 1
    if found[3] is not None and kind == "partition":
        thing["type"] = found[3].strip()
    elif found[3] is not None:
        thing["expression"], at = _expression(lines, at - 1, found[3], line.depth + 2)
    at = _read_children(lines, at, line.depth, thing)
    if kind in LISTS:
        _things(holder, LISTS[kind]).append(thing)
    elif kind in ("model", "database"):
        for name in LISTS.values():
            _things(holder, name).extend(_things(thing, name))
    return at


def _things(holder: dict[str, Any], name: str) -> list[Any]:
    """The list of a kind of things, whatever a property of that name may say."""
    if not isinstance(holder.get(name), list):
        holder[name] = []
    things: list[Any] = holder[name]
    return things


def _expression(lines: list[_Line], at: int, begun: str, depth: int) -> tuple[str, int]:
    """The text behind a `=`: on its line, between fences, or the lines below that stand that deep."""
    at += 1
    if begun.strip() == FENCE:
        end = next((i for i in range(at, len(lines)) if lines[i].text == FENCE), len(lines))
        return _dedented(lines[at:end]), end + 1
    end = at
    while end < len(lines) and (not lines[end].text or lines[end].depth >= depth):
        end += 1
    return "\n".join(filter(None, (begun.strip(), _dedented(lines[at:end])))), end


def _dedented(lines: list[_Line]) -> str:
    least = min((line.depth for line in lines if line.text), default=0)
    return "\n".join(f"{'    ' * (line.depth - least)}{line.text}" for line in lines).strip("\n")


def _unquoted(name: str) -> str:
    name = name.strip()
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _plain(value: str) -> str:
    value = value.strip()
    return value[1:-1].replace('""', '"') if len(value) > 1 and value[0] == value[-1] == '"' else value
