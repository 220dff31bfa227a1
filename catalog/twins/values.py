"""What became of looking for twins. Flat, printable, comparable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..conformance import Held
from ..model import Location, Relation


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another metric that computes the same, or all but the same.

    `differences` are what one has and the other has not, in sentences; none where they are the same.
    `is_settled`: one of the two says how they stand to each other.
    """

    other: str
    differences: tuple[str, ...] = ()
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that goes by a word of a metric and computes something else.

    `of` is what it is: a metric, an output of a table, or a field of a report. `differences` are sentences
    of which it is the subject.
    """

    word: str
    of: str
    differences: tuple[str, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Untrue:
    """A relation that a metric states, and that does not hold: why, in a sentence."""

    other: str
    relation: Relation
    sentence: str
    location: Location


@dataclass(frozen=True, slots=True)
class Kin:
    """What a metric has in common with others. `places` go by its name, and it does not name them."""

    alike: tuple[Likeness, ...] = ()
    clashes: tuple[Clash, ...] = ()
    untrue: tuple[Untrue, ...] = ()
    places: tuple[Held, ...] = ()


Twins = Mapping[str, Kin]
"""Metric → what it has in common with others; those with nothing are left out."""
