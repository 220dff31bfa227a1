"""JSON Schema (draft 2020-12) of definition files and of `plumbline.yml`, made from the models."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from .model import KINDS
from .settings import Settings

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DEFINITIONS_ID = "urn:plumbline:definitions"
SETTINGS_ID = "urn:plumbline:settings"


def definitions_schema() -> dict[str, Any]:
    """The schema of a definition file: an object with any of the lists of `KINDS`."""
    references, generated = models_json_schema([(model, "validation") for model in KINDS.values()])
    lists = {
        kind: {
            "type": "array",
            "title": kind.capitalize(),
            "description": (model.__doc__ or "").partition("\n")[0],
            "items": references[model, "validation"],
        }
        for kind, model in KINDS.items()
    }
    return {
        "$schema": DRAFT,
        "$id": DEFINITIONS_ID,
        "title": "Plumbline definitions",
        "description": "What a file under the definition folders may say.",
        "type": "object",
        "additionalProperties": False,
        "properties": lists,
        "$defs": _as_files_have_it(generated["$defs"]),
    }


def settings_schema() -> dict[str, Any]:
    """The schema of `plumbline.yml`."""
    generated = Settings.model_json_schema()
    definitions = _as_files_have_it({"Settings": generated, **generated.pop("$defs")})
    settings = definitions.pop("Settings")
    return {
        "$schema": DRAFT,
        "$id": SETTINGS_ID,
        **settings,
        "title": "Plumbline settings",
        "$defs": definitions,
    }


def _as_files_have_it(definitions: dict[str, Any]) -> dict[str, Any]:
    """Definitions by name, as an editor should see them: what a file cannot write is left out."""
    written = without_inner_titles(
        {name: definition for name, definition in definitions.items() if name != "Origin"}
    )
    for definition in written.values():
        for name, value in definition.get("properties", {}).items():
            definition["properties"][name] = _take_numbers_as_text(value)
    return written


def without_inner_titles(definitions: dict[str, Any]) -> dict[str, Any]:
    """Definitions by name, sorted, without the titles of properties, which only repeat their names."""
    for definition in definitions.values():
        for value in definition.get("properties", {}).values():
            value.pop("title", None)
    return dict(sorted(definitions.items()))


def _take_numbers_as_text(schema: Any) -> Any:
    """A schema whose texts may be numbers too: they are read as written, `version: 1.10` as `1.10`."""
    if isinstance(schema, list):
        return [_take_numbers_as_text(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {
        key: _take_numbers_as_text(each) for key, each in schema.items() if (key, each) != ("default", None)
    }
    is_text = schema.get("type") == "string" and "minLength" in schema
    return {**inner, "type": ["string", "number"]} if is_text else inner
