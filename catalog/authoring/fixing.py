"""Mends what is mechanical, and says of the rest of the same kind why it is left.

What a finding asks for is mended only where there is that finding: what is waived or switched off is wanted
as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from ..checks import CHECKS
from ..checks.columns import column_not_documented, column_not_produced
from ..checks.files import unknown_key
from ..checks.frame import Check, Finding
from ..project import Project
from .edits import Left
from .mending_columns import column_mends
from .mending_keys import key_mends, with_keys_in_order
from .plans import Mend, Plan, merged, planned

ORDER = "order"
"""What the mend of the order of keys is asked for with; no check finds that."""

Mended = tuple[list[Mend], list[Left]]
FindingMend = Callable[[Path, Project, Sequence[Finding]], Mended]

MENDS: dict[str, tuple[Check, FindingMend]] = {
    unknown_key.code: (unknown_key, key_mends),
    column_not_produced.code: (column_not_produced, column_mends),
    column_not_documented.code: (column_not_documented, column_mends),
}
"""Code of a check → the check, and what mends what it finds."""

MENDED_CHECKS = tuple(check for check in CHECKS if check.code in MENDS)


def fixing(root: Path, project: Project, findings: Sequence[Finding], wanted: Collection[str]) -> Plan:
    """The definition files with all mended that is wanted, by code, and can be. Reads, and writes nothing."""
    asked = [finding for finding in findings if finding.code in wanted]
    mends: list[Mend] = []
    left: list[Left] = []
    for mend in dict.fromkeys(MENDS[code][1] for code in sorted(MENDS)):
        of_it = [finding for finding in asked if finding.code in MENDS and MENDS[finding.code][1] is mend]
        made, not_made = mend(root, project, of_it)
        mends += made
        left += not_made
    plan = planned(root, mends, left)
    if ORDER not in wanted:
        return plan
    return merged(plan, [with_keys_in_order(root, file, plan) for file in sorted(_files(project))])


def _files(project: Project) -> set[str]:
    """The definition files that things written by hand stand in."""
    things = (*project.catalog.things(), *project.catalog.repeats)
    return {thing.origin.file for thing in things if not thing.origin.source and thing.origin.file}
