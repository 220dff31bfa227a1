"""Whatever a mapping says, it becomes a thing, or findings, or both; never a failure of the run."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalog.model import KINDS, Described
from catalog.reading.document import read_documents
from catalog.reading.item_faults import known_keys
from catalog.reading.items import read_item
from catalog.reading.yaml_values import YamlMapping

SCALARS = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6)
    | st.integers(-3, 3)
    | st.booleans()
    | st.dates()
    | st.none()
    | st.sampled_from(["partner", "active", "yes", "2026-01-01", "a.sql"])
)
KEYS = st.sampled_from(
    [
        *sorted({key for model in KINDS.values() for key in known_keys(model)}),
        "since",
        "text",
        "value",
        "ower",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)


@given(st.sampled_from(list(KINDS.values())), st.dictionaries(KEYS, VALUES, max_size=6), st.booleans())
def test_any_mapping_is_read(model: type[Described], written: dict[str, Any], has_name: bool) -> None:
    value = {**written, "name": "x"} if has_name else written
    documents = read_documents(yaml.safe_dump(value, allow_unicode=True).encode(), "f.yml")
    (root,) = documents.roots
    assert isinstance(root, YamlMapping)
    thing, misfits = read_item(model, root, "x", documents.written)
    assert thing is not None or misfits
    assert all(misfit.location.line and misfit.message and misfit.subject for misfit in misfits)
    if thing is not None:
        assert read_item(model, root, "x", documents.written) == (thing, misfits)


@given(st.text(st.sampled_from(list("ab:-[]{},&*!|>'\"#%@`?~<\t\n 1.é")), max_size=60))
def test_any_text_is_read_or_is_one_finding(text: str) -> None:
    documents = read_documents(text.encode(), "f.yml")
    assert documents.roots or len(documents.misfits) == 1


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_are_one_finding(content: bytes) -> None:
    documents = read_documents(content, "f.yml")
    assert documents.roots or len(documents.misfits) == 1
