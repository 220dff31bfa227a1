"""Metrics held to the SQL: does each place that computes a metric compute what its definition says?

Definition and SQL are both read down to the tables they share, and compared aspect by aspect.
"""

from .asking import hold_to_sql
from .values import Aspect, Conformance, Difference, Held, Verdict

__all__ = ["Aspect", "Conformance", "Difference", "Held", "Verdict", "hold_to_sql"]
