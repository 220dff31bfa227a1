"""The reference parts of the documentation, made from the code itself.

`uv run python tests/reference.py` writes them anew; a test holds them to the code.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from catalog import definitions_schema, levels_text, settings_schema

ROOT = Path(__file__).parents[1]
DOCUMENTATION = ROOT / "site_src" / "technical"
COMMANDS = (
    "init",
    "check",
    "baseline",
    "comment",
    "diff",
    "build",
    "serve",
    "checks",
    "explain",
    "schema",
    "lineage",
    "certify",
    "compare",
    "coverage",
    "history",
    "export",
    "fix",
    "inherit",
    "scaffold",
    "import",
    "snapshot",
    "drift",
)
"""In the order in which they are met."""

NO_DEFAULT = (None, [], {})

Schema = dict[str, Any]


def regenerated(text: str) -> str:
    """A page with each part between `<!-- begin: name -->` and `<!-- end -->` made anew."""

    def part(found: re.Match[str]) -> str:
        return f"{found[1]}\n\n{PARTS[found[2]]().rstrip()}\n\n<!-- end -->"

    return re.sub(r"(<!-- begin: (\w+) -->).*?<!-- end -->", part, text, flags=re.DOTALL)


def keys() -> str:
    """Every kind of thing in definition files, and its keys."""
    schema = definitions_schema()
    kinds = {
        reference["items"]["$ref"].rpartition("/")[2]: name
        for name, reference in schema["properties"].items()
    }
    parts = [(kind, f"### `{name}:`", schema["$defs"][kind]) for kind, name in kinds.items()]
    parts += [
        (kind, f"### {_words(kind)}", definition)
        for kind, definition in schema["$defs"].items()
        if kind not in kinds and "properties" in definition
    ]
    return "\n\n".join(_section(heading, definition, schema["$defs"]) for _, heading, definition in parts)


def settings() -> str:
    """The keys of `plumbline.yml`."""
    schema = settings_schema()
    parts = [
        _section(f"#### {_words(name)}", definition, schema["$defs"])
        for name, definition in schema["$defs"].items()
        if "properties" in definition
    ]
    return "\n\n".join((_table(schema, schema["$defs"]), *parts))


def commands() -> str:
    """What `--help` says, command by command."""
    return "\n\n".join(f"## plumbline {name}\n\n```text\n{_help(name)}\n```" for name in COMMANDS)


def _help(command: str) -> str:
    plumbline = Path(sys.executable).with_name("plumbline")
    run = subprocess.run(
        [plumbline, command, "--help"],
        capture_output=True,
        encoding="utf-8",
        env={"COLUMNS": "100"},
        check=True,
    )
    return run.stdout.rstrip()


def _section(heading: str, definition: Schema, definitions: Schema) -> str:
    return f"{heading}\n\n{definition['description']}\n\n{_table(definition, definitions)}"


def _table(definition: Schema, definitions: Schema) -> str:
    rows = ["| Key | Value | Meaning |", "| --- | --- | --- |"]
    required = definition.get("required", ())
    for key, value in definition["properties"].items():
        mark = f"**`{key}`**" if key in required else f"`{key}`"
        meaning = " ".join(filter(None, (value.get("description"), _default(value))))
        rows.append(f"| {mark} | {_value(value, definitions)} | {meaning} |")
    return "\n".join(rows)


def _default(value: Schema) -> str | None:
    if value.get("default") in NO_DEFAULT or isinstance(value.get("default"), dict):
        return None
    shown = str(value["default"]).lower() if isinstance(value["default"], bool) else value["default"]
    return f"Default: `{', '.join(shown) if isinstance(shown, list) else shown}`."


def _value(value: Schema, definitions: Schema) -> str:
    if "anyOf" in value:
        choices = [_value(choice, definitions) for choice in value["anyOf"] if choice.get("type") != "null"]
        return choices[0] if len(choices) == 1 else "text, number, true or false"
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        choices = definitions[name].get("enum")
        return ", ".join(f"`{choice}`" for choice in choices) if choices else _words(name).lower()
    if value["type"] == "array":
        return f"list: {_value(value['items'], definitions)}"
    if value["type"] == "object":
        return "keys and values"
    if value["type"] == "boolean":
        return "true or false"
    if value["type"] == "integer":
        return "whole number"
    return "date" if value.get("format") == "date" else "text"


def _words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).capitalize()


def contracts() -> str:
    """The import contracts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    return "\n".join(f"- {contract['name']}" for contract in settings["contracts"])


def files() -> str:
    """Every file of the packages, with the first line of its docstring."""
    return "\n\n".join(_files_of(package) for package in ("catalog", "generator"))


def _files_of(package: str) -> str:
    rows = ["| File | What it is |", "| --- | --- |"]
    for path in sorted((ROOT / package).rglob("*.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        if docstring:
            rows.append(f"| `{path.relative_to(ROOT).as_posix()}` | {docstring.partition(chr(10))[0]} |")
    return "\n".join(rows)


PARTS: dict[str, Callable[[], str]] = {
    "keys": keys,
    "settings": settings,
    "commands": commands,
    "contracts": contracts,
    "files": files,
    "levels": levels_text,
}


def pages() -> Iterator[tuple[Path, str]]:
    """Every page with such a part, and what it should say."""
    for page in sorted(DOCUMENTATION.rglob("*.md")):
        text = page.read_text("utf-8")
        if "<!-- begin: " in text:
            yield page, regenerated(text)


if __name__ == "__main__":
    from seeded_change import README, comment, readme_with

    for page, text in [*pages(), (README, readme_with(comment()))]:
        page.write_text(text, encoding="utf-8", newline="\n")
