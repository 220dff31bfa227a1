"""Calls of code that may fail in any way: checks. The only place that catches everything.

A check that raises must not hide what the others find, and a team's own check may raise anything. So whatever
it raises becomes a value here, which is reported as a failure of that check; the run ends with exit code 2.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from ..model import Location


@dataclass(frozen=True, slots=True)
class Failure:
    """What was raised, in one line, and the last place in one of some files on the way there."""

    message: str
    location: Location | None


def attempt(call: Callable[[], None], files: frozenset[str]) -> Failure | None:
    """Calls it; None if it came to its end. `files` are those in which a place is of use to the reader."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - see above
        places = [
            Location(frame.filename, frame.lineno or 0, 1)
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename in files
        ]
        if isinstance(error, SyntaxError) and error.filename in files:
            places = [Location(str(error.filename), error.lineno or 0, error.offset or 1)]
        said = " ".join(str(error).split())
        message = f"{type(error).__name__}: {said}" if said else type(error).__name__
        return Failure(message, places[-1] if places else None)
    return None
