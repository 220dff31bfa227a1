"""The file of past coverage → its days. A line that cannot be read is a misfit; the others still count."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model import Location, Misfit
from ..trend import HEADER, HISTORY_FILE, Figure, Recorded


def read_history(root: Path) -> tuple[tuple[Recorded, ...], tuple[Misfit, ...]]:
    """The recorded days of a project, oldest first; none where there is no file."""
    try:
        text = (root / HISTORY_FILE).read_text("utf-8-sig")
    except FileNotFoundError:
        return (), ()
    except (OSError, UnicodeDecodeError) as error:
        hint = "Mend it, or remove it and record anew: `plumbline coverage --record`"
        message = f"the history of coverage cannot be read: {error}"
        return (), (Misfit("FL001", HISTORY_FILE, message, Location(HISTORY_FILE), hint),)
    misfits: list[Misfit] = []
    found = list(_lines(text.splitlines(), misfits))
    days = sorted({day for day, _ in found})
    history = tuple(Recorded(day, tuple(figure for on, figure in found if on == day)) for day in days)
    return history, tuple(misfits)


def _lines(lines: Iterable[str], misfits: list[Misfit]) -> Iterator[tuple[datetime.date, Figure]]:
    for number, line in enumerate(lines, 1):
        cells = next(csv.reader([line]), [])
        if not cells or tuple(cells) == HEADER:
            continue
        try:
            day, name, covered, total = cells
            figure = Figure(name, int(covered), int(total))
            if not 0 <= figure.covered <= figure.total:
                raise ValueError(line)
            yield datetime.date.fromisoformat(day), figure
        except ValueError:
            misfits.append(_misfit(line, number))


def _misfit(line: str, number: int) -> Misfit:
    return Misfit(
        "FL003",
        f"{HISTORY_FILE}:{number}",
        f"`{line}` is no line of the history of coverage",
        Location(HISTORY_FILE, number, 1),
        f"Write `{','.join(HEADER)}`: a day, a name, and two counts",
    )
