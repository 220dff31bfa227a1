"""Metrics held to the SQL: does each place that computes a metric compute what its definition says?

Definition and SQL are both read down to the tables they share, and compared aspect by aspect.
"""

from .around import Around, Asking, between, question_about
from .asking import held_to, hold_to_sql, query_of
from .judging import NAMES, ZONED
from .values import Aspect, Conformance, Difference, Held, Verdict

__all__ = [
    "NAMES",
    "ZONED",
    "Around",
    "Asking",
    "Aspect",
    "Conformance",
    "Difference",
    "Held",
    "Verdict",
    "between",
    "held_to",
    "hold_to_sql",
    "query_of",
    "question_about",
]
