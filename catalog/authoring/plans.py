"""What is to be written into the files of a project, and why: made from thoughts, one for each change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import CatalogError
from ..model import Described, Location, Misfit
from ..reading.document_faults import UnreadableError
from ..reading.files import read_bytes
from .edits import Edit, Left, edited
from .writing import Rewrite


@dataclass(frozen=True, slots=True)
class Mend:
    """One change to a file: what it does, in words, and the edit that does it, which may do others too.

    There is no edit where the file is new.
    """

    location: Location
    message: str
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Files as they will be, what that does, and what is left for a person."""

    rewrites: tuple[Rewrite, ...] = ()
    made: tuple[Mend, ...] = ()
    left: tuple[Left, ...] = ()


def planned(root: Path, mends: Iterable[Mend], left: Iterable[Left] = ()) -> Plan:
    """The files of a project with all changes that can be made. Reads, and writes nothing."""
    by_file: dict[str, list[Mend]] = {}
    for mend in mends:
        by_file.setdefault(mend.location.file, []).append(mend)
    plans = [_of_file(root, file, thought) for file, thought in sorted(by_file.items())]
    return Plan(
        tuple(rewrite for plan in plans for rewrite in plan.rewrites),
        tuple(sorted((mend for plan in plans for mend in plan.made), key=_by_place)),
        tuple(sorted({*left, *(each for plan in plans for each in plan.left)}, key=_by_place)),
    )


def require_all_read(misfits: Iterable[Misfit], things: Iterable[Described]) -> None:
    """Nothing is drafted while a definition file cannot be read: what is in it would be drafted again.

    Raises:
        CatalogError: there is such a file.
    """
    read = {thing.origin.file for thing in things}
    unread = (misfit for misfit in misfits if misfit.code == "FL001" and misfit.location.file not in read)
    hiding = next(unread, None)
    if hiding:
        message = f"{hiding.location}: {hiding.message}, which may hide what is written already"
        raise CatalogError(message, hiding.hint or "Mend it, then run this again")


def merged(plan: Plan, more: Iterable[Plan]) -> Plan:
    """A plan with what was planned on top of it; files of the later ones stand for those of the plan."""
    later = tuple(more)
    files = {rewrite.file: rewrite for each in (plan, *later) for rewrite in each.rewrites}
    return Plan(
        tuple(files[file] for file in sorted(files)),
        tuple(sorted((mend for each in (plan, *later) for mend in each.made), key=_by_place)),
        tuple(sorted({left for each in (plan, *later) for left in each.left}, key=_by_place)),
    )


def _of_file(root: Path, file: str, mends: list[Mend]) -> Plan:
    try:
        before = read_bytes(root, file)
    except UnreadableError as fault:
        misfit = fault.misfit(file)
        return Plan(left=(Left(misfit.location, misfit.message),))
    edits = {id(mend.edit): mend.edit for mend in mends if mend.edit is not None}
    found = edited(file, before, list(edits.values()))
    made = {id(edit) for edit in found.made}
    return Plan(
        (Rewrite(file, before, found.content),),
        tuple(mend for mend in mends if id(mend.edit) in made),
        found.left,
    )


def _by_place(left: Left | Mend) -> tuple[Location, str]:
    return left.location, left.message
