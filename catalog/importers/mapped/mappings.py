"""The mapping that a source names: one of the project's own, or one that comes with Plumbline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ...mapping import MetricMapping, over
from ...model import Location
from ...reading.document import read_documents
from ...reading.document_faults import UnreadableError
from ...reading.yaml_values import without_origins
from ...suggest import did_you_mean
from ..asked import Asked

SHIPPED = Path(__file__).with_name("shipped")


def mapping_of(asked: Asked) -> MetricMapping:
    """The mapping of a source, with all that those it is like say.

    Raises:
        UnreadableError: the source names none, or one that there is not.
    """
    own = {mapping.name: mapping for mapping in reversed(asked.settings.mappings)}
    name = asked.source.mapping
    if name is None:
        hint = (
            f"Add `mapping:` with {' or '.join(f'`{each}`' for each in shipped_names())}, or one of your own"
        )
        raise UnreadableError("the source does not say how its metrics are laid out", hint=hint)
    return _named(name, own, asked.source.at("mapping"), ())


def shipped_names() -> tuple[str, ...]:
    """The names of the mappings that come with Plumbline."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yml")))


def _named(
    name: str, own: Mapping[str, MetricMapping], place: Location, under_way: tuple[str, ...]
) -> MetricMapping:
    if name in own and name not in under_way:
        mapping = own[name]
        if mapping.like is None:
            return mapping
        return over(mapping, _named(mapping.like, own, mapping.at("like"), (*under_way, name)))
    path = SHIPPED / f"{name}.yml"
    if name not in shipped_names():
        is_circle = name in under_way
        message = f"the mapping `{name}` is like itself" if is_circle else f"there is no mapping `{name}`"
        hint = None if is_circle else did_you_mean(name, (*own, *shipped_names()), "Add it under `mappings:`")
        raise UnreadableError(message, hint=hint, location=place)
    (root,) = read_documents(path.read_bytes(), path.name).roots
    return MetricMapping.model_validate(without_origins(root))
