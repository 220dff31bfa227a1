"""The documentation's reference tables say what the code says."""

import re
from pathlib import Path

import pytest
from reference import COMMANDS, DOCUMENTATION, ROOT, pages

from generator.commands import plumbline


@pytest.mark.parametrize(("page", "text"), list(pages()), ids=lambda value: getattr(value, "name", ""))
def test_reference_is_that_of_the_code(page: Path, text: str) -> None:
    assert page.read_text("utf-8") == text, "run `uv run python tests/reference.py`"


def test_reference_covers_code_definitions_levels_settings_and_commands() -> None:
    assert {page.name for page, _ in pages()} == {
        "architecture.md",
        "commands.md",
        "definitions.md",
        "levels.md",
    }


def test_reference_has_every_command() -> None:
    assert sorted(COMMANDS) == sorted(plumbline.commands)


def test_architecture_names_only_files_that_are_there() -> None:
    text = (DOCUMENTATION / "architecture.md").read_text("utf-8")
    named = re.findall(r"`((?:catalog|generator)/[\w/.]+)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
