"""What places the rows of a value in time, and how old they must be: read from the SQL that makes them.

Each output is followed through the query, one branch of a UNION after the other, beside the output that dates
it: where the one is not constant, the other tells the event.
"""

from __future__ import annotations

from .values import Age, DatedColumn, Timing, TimingQuestion

__all__ = ["Age", "DatedColumn", "Timing", "TimingQuestion", "timing"]


def timing(question: TimingQuestion) -> tuple[Timing, ...]:
    """What places each of the outputs in time. Never raises on text: what cannot be read has a `reason`."""
    from .reading import timing_of

    return timing_of(question)
