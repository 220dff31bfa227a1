"""Semantic models of a source, opened: their datasets and metrics, in each shape that the format has had."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...model import Location, Misfit, Origin, Written
from ...reading.document import read_documents
from ...reading.document_faults import UnreadableError
from ...reading.files import read_bytes
from ...reading.yaml_values import YamlMapping
from ...semantic_extension import VENDOR
from ..asked import Asked
from ..building import LEFT_OUT, narrowed, origin_of
from ..files import files_below
from ..shapes import Json, as_items, as_keys

ENDINGS = (".yaml", ".yml", ".json")

KNOWN_VERSION = re.compile(r"0\.[12]\..*")

DIALECTS = {
    "BIGQUERY": ("bigquery",),
    "SNOWFLAKE": ("snowflake",),
    "DATABRICKS": ("databricks", "spark"),
    "ANSI_SQL": (),
}
"""Dialect of Ossie that is SQL → the dialects of which it is the own one."""

NEVER_TAKEN = frozenset({"name", "origin", "columns", "sql"})
"""Keys that an extension may not say: what a thing is called and made of is said by the model itself."""


@dataclass(frozen=True, slots=True)
class Model:
    """A semantic model of a file. `lost` collects what it says and nothing here can."""

    asked: Asked
    file: str
    root: YamlMapping
    lost: dict[str, None] = field(default_factory=dict)

    @property
    def datasets(self) -> dict[str, YamlMapping]:
        """Name → dataset."""
        return {each["name"]: each for each in self._named("datasets")}

    @property
    def metrics(self) -> list[YamlMapping]:
        """The metrics, in order."""
        return self._named("metrics")

    @property
    def dialect(self) -> str:
        """The SQL dialect that expressions are read in."""
        return self.asked.source.dialect or self.asked.settings.dialect

    @property
    def source(self) -> str:
        """What pages say of where something was imported from."""
        return f"semantic model `{self.file}`"

    def place(self, mapping: Json, keys: Mapping[str, str]) -> Origin:
        """Where a mapping and its keys stand; `keys` has ours → theirs."""
        return origin_of(mapping, keys, Origin(self.file, source=self.source))

    def sql(self, expression: object) -> str | None:
        """The SQL of an expression: in the own dialect, else in plain SQL; None where none is SQL."""
        if isinstance(expression, str):
            return expression
        written = {
            str(each.get("dialect")): each.get("expression")
            for each in map(as_keys, as_items(as_keys(expression).get("dialects")))
        }
        own = [name for name, dialects in DIALECTS.items() if self.dialect in dialects]
        found = (written.get(name) for name in (*own, "ANSI_SQL", *DIALECTS))
        return next((sql for sql in found if isinstance(sql, str) and sql.strip()), None)

    def extension(self, mapping: Json, model: type[Written]) -> dict[str, Any]:
        """What our own extension says, as far as it is a key of the thing; other extensions are lost."""
        found: dict[str, Any] = {}
        for each in map(as_keys, as_items(mapping.get("custom_extensions"))):
            content = json_object(each.get("data")) if each.get("vendor_name") == VENDOR else None
            if content is None:
                self.lost[f"custom_extensions of {each.get('vendor_name')}"] = None
            else:
                found |= content
        return narrowed(
            {key: value for key, value in found.items() if key in model.model_fields.keys() - NEVER_TAKEN}
        )

    def _named(self, key: str) -> list[YamlMapping]:
        written = as_items(self.root.get(key))
        named = [
            each
            for each in written
            if isinstance(each, YamlMapping) and isinstance(each.get("name"), str) and each["name"].strip()
        ]
        if len(named) < len(written):
            self.lost[f"{key} without a name"] = None
        return named


def open_models(asked: Asked, misfits: list[Misfit]) -> list[Model]:
    """The models of a file or a folder, by path.

    Raises:
        UnreadableError: there is none.
    """
    is_file = asked.path().is_file()
    models = [
        model
        for file in files_below(asked, lambda name: name.endswith(ENDINGS))
        for model in _opened(asked, file, misfits, must=is_file)
    ]
    if not models and not misfits:
        raise UnreadableError(
            f"there is no semantic model in `{asked.source.path}`",
            hint="Name a file with `semantic_model:`, or a folder that holds some",
        )
    return models


def _opened(asked: Asked, file: str, misfits: list[Misfit], *, must: bool) -> Iterator[Model]:
    """The models in a file; one that need not hold any and does not, is passed over."""
    try:
        documents = read_documents(read_bytes(asked.root, file), file, takes_tags=not must)
    except UnreadableError as fault:
        misfits.append(fault.misfit(file))
        return
    root = next((root for root in documents.roots if isinstance(root, YamlMapping)), None)
    models = list(_models(root)) if root is not None else []
    if must or models:
        misfits += documents.misfits
    if must and not models and not documents.misfits:
        message = "this is no semantic model: it has no `semantic_model` with `datasets`"
        misfits.append(Misfit("FL001", file, message, Location(file), "Name a file of Apache Ossie (OSI)"))
    if root is not None and models:
        misfits += _unknown_version(file, root)
    yield from (Model(asked, file, model) for model in models)


def _models(root: YamlMapping) -> Iterator[YamlMapping]:
    """The models of a document: in a list, as the only one, or the document itself."""
    written = root.get("semantic_model")
    candidates = written if isinstance(written, list) else [written]
    if written is None and "version" in root and isinstance(root.get("datasets"), list):
        candidates = [root]
    for each in candidates:
        if isinstance(each, YamlMapping) and isinstance(each.get("datasets"), list):
            yield each


def _unknown_version(file: str, root: YamlMapping) -> Iterator[Misfit]:
    version = root.get("version")
    if not (isinstance(version, str) and KNOWN_VERSION.fullmatch(version)):
        message = f"`{version}` is no version of the format that is known (0.1, 0.2); it is read as 0.2"
        place = root.origin.at("version")
        yield Misfit(LEFT_OUT, f"{file}:version", message, place, "Look at what came over")


def json_object(text: object) -> dict[str, Any] | None:
    """The object of a JSON text; None where it is none."""
    try:
        content = json.loads(text) if isinstance(text, str) else None
    except (json.JSONDecodeError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
