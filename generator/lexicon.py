"""Words of the glossary in prose: each is marked where a page uses it first, and leads to its meaning.

Never inside of links, code or headings. Pure: HTML in, HTML out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from catalog import Term

from .links import href, path_of
from .text import plain

LONGEST_MEANING = 280
SHORTEST_WORD = 3
"""Shorter ones are marked only if they are written in capitals throughout."""

_PIECE = re.compile(r'(<(?:[^>"]|"[^"]*")*>)')
_TAG = re.compile(r"<(/?)([a-z0-9]+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_CLOSED = frozenset({"a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "svg"})
"""Tags in which nothing is marked."""


@dataclass(frozen=True, slots=True)
class _Name:
    """One way to call a term. `pattern` fits it, and its plural, as a whole word."""

    term: Term
    pattern: re.Pattern[str]
    length: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names of terms by their first word, in small letters; the longest of each comes first."""

    names: dict[str, tuple[_Name, ...]]


def lexicon_of(terms: Iterable[Term]) -> Lexicon:
    """The titles and synonyms of terms; of a name that two have, the first one's meaning holds."""
    found: dict[str, dict[str, _Name]] = {}
    for term in terms:
        for text in (term.title, *term.synonyms):
            words = _WORD.findall(text)
            if words and _is_telling(text):
                for first in (words[0].casefold() + ending for ending in ("", "s", "es")):
                    found.setdefault(first, {}).setdefault(text.casefold(), _name(term, text))
    return Lexicon(
        {
            first: tuple(sorted(names.values(), key=lambda name: -name.length))
            for first, names in found.items()
        }
    )


@dataclass(frozen=True, slots=True)
class Explainer:
    """Marks words on one page, each term once: the calls for a page come in the order of its texts."""

    lexicon: Lexicon
    start: str
    told: set[str] = field(default_factory=set)

    def __call__(self, html: Markup) -> Markup:
        """The HTML with the terms marked that the page has not used before."""
        names = self.lexicon.names
        if not names or names.keys().isdisjoint(_WORD.findall(html.casefold())):
            return html
        depth, pieces = 0, _PIECE.split(html)
        for place, piece in enumerate(pieces):
            if place % 2:
                depth += _step(piece)
            elif not depth:
                pieces[place] = self._marked(piece)
        return Markup("".join(pieces))  # noqa: S704  what is added is escaped

    def _marked(self, text: str) -> str:
        done, marked = 0, []
        for word in _WORD.finditer(text):
            found = self._fitting(text, word) if word.start() >= done else None
            if found:
                name, end = found
                marked += [text[done : word.start()], self._link(name.term, text[word.start() : end])]
                self.told.add(name.term.name)
                done = end
        return "".join([*marked, text[done:]])

    def _fitting(self, text: str, word: re.Match[str]) -> tuple[_Name, int] | None:
        for name in self.lexicon.names.get(word[0].casefold(), ()):
            fits = name.pattern.match(text, word.start()) if name.term.name not in self.told else None
            if fits:
                return name, fits.end()
        return None

    def _link(self, term: Term, text: str) -> str:
        address = escape(href(path_of(term), start=self.start))
        return f'<a class="pl-word" href="{address}" title="{escape(_meaning(term))}">{text}</a>'


def _name(term: Term, text: str) -> _Name:
    spelt = r"\s+".join(re.escape(str(escape(word))) for word in text.split())
    flags = re.NOFLAG if _has_capitals_inside(text) else re.IGNORECASE
    return _Name(term, re.compile(rf"(?<![\w-]){spelt}(?:s|es)?(?![\w-])", flags), len(text))


def _is_telling(text: str) -> bool:
    return len(text) >= SHORTEST_WORD or (len(text) > 1 and text.isupper())


def _has_capitals_inside(text: str) -> bool:
    """Is it an acronym or a name (`SLA`, `SoR`), so that small letters would be another word?"""
    return any(word[1:] != word[1:].lower() for word in text.split())


def _step(tag: str) -> int:
    """How much deeper a tag leads into what stays unmarked."""
    found = _TAG.match(tag)
    if found is None or found[2].lower() not in _CLOSED or tag.endswith("/>"):
        return 0
    return -1 if found[1] else 1


def _meaning(term: Term) -> str:
    words = plain(term.definition)
    return words if len(words) <= LONGEST_MEANING else f"{words[:LONGEST_MEANING].rsplit(' ', 1)[0]}…"
