"""Whether two metrics, or two periods of one, may be added, divided or compared, and why. Pure."""

from ..answers import Answer, Answered, Comparability, Operation
from .metrics import compare_metrics, neighbours_of
from .periods import Period, compare_periods, full_periods, period_of

__all__ = [
    "Answer",
    "Answered",
    "Comparability",
    "Operation",
    "Period",
    "compare_metrics",
    "compare_periods",
    "full_periods",
    "neighbours_of",
    "period_of",
]
