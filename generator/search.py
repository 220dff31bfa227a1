"""The search index of one site, as scripts: they load from a folder and under a strict security policy.

Knows only the entries it is given, so what an audience may not see never reaches its index. A reader loads
`ROOT_FILE`, then the shards of the words typed, then the shards of the things found: never the whole.

- `words/<n>.js`: terms in order, and what each finds. `root` holds the first term of each such shard.
- `things/<n>.js`: what a result shows, `THINGS_IN_SHARD` things each, by number.
- `spelling/<length>.js`: the words of that length, to find the one that was meant.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from .search_entry import SearchEntry
from .search_postings import FIELDS, Postings, compressed_numbers, postings_of
from .search_terms import RULES, SMALL, UNSPACED

FOLDER = "search/"
ROOT_FILE = f"{FOLDER}root.js"
LONGEST_SUMMARY = 240
LONGEST_PLACE_SUMMARY = 120
THINGS_IN_SHARD = 16
WORDS_SHARD_SIZE = 12_000  # characters; about 7 kB when compressed
MOST_SHARDS = 4
"""A beginning of more shards than this has its best things in the root, so that nobody loads them all."""
BEST_OF_BEGINNING = 60
PLACES_SHOWN = 12


def build_index(entries: Sequence[SearchEntry]) -> Iterator[tuple[str, str]]:
    """File names, relative to the site's root, and their text.

    Of equally good results the one that comes first in `entries` is shown first.
    """
    postings = postings_of(entries)
    shards = tuple(_word_shards(postings))
    root = {
        "rules": RULES,
        "small": sorted(SMALL),
        "unspaced": UNSPACED,
        "fields": FIELDS,
        "runs": [[kind, trust, len(list(run))] for (kind, trust), run in groupby(entries, _kind_and_trust)],
        "inShard": THINGS_IN_SHARD,
        "mostShards": MOST_SHARDS,
        "first": " ".join(shard[0] for shard in shards),
        "beginnings": _beginnings(postings, [shard[0] for shard in shards]),
        "spelling": sorted({len(word) for word in postings.spelled}),
    }
    yield ROOT_FILE, _script("root", root)
    for number, terms in enumerate(shards):
        found = " ".join(postings.compressed(term) for term in terms)
        yield _shard("words", number, [" ".join(terms), found])
    for length, words in groupby(sorted(postings.spelled, key=len), len):
        yield _shard("spelling", length, " ".join(words))
    numbers = {entry.path: number for number, entry in enumerate(entries)}
    for start in range(0, len(entries), THINGS_IN_SHARD):
        some = entries[start : start + THINGS_IN_SHARD]
        yield _shard("things", start // THINGS_IN_SHARD, [_record(entry, numbers) for entry in some])


def _kind_and_trust(entry: SearchEntry) -> tuple[str, str]:
    return entry.kind, entry.trust


def _word_shards(postings: Postings) -> Iterator[list[str]]:
    """All terms in the order of their characters, cut into parts of about equal size."""
    shard: list[str] = []
    size = 0
    for term in postings.terms:
        added = len(term) + postings.size(term) + 2
        if shard and size + added > WORDS_SHARD_SIZE:
            yield shard
            shard, size = [], 0
        shard.append(term)
        size += added
    if shard:
        yield shard


def _beginnings(postings: Postings, firsts: Sequence[str]) -> dict[str, str]:
    """Beginnings of words that lie in too many shards → the best things that have such a word."""
    candidates = {first[:length] for first in firsts for length in range(1, len(first))}
    return {
        beginning: compressed_numbers(postings.best(beginning, BEST_OF_BEGINNING))
        for beginning in sorted(candidates)
        if len(_shards_of(beginning, firsts)) > MOST_SHARDS
    }


def _shards_of(beginning: str, firsts: Sequence[str]) -> range:
    """The numbers of the shards that have terms of that beginning."""
    first = max(0, bisect_left(firsts, beginning) - 1)
    return range(first, bisect_left(firsts, f"{beginning}\U0010ffff"))


def _record(entry: SearchEntry, numbers: dict[str, int]) -> list[object]:
    """What a result shows; empty values at the end are left out."""
    record: list[object] = [
        entry.name,
        entry.title if entry.title != entry.name else 0,
        entry.path,
        _shortened(entry.summary, LONGEST_SUMMARY),
        numbers.get(entry.replacement, -1) + 1,
    ]
    if entry.places:
        shown = [
            [place.title, place.path, _shortened(place.summary, LONGEST_PLACE_SUMMARY)]
            for place in entry.places[:PLACES_SHOWN]
        ]
        tables = compressed_numbers([numbers[place.path] for place in entry.places])
        record += [entry.anchor, shown, tables]
    while not record[-1]:
        record.pop()
    return record


def _shard(kind: str, number: int, content: object) -> tuple[str, str]:
    return f"{FOLDER}{kind}/{number}.js", _script(f"{kind}[{number}]", content)


def _script(name: str, content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Half of a surrogate pair cannot be written as UTF-8.
    text = text.encode("utf-8", "replace").decode("utf-8")
    return f"plumblineSearch.{name}={text};\n"


def _shortened(summary: str, longest: int) -> str:
    """The summary on one line, cut after a whole word."""
    text = " ".join(summary.split())
    if len(text) <= longest:
        return text
    return f"{text[:longest].rsplit(' ', 1)[0]}…"
