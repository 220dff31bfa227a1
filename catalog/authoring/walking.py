"""The mappings of a definition file, each with the model that says which keys it may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..model import KINDS, Written
from ..reading.document import Documents, read_documents
from ..reading.document_faults import UnreadableError
from ..reading.files import read_bytes
from ..reading.item_faults import known_keys, model_at
from ..reading.load import SETTINGS_FILE
from ..reading.yaml_values import YamlMapping
from ..settings import Settings
from .yaml_nodes import Place


@dataclass(frozen=True, slots=True)
class Standing:
    """A mapping as it stands in a file, with the keys it may have, in order; `depth` counts what holds it."""

    mapping: YamlMapping
    keys: tuple[str, ...]
    depth: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        place = self.mapping.origin.at()
        return place.line, place.column


def standing_in(documents: Documents) -> Iterator[Standing]:
    """Every mapping of a definition file that the model knows, what is around before what is in it.

    Those of `plumbline.yml` too, by the model of the settings.
    """
    for root in documents.roots:
        if documents.file == SETTINGS_FILE:
            yield from _within(Settings, root, 0)
            continue
        if isinstance(root, YamlMapping):
            yield Standing(root, tuple(KINDS), 0)
            for kind, model in KINDS.items():
                yield from _within(model, root.get(kind), 1)


def documents_at(root: Path, file: str) -> Documents:
    """What a file of the project holds; nothing where it cannot be read."""
    try:
        return read_documents(read_bytes(root, file), file)
    except UnreadableError as fault:
        return Documents(file, misfits=(fault.misfit(file),))


def _within(model: type[Written], value: object, depth: int) -> Iterator[Standing]:
    if isinstance(value, list):
        for each in value:
            yield from _within(model, each, depth)
    if not isinstance(value, YamlMapping):
        return
    yield Standing(value, known_keys(model), depth)
    for key, inner in value.items():
        nested = model_at(model, [key]) if isinstance(inner, list | YamlMapping) else None
        if nested is not None:
            yield from _within(nested, inner, depth + 1)
