"""Text as the search compares it: one spelling for British and American, one form for singular and plural.

`assets/search/terms.js` does the same to what a reader types; it receives `RULES` with the index.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

RULES = (
    ("z", "s"),
    ("(?<=[a-z][a-z])our(?=(s|ed|ing|al|ite|able)?$)", "or"),
    ("tre(?=s?$)", "ter"),
    ("ll(?=(ed|ing|er)s?$)", "l"),
    ("ogue(?=s?$)", "og"),
    ("(?<=[a-z][a-z])ies$", "y"),
    ("(?<=[a-z0-9][a-z0-9][^siu])s$", ""),
    ("(?<=[a-z][a-z][a-z])(ed|ing)$", ""),
    ("(?<=[a-z][a-z]([bdgmnprt]))\\1$", ""),
    ("(?<=[a-z][a-z][a-z])e$", ""),
)
"""Pattern and replacement, applied in this order; written so that Python and JavaScript read them alike."""

CACHED = 65_536

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
"""Scripts that put no space between words (or, as Korean, glue endings to them)."""

_RULES = tuple((re.compile(pattern), replacement) for pattern, replacement in RULES)
_PIECE = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
_ASCII_PIECE = re.compile("[a-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_HUMP = re.compile(r"(?<=[a-z0-9]{2})(?=[A-Z][a-z])")


def pieces(text: str) -> list[str]:
    """The folded words of a text in their order; a run of a script without spaces is one piece."""
    bare = _plain(text)
    if "'" in bare or "’" in bare:
        bare = _POSSESSIVE.sub("", bare)
    # Nearly all text is ASCII, and a site is full of it.
    words = (_ASCII_PIECE if bare.isascii() else _PIECE).findall(bare)
    return list(map(folded, words))


@lru_cache(maxsize=CACHED)
def joined(text: str) -> str:
    """The whole text as one word, so that `fct_queue`, `fct queue` and `FctQueue` are the same."""
    return "".join(pieces(text))


def terms(text: str) -> list[str]:
    """What a text is found by: its words, or the pairs of neighbours where there are no words."""
    if text.isascii():
        return pieces(text)
    found: list[str] = []
    for piece in pieces(text):
        found += _pairs(piece) if is_unspaced(piece) else (piece,)
    return found


@lru_cache(maxsize=CACHED)
def name_terms(name: str) -> tuple[str, ...]:
    """What a name is found by: also the parts of `camelCase`."""
    return (*terms(name), *(terms(_HUMP.sub(" ", name)) if _HUMP.search(name) else ()))


def acronyms(text: str) -> set[str]:
    """First letters of the words, with and without the small ones; empty for a single word."""
    words = [word for word in _PIECE.findall(_plain(text)) if not is_unspaced(word)]
    large = [word for word in words if word not in SMALL]
    return {folded("".join(word[0] for word in some)) for some in (words, large) if len(some) > 1}


def is_unspaced(piece: str) -> bool:
    """Is it of a script without spaces between words?"""
    return not piece.isascii() and _UNSPACED_START.match(piece) is not None


@lru_cache(maxsize=CACHED)
def folded(word: str) -> str:
    """One spelling of a word in lower case."""
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return word


SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "per", "the", "to"))
"""Words that an acronym may leave out."""

_UNSPACED_START = re.compile(f"[{UNSPACED}]")


def _plain(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M"))
    return unicodedata.normalize("NFC", bare).lower()


def _pairs(run: str) -> list[str]:
    return [*map("".join, pairwise(run)), run[-1]]
