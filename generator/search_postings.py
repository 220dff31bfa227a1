"""Which things each term finds, and in which field: the inverted index, and its compressed form."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .search_entry import SearchEntry
from .search_terms import acronyms, is_unspaced, joined, name_terms, terms

FIELDS = ("whole", "tail", "synonym", "acronym", "name", "alias", "summary", "inside", "text")
"""Where a term stands in a thing, the most telling first. The first three are whole texts as one word."""

FIRST_OF_WORDS = FIELDS.index("name")
SHORTEST_MISSPELT = 4

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CACHED_TEXTS = 16_384
MOST_THINGS = {FIELDS.index("summary"): 6000, FIELDS.index("inside"): 6000, FIELDS.index("text"): 3000}
"""A word that so many things merely mention tells them apart no more; the first of them are kept."""

_FIELD_BITS = 4
_FIELD_MASK = (1 << _FIELD_BITS) - 1


@dataclass(frozen=True, slots=True)
class Postings:
    """Term → the things it finds, as `thing << 4 | field`, rising; each thing once, in its best field."""

    terms: tuple[str, ...]
    found: dict[str, list[int]]
    written: dict[str, str]
    spelled: tuple[str, ...]  # words that a misspelt one may have meant, by length

    def compressed(self, term: str) -> str:
        """For each field the numbers of its things; fields apart by commas, empty ones at the end cut off."""
        return self.written[term]

    def size(self, term: str) -> int:
        """How long that is."""
        return len(self.written[term])

    def best(self, beginning: str, most: int) -> list[int]:
        """Numbers of the things that have a term of that beginning in the most telling field; rising."""
        start = bisect_left(self.terms, beginning)
        end = bisect_left(self.terms, f"{beginning}\U0010ffff")
        ranked = {
            (each & _FIELD_MASK, each >> _FIELD_BITS)
            for term in self.terms[start:end]
            for each in self.found[term][:most]
        }
        things: dict[int, None] = {}
        for _, thing in sorted(ranked):
            things.setdefault(thing)
            if len(things) == most:
                break
        return sorted(things)


def postings_of(entries: Sequence[SearchEntry]) -> Postings:
    """The inverted index of all entries; the number of a thing is its place among them."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    spelled: set[str] = set()
    for number, entry in enumerate(entries):
        base = number << _FIELD_BITS
        by_field = _terms_of(entry)
        spelled.update(*by_field[FIRST_OF_WORDS:-1])
        for term, field in _best_fields(by_field).items():
            found[term].append(base | field)
    written = {term: _compressed(numbers) for term, numbers in found.items()}
    return Postings(tuple(sorted(found)), found, written, tuple(filter(_can_be_misspelt, sorted(spelled))))


def _terms_of(entry: SearchEntry) -> tuple[Collection[str], ...]:
    """The terms of an entry in each field."""
    names = (entry.name,) if entry.name == entry.title else (entry.name, entry.title)
    tail = entry.name.rpartition(".")[2]
    short = {*names, tail, *entry.synonyms} if entry.has_acronym else ()
    return (
        [joined(text) for text in names],
        [] if tail == entry.name else [joined(tail)],
        [joined(text) for text in entry.synonyms],
        [acronym for text in short for acronym in acronyms(text)],
        [term for text in names for term in name_terms(text)],
        [term for text in entry.synonyms for term in name_terms(text)],
        terms(entry.summary) if entry.summary else [],
        [term for text in entry.inside for term in name_terms(text)],
        terms(entry.text) if entry.text else [],
    )


def _best_fields(by_field: Sequence[Iterable[str]]) -> dict[str, int]:
    """Each term, and the most telling field it stands in."""
    best: dict[str, int] = {}
    for field in reversed(range(len(by_field))):
        if by_field[field]:
            best.update(dict.fromkeys(by_field[field], field))
    best.pop("", None)
    return best


def _can_be_misspelt(word: str) -> bool:
    return len(word) >= SHORTEST_MISSPELT and word.isalpha() and not is_unspaced(word)


def _compressed(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return "," * (numbers[0] & _FIELD_MASK) + _digits(numbers[0] >> _FIELD_BITS)
    lists: list[list[int]] = [[] for _ in FIELDS]
    for each in numbers:
        lists[each & _FIELD_MASK].append(each >> _FIELD_BITS)
    cut = (things[: MOST_THINGS.get(field)] for field, things in enumerate(lists))
    return ",".join(map(compressed_numbers, cut)).rstrip(",")


def compressed_numbers(rising: Sequence[int]) -> str:
    """Rising numbers as differences in digits of base 32; the last digit of each is from the upper half."""
    written = []
    before = 0
    for number in rising:
        written.append(_digits(number - before))
        before = number
    return "".join(written)


@lru_cache(maxsize=CACHED_TEXTS)
def _digits(number: int) -> str:
    text = DIGITS[32 + (number & 31)]
    while number := number >> 5:
        text = DIGITS[number & 31] + text
    return text
