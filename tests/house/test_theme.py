"""The theme may leave: it is named in few files, and what is ours bears our prefix."""

import re
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[2] / "generator"
KNOWING = {
    "assets/theme.css",
    "assets/theme.js",
    "theme/overrides/main.html",
    "theme/overrides/partials/header.html",
    "theme/overrides/partials/path.html",
}
"""All files, beside the door to MkDocs, that know how the theme calls its parts."""

STYLES = [path for path in sorted(GENERATOR.rglob("*.css")) if path.name != "theme.css"]
TEMPLATES = sorted((GENERATOR / "templates").glob("*.html"))
CLASSES_OF_STYLE = re.compile(r"\.(-?[a-zA-Z_][\w-]*)(?=[^{}]*\{)")
CLASSES_OF_TEMPLATE = re.compile(r'\bclass="([^"]*)"')
TEMPLATING = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)


def relative(path: Path) -> str:
    return path.relative_to(GENERATOR).as_posix()


def test_the_theme_is_named_in_few_files() -> None:
    sources = [path for path in GENERATOR.rglob("*") if path.suffix in {".py", ".css", ".js", ".html"}]
    naming = {relative(path) for path in sources if re.search(r"\bmd-|__md_", path.read_text("utf-8"))}
    assert naming <= KNOWING


@pytest.mark.parametrize("path", STYLES, ids=relative)
def test_classes_of_our_styles_bear_our_prefix(path: Path) -> None:
    text = COMMENTS.sub("", path.read_text("utf-8"))
    names = {name for name in CLASSES_OF_STYLE.findall(text) if name != "css"}
    assert {name for name in names if not name.startswith("pl-")} == set()


@pytest.mark.parametrize("path", STYLES, ids=relative)
def test_variables_of_our_styles_bear_our_prefix(path: Path) -> None:
    names = re.findall(r"(?<![\w-])--[a-z][\w-]*", COMMENTS.sub("", path.read_text("utf-8")))
    assert {name for name in names if not name.startswith("--pl-")} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_classes_of_our_templates_bear_our_prefix(path: Path) -> None:
    found = CLASSES_OF_TEMPLATE.findall(TEMPLATING.sub("", path.read_text("utf-8")))
    names = {name for names in found for name in names.split()}
    assert {name for name in names if not name.startswith("pl-")} == set()
