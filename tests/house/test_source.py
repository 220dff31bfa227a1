"""What every source file of the project keeps to, read from the syntax tree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for package in ("catalog", "generator") for path in (ROOT / package).rglob("*.py"))
WRITTEN = [
    path
    for folder in ("catalog", "generator", "definitions", "site_src", "tests", "benchmarks", ".ci")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".md", ".sql", ".yml", ".html", ".css", ".js", ""} and path.is_file()
]
LONGEST_FUNCTION = 60
UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + r"X)\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w")


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _lines_of_code(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the signature on; a docstring that is a check's page is text, not code."""
    docstring = function.body[0] if ast.get_docstring(function) else None
    text = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - text


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_function_is_longer_than_sixty_lines(path: Path) -> None:
    long = {function.name: _lines_of_code(function) for function in _functions(path)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def test_no_source_catches_everything() -> None:
    caught = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    }
    assert caught == {"catalog/checks/foreign.py"}


def test_only_the_command_prints_and_exits() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.name not in {"cli.py", "terminal.py"}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"print", "exit", "quit", "sys.exit", "os._exit"}
    ]
    assert found == []


@pytest.mark.parametrize(
    "pattern", [UNFINISHED, MACHINE_PATH], ids=["unfinished work", "paths of one machine"]
)
def test_no_file_holds(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in WRITTEN
        if "vendor" not in path.parts and "__pycache__" not in path.parts
        for match in pattern.finditer(path.read_text("utf-8"))
    ]
    assert found == []
