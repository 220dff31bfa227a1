"""Questions about what an expression is made of, and the answers. Flat, printable, comparable."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CompositionQuestion:
    """An expression over one table."""

    dialect: str
    expression: str


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregate of an expression: `SUM`, `COUNT DISTINCT` …, its canonical text, the columns in it."""

    kind: str
    text: str
    written: str
    columns: tuple[str, ...] = ()
    is_below: bool = False
    is_read_off_order: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    """What an expression is made of.

    `value` is its canonical text, `above` and `below` those of the two sides where the whole is a division.
    `unguarded` are divisions that fail with nothing to divide by, `averages_ratio` the averages of quotients,
    `factors` the numbers that something is multiplied or divided by.
    """

    value: str = ""
    written: str = ""
    aggregates: tuple[Aggregate, ...] = ()
    above: str = ""
    below: str = ""
    has_division: bool = False
    unguarded: tuple[str, ...] = ()
    averages_ratio: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    is_read: bool = True
