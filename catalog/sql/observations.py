"""What is seen in how SQL is written. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ObservationKind(StrEnum):
    """What is seen: a star over a table, a join without or with a condition, a day in a condition."""

    STAR = "star"
    OPEN_JOIN = "open_join"
    JOIN = "join"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Observation:
    """Something seen at a line and character of a text, both from 1.

    `table` is the one concerned. `detail` is the day of a condition, or those columns of a joined table that
    the condition holds, comma-separated.
    """

    kind: ObservationKind
    line: int
    char: int
    table: str = ""
    detail: str = ""
