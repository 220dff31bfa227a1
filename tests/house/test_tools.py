"""The type checker and the linter are content with the whole project."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "arguments",
    [["mypy"], ["ruff", "check"], ["ruff", "format", "--check"]],
    ids=["mypy", "ruff check", "ruff format"],
)
def test_tool_finds_nothing(arguments: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
