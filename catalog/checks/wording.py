"""What a text says beyond a name."""

from __future__ import annotations

import re

EMPTY_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "be", "by", "column", "columns", "contain", "contains", "each",
     "field", "fields", "for", "from", "give", "gives", "given", "hold", "holds", "in", "into", "is",
     "it", "its", "metric", "number", "of", "on", "or", "record", "records", "row", "rows", "show",
     "shows", "store", "stores", "table", "that", "the", "their", "these", "this", "those", "to",
     "value", "values", "which", "with"}
)  # fmt: skip
"""Words that say nothing about a thing."""


WORD = re.compile(r"[^\W_]+")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def adds_nothing(text: str, name: str) -> bool:
    """Does every word of the text stand in the name already? The schema of a dotted name counts as name."""
    said = _words(text) - EMPTY_WORDS
    return set(map(_stem, said)) <= set(map(_stem, _words(name)))


def _words(text: str) -> set[str]:
    spaced = HUMP.sub(" ", text) if not text.islower() else text
    return set(WORD.findall(spaced.lower()))


def _stem(word: str) -> str:
    """Singular and plural alike."""
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
