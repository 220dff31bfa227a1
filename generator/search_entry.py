"""One thing that can be found: the value between what a site holds and its search index."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One of several places where a name stands: the thing it belongs to, and its own summary there."""

    title: str
    path: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One thing that can be found.

    `kind` and `trust` are words to show ("Metric", "Certified"); `path` is relative to the site's root;
    `summary` is plain text; `inside` are names within it, such as columns or fields; `text` is all else that
    is said of it. `replacement` is the path of what to use instead. A name that stands in several places
    (a column in its tables) is one entry with all its `places`, in the order of the entries of those,
    and `anchor` is where it stands on each.
    The first letters of things by the thousand would only get in the way of real acronyms.
    """

    kind: str
    name: str
    title: str
    path: str
    synonyms: tuple[str, ...] = ()
    summary: str = ""
    trust: str = ""
    inside: tuple[str, ...] = ()
    text: str = ""
    replacement: str = ""
    places: tuple[Place, ...] = ()
    anchor: str = ""
    has_acronym: bool = True
