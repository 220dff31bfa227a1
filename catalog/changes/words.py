"""The words that changes are told in: what rows, columns and values are called, and what differs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import Catalog, Column, Enum, Table

LONGEST = 160
"""Characters of SQL that a sentence quotes."""

GRAIN = re.compile(r"One row per ([a-z][a-z-]*)[.,;: ]")
"""What a row is, where it is said in one word."""

LITERAL = r"'(?:[^'\\]|\\.)*'|\d[\w.]*|boolean\([^()]*\)"
NAME = r"[\[\]<>\w.#-]*?(?P<table>[\w-]+(?:\.[\w-]+)*)\.(?P<column>\w+)>*"

COMPARED = (
    re.compile(rf"(?P<word>eq|ne|lt|lte)\((?P<low>{LITERAL}),{NAME}\)"),
    re.compile(rf"(?P<word>eq|ne|lt|lte)\({NAME},(?P<high>{LITERAL})\)"),
)
"""A canonical condition that compares one column with one value."""

EMPTY = (
    ("null", re.compile(rf"is\(expression=null\(\),this={NAME}\)")),
    ("not null", re.compile(rf"not\(is\(expression=null\(\),this={NAME}\)\)")),
)

ALTERNATIVES = re.compile(r"or\((.*)\)")

NESTING = re.compile(r"'(?:[^'\\]|\\.)*'|[()\[\]<>{},]")

TOKEN = re.compile(r"'(?:[^'\\]|\\.)*'|\w+(?:\.\d+)?|[^\w\s]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A condition on one column: how it is compared (`eq`, `least`, `null` …), and with what."""

    how: str
    table: str
    column: str
    value: str = ""


def comparison_of(text: str) -> Comparison | None:
    """What a canonical condition says, where it says one plain thing of one column."""
    for how, pattern in EMPTY:
        if found := pattern.fullmatch(text):
            return Comparison(how, found["table"], found["column"])
    for pattern in COMPARED:
        if found := pattern.fullmatch(text):
            groups = found.groupdict()
            is_low = "low" in groups
            word = found["word"]
            how = {"lt": "more" if is_low else "less", "lte": "least" if is_low else "most"}.get(word, word)
            return Comparison(how, found["table"], found["column"], groups.get("low") or groups["high"])
    return None


def alternatives_of(text: str) -> list[Comparison | None]:
    """What each of the alternatives says that a canonical condition allows; itself where it is plain."""
    inside = ALTERNATIVES.fullmatch(text)
    return [comparison_of(each) for each in _split(inside[1])] if inside else [comparison_of(text)]


def _split(text: str) -> list[str]:
    """The parts of a text between commas, where no parenthesis or quotation is open."""
    found, depth, start = [], 0, 0
    for token in NESTING.finditer(text):
        sign = token[0]
        depth += (sign in "([<{") - (sign in ")]>}")
        if sign == "," and not depth:
            found.append(text[start : token.start()])
            start = token.end()
    return [*found, text[start:]]


def rows_of(table: Table | None) -> str:
    """What the rows of a table are called: `appeals`, where its grain says so in a word."""
    found = GRAIN.match(f"{table.grain} ") if table is not None and table.grain else None
    return _plural(found[1]) if found else "rows"


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def column_name(column: Column | None, name: str) -> str:
    """What a column is called."""
    if column is not None and column.label:
        return column.label[:1].lower() + column.label[1:] if column.label[1:2].islower() else column.label
    spoken = name.lower() if name.isupper() else name  # Some dialects fold all names to capitals.
    return spoken.replace("_", " ")


def value_name(value: str, column: Column | None, catalog: Catalog) -> str:
    """What a value is called: by its enumeration, else as it stands."""
    bare = value[1:-1] if value.startswith("'") else value
    enum: Enum | None = catalog.enums.get(column.enum) if column is not None and column.enum else None
    for each in enum.values if enum is not None else ():
        if str(each.value) == bare and each.label:
            return f"“{each.label}”"
    return f"`{bare}`"


def code(text: str) -> str:
    """A piece of SQL as a sentence quotes it."""
    line = " ".join(text.split())
    short = line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    return f"`{short.replace('`', '')}`"


def other_token(before: str, after: str) -> tuple[str, str, str] | None:
    """The one word in which two texts differ, and the word before it; None where they differ in more."""
    one, other = TOKEN.findall(before), TOKEN.findall(after)
    if len(one) != len(other):
        return None
    places = [index for index, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(places) != 1:
        return None
    place = places[0]
    return one[place], other[place], one[place - 1].upper() if place else ""


def is_number(word: str) -> bool:
    """Whether a word is a number."""
    return NUMBER.fullmatch(word) is not None
