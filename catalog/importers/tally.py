"""Runs in which tables were seen to flow into each other, counted: nothing else of a run is kept."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..model import Flow

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """One run, or `count` alike: what was read, and what was written, if anything. Names as in SQL."""

    reads: tuple[str, ...]
    writes: tuple[str, ...] = ()
    columns: tuple[tuple[Pair, Pair], ...] = ()
    day: datetime.date | None = None
    count: int = 1


@dataclass(slots=True)
class Tally:
    """What runs have in common: for each source and target the number, the last day, and the columns."""

    counts: dict[Pair, int] = field(default_factory=dict)
    days: dict[Pair, datetime.date] = field(default_factory=dict)
    columns: dict[Pair, set[Pair]] = field(default_factory=dict)

    def note(self, run: Run) -> None:
        """Counts a run. `columns` of it are pairs of (table, column): from, and to."""
        columns: dict[Pair, set[Pair]] = {}
        for (source, column), (target, written) in run.columns:
            columns.setdefault((source, target), set()).add((column, written))
        pairs = {(source, target) for source in run.reads for target in run.writes or ("",)}
        for pair in pairs | columns.keys():
            if pair[0] == pair[1]:
                continue
            self.counts[pair] = self.counts.get(pair, 0) + run.count
            if run.day:
                self.days[pair] = max(self.days.get(pair, run.day), run.day)
            if pair in columns:
                self.columns.setdefault(pair, set()).update(columns[pair])

    def flows(self, via: str, dialect: str) -> tuple[Flow, ...]:
        """The flows, by name."""
        return tuple(
            Flow(*pair, via, count, self.days.get(pair), tuple(sorted(self.columns.get(pair, ()))), dialect)
            for pair, count in sorted(self.counts.items())
        )


def flows_text(flows: Iterable[Flow]) -> str:
    """Flows as JSON, to be kept."""
    rows = [
        [each.source, each.target, each.count, each.last and each.last.isoformat(), each.columns]
        for each in flows
    ]
    return json.dumps(rows, separators=(",", ":"))


def flows_of(text: str, via: str, dialect: str) -> tuple[Flow, ...]:
    """The flows of such JSON."""
    return tuple(
        Flow(
            source,
            target,
            via,
            count,
            datetime.date.fromisoformat(last) if last else None,
            tuple((from_column, to_column) for from_column, to_column in columns),
            dialect,
        )
        for source, target, count, last, columns in json.loads(text)
    )


def quoted_name(parts: Sequence[str]) -> str:
    """A stored name as it stands in SQL, each part in quotes."""
    return ".".join(f'"{part}"' for part in parts)
