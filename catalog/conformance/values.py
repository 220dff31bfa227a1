"""What became of comparing a definition with SQL. Flat, printable, comparable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..model import Location


class Verdict(StrEnum):
    """How a comparison ended."""

    MATCH = "match"
    DIFFERS = "differs"
    CANNOT_DECIDE = "cannot_decide"


class Aspect(StrEnum):
    """What is compared, in the order in which it is told."""

    SOURCES = "sources"
    JOINS = "joins"
    FILTERS = "filters"
    AGGREGATES = "aggregates"
    COLUMNS = "columns"
    CALCULATION = "calculation"
    GRAIN = "grain"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as defined: a sentence that names it, and where the SQL says it."""

    aspect: Aspect
    sentence: str
    location: Location


@dataclass(frozen=True, slots=True)
class Held:
    """A place that computes a metric, held to the definition.

    `of` is what it is called. `compared` are the aspects that were looked at; `reason` says why there are
    none. `excused` is why it may differ, as its definition says.
    """

    of: str
    verdict: Verdict
    location: Location
    differences: tuple[Difference, ...] = ()
    compared: tuple[Aspect, ...] = ()
    reason: str = ""
    excused: str | None = None


Conformance = Mapping[str, tuple[Held, ...]]
"""Metric → what became of each place that computes it, in the order written."""
