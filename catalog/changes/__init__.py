"""Two projects compared: what is different, in words, and what it reaches. Changes of form are none."""

from .compare import diff
from .compared import Compared, Effect, Versions, compare_versions
from .formats import DIFF_FORMATS
from .values import HARMLESS, Alteration, Alterations, ChangeClass, Reach

__all__ = [
    "DIFF_FORMATS",
    "HARMLESS",
    "Alteration",
    "Alterations",
    "ChangeClass",
    "Compared",
    "Effect",
    "Reach",
    "Versions",
    "compare_versions",
    "diff",
]
