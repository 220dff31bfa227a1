"""Figures over time, drawn: one small picture for each figure. Pure geometry, no style."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog import Figure, Recorded

WIDTH, HEIGHT = 240, 76
LEFT, RIGHT, TOP, BOTTOM = 4, 44, 8, 60


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure over time. `points` are those of an SVG polyline, `dots` each point alone; y grows down."""

    name: str
    first: tuple[Recorded, Figure]
    last: tuple[Recorded, Figure]
    points: str
    dots: tuple[tuple[float, float], ...]

    @property
    def label(self) -> str:
        """What the picture shows, for who does not see it."""
        (_, before), (_, after) = self.first, self.last
        return f"{self.name}: from {_told(before)} to {_told(after)}"


def trends(history: Iterable[Recorded]) -> list[Trend]:
    """A trend for each figure of the last day that an earlier day knows too."""
    days = [*history]
    if len(days) < 2:
        return []
    found = [_trend(figure.name, days) for figure in days[-1].figures]
    return [trend for trend in found if trend is not None]


def _trend(name: str, days: list[Recorded]) -> Trend | None:
    told = [(day, figure) for day in days for figure in day.figures if figure.name == name and figure.total]
    if len(told) < 2:
        return None
    first, last = days[0].day.toordinal(), days[-1].day.toordinal()
    dots = tuple(
        (_across(day.day.toordinal(), first, last), _down(figure.covered / figure.total))
        for day, figure in told
    )
    points = " ".join(f"{x:g},{y:g}" for x, y in dots)
    return Trend(name, told[0], told[-1], points, dots)


def _told(figure: Figure) -> str:
    return f"{figure.percent} % ({figure.covered:,} of {figure.total:,})"


def _across(day: int, first: int, last: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first) / (last - first), 1)


def _down(share: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * share, 1)
