"""Metrics that compute the same under two names, or two things under one name.

Metrics that rest on the same columns are compared in canonical form, and with nothing else, so that the work
grows with their number and not with its square.
"""

from .finding import find_twins
from .values import Clash, Kin, Likeness, Twins, Untrue
from .words import is_told, plain_word

__all__ = ["Clash", "Kin", "Likeness", "Twins", "Untrue", "find_twins", "is_told", "plain_word"]
