"""The search index of one site, as scripts: they load from a folder and under a strict security policy.

Knows only the entries it is given, so what an audience may not see never reaches its index.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

THINGS_FILE = "search/things.js"
MENTIONS_FILE = "search/mentions.js"
LONGEST_SUMMARY = 240


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One thing that can be found.

    `kind` and `trust` are words to show ("Metric", "Certified"); `path` is relative to the site's root;
    `summary` is plain text; `extra_words` are names inside it, such as columns, allowed values or fields.
    """

    kind: str
    name: str
    title: str
    path: str
    synonyms: tuple[str, ...] = ()
    summary: str = ""
    trust: str = ""
    extra_words: tuple[str, ...] = ()


def build_index(entries: Sequence[SearchEntry]) -> dict[str, str]:
    """File names, relative to the site's root, and their text.

    The first file finds names, titles, synonyms, acronyms and summaries; the second, loaded after it, adds
    the extra words. Of equally good results the kind that comes first in `entries` is shown first.
    """
    kinds = list(dict.fromkeys(entry.kind for entry in entries))
    trusts = list(dict.fromkeys(entry.trust for entry in entries))
    rows = [
        [
            kinds.index(entry.kind),
            entry.name,
            entry.title,
            entry.synonyms,
            _shortened(entry.summary),
            entry.path,
            trusts.index(entry.trust),
        ]
        for entry in entries
    ]
    mentions = [
        [number, list(dict.fromkeys(entry.extra_words))]
        for number, entry in enumerate(entries)
        if entry.extra_words
    ]
    return {
        THINGS_FILE: _script("things", {"kinds": kinds, "trusts": trusts, "rows": rows}),
        MENTIONS_FILE: _script("mentions", mentions),
    }


def _script(name: str, content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Half of a surrogate pair cannot be written as UTF-8.
    text = text.encode("utf-8", "replace").decode("utf-8")
    return f"(globalThis.plumblineSearch??={{}}).{name}={text};\n"


def _shortened(summary: str) -> str:
    """The summary on one line, cut after a whole word."""
    text = " ".join(summary.split())
    if len(text) <= LONGEST_SUMMARY:
        return text
    return f"{text[:LONGEST_SUMMARY].rsplit(' ', 1)[0]}…"
