"""Definitions that nobody has written yet, as YAML: what is known of a thing, and nothing made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from ..model import Location, Written
from ..reading.document import read_documents
from ..reading.document_faults import UnreadableError
from ..reading.files import read_bytes
from ..reading.yaml_values import YamlMapping
from .edits import ChangeItems, Left, edited
from .plans import Mend, Plan
from .writing import Rewrite
from .yaml_nodes import Indents, Remarked, rendered

NOT_IN_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """One thing for the list `kind` of a file, with a remark above it. `message` says what it is."""

    file: str
    kind: str
    values: dict[str, object]
    message: str
    remark: str = ""


def drafted(root: Path, drafts: Iterable[Draft]) -> Plan:
    """The files with drafts in them: new ones, and those that are there with their lists made longer."""
    by_file: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_file.setdefault(draft.file, []).append(draft)
    plans = [_of_file(root, file, found) for file, found in sorted(by_file.items())]
    return Plan(
        tuple(rewrite for plan in plans for rewrite in plan.rewrites),
        tuple(mend for plan in plans for mend in plan.made),
        tuple(left for plan in plans for left in plan.left),
    )


def file_of_drafts(drafts: Sequence[Draft], head: str = "") -> str:
    """A new definition file with all of the drafts, each kind in a list of its own."""
    parts = [head] if head else []
    for kind in dict.fromkeys(draft.kind for draft in drafts):
        parts.append(f"{kind}:\n")
        parts += [_item(draft) for draft in drafts if draft.kind == kind]
    return "".join(parts)


def written_form(thing: Written) -> dict[str, object]:
    """The keys and values of a thing as a file has them: in their order, without what says nothing."""
    values: dict[str, object] = {}
    for name, field in type(thing).model_fields.items():
        value = getattr(thing, name)
        if name != "origin" and name in thing.model_fields_set and value != field.default and value != ():
            values[field.alias or name] = _plain(value)
    return values


def file_name(name: str, suffix: str) -> str:
    """A name as a file that definitions are read from: no other characters, and no `_` or `.` in front."""
    plain = NOT_IN_NAMES.sub("_", name).lstrip("._") or "definitions"
    return f"{plain}{suffix}"


def _item(draft: Draft) -> str:
    """An item of a list of a new file, two columns in."""
    remark = "".join(f"  # {line}\n" for line in draft.remark.splitlines())
    first, *rest = rendered(draft.values, Indents()).split("\n")
    return "".join([remark, f"  - {first}\n", *(f"    {line}\n" if line else "\n" for line in rest)])


def _plain(value: Any) -> object:
    if isinstance(value, Written):
        return written_form(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value.value if isinstance(value, Enum) else value


def _of_file(root: Path, file: str, drafts: Sequence[Draft]) -> Plan:
    if not (root / file).exists():
        rewrite = Rewrite(file, None, file_of_drafts(drafts).encode("utf-8"))
        return Plan((rewrite,), tuple(Mend(Location(file), draft.message) for draft in drafts))
    try:
        before = read_bytes(root, file)
    except UnreadableError as fault:
        return Plan(left=(Left(Location(file), fault.message),))
    found = next(iter(read_documents(before, file).roots), None)
    place = found.origin.at() if isinstance(found, YamlMapping) else Location(file, 1, 1)
    edits = {
        kind: _longer(found, place, kind, drafts) for kind in dict.fromkeys(each.kind for each in drafts)
    }
    after = edited(file, before, list(edits.values()))
    made = [draft for draft in drafts if any(edits[draft.kind] is edit for edit in after.made)]
    return Plan(
        (Rewrite(file, before, after.content),),
        tuple(Mend(Location(file), draft.message, edits[draft.kind]) for draft in made),
        after.left,
    )


def _longer(found: object, place: Location, kind: str, drafts: Sequence[Draft]) -> ChangeItems:
    """The edit that puts drafts behind all that a list of a file has."""
    items = found.get(kind) if isinstance(found, YamlMapping) else None
    last = len(items) - 1 if isinstance(items, list) else -1
    new = tuple(Remarked(draft.values, draft.remark) for draft in drafts if draft.kind == kind)
    return ChangeItems((place.line, place.column), kind, inserted={last: new})
