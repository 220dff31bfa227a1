"""Keys of definitions: misspelt ones get the name that was meant, and all of them the order of the model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from ..checks.frame import Finding
from ..model import Location
from ..project import Project
from ..reading.document import read_documents
from ..reading.items import CAREFUL
from ..suggest import only_near
from .edits import Left, OrderKeys, RenameKey, edited
from .plans import Mend, Plan
from .walking import Standing, documents_at, standing_in
from .writing import Rewrite

MERGE_KEY = "<<"


def key_mends(root: Path, _project: Project, findings: Sequence[Finding]) -> tuple[list[Mend], list[Left]]:
    """Each unknown key under the one name near to it, if there is one and it is free."""
    mends: list[Mend] = []
    left: list[Left] = []
    for file, found in groupby(findings, key=lambda finding: finding.location.file):
        standing = {
            Location(file, line, column): (each, key)
            for each in standing_in(documents_at(root, file))
            for key, line, column in each.mapping.keys_at
        }
        for finding in found:
            mend = _renamed(finding, *standing[finding.location]) if finding.location in standing else None
            if mend:
                mends.append(mend)
            else:
                left.append(Left(finding.location, finding.message, finding.hint or "Write another"))
    return mends, left


def with_keys_in_order(root: Path, file: str, plan: Plan) -> Plan:
    """What is left to do to a file of a plan for its keys to stand in the order of the model.

    What is inside goes before what is around it: the lines of a mapping stay as many as they were.
    """
    planned = next((rewrite for rewrite in plan.rewrites if rewrite.file == file), None)
    before = planned.after if planned else (root / file).read_bytes()
    content, made, left = before, list[Mend](), list[Left]()
    standing = [each for each in standing_in(read_documents(before, file)) if _is_out_of_order(each)]
    for _, group in groupby(sorted(standing, key=lambda each: -each.depth), key=lambda each: each.depth):
        mends = [_ordered(file, each) for each in group]
        found = edited(file, content, [mend.edit for mend in mends if mend.edit])
        content = found.content
        made += [mend for mend in mends if any(mend.edit is edit for edit in found.made)]
        left += found.left
    first = planned.before if planned else before
    return Plan((Rewrite(file, first, content),), tuple(made), tuple(left))


def _renamed(finding: Finding, standing: Standing, key: str) -> Mend | None:
    """A key of nothing that might make anything more visible: what was meant there, somebody has to say."""
    guess = only_near(key, standing.keys)
    if guess is None or guess in standing.mapping or guess in CAREFUL:
        return None
    message = f"`{key}` is `{guess}` now ({finding.code})"
    return Mend(finding.location, message, RenameKey(standing.place, key, guess))


def _is_out_of_order(standing: Standing) -> bool:
    if standing.depth == 0:
        return False
    ranks = {key: rank for rank, key in enumerate((MERGE_KEY, *standing.keys))}
    written = [ranks.get(key, len(ranks)) for key, _, _ in standing.mapping.keys_at]
    return written != sorted(written)


def _ordered(file: str, standing: Standing) -> Mend:
    edit = OrderKeys(standing.place, (MERGE_KEY, *standing.keys))
    return Mend(Location(file, *standing.place), "its keys are in order", edit)
