"""What the theme gave is used again only while it would give the same."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from catalog import Audience, CatalogError, open_project
from generator.assembly import Given, site_of
from generator.plugin import render

TODAY = datetime.date(2026, 1, 15)

FILES = {
    "plumbline.yml": "name: Example\ndialect: duckdb\n",
    "mkdocs.yml": "site_name: x\ntheme: {name: material, font: false, custom_dir: site_src/overrides}\n"
    "plugins: [plumbline]\nmarkdown_extensions: [tables]\n",
    "definitions/ops.yml": """
teams: [{name: ops, label: Operations, description: The people of the queues., audience: partner}]
terms: [{name: backlog, label: Backlog, definition: What waits., audience: partner}]
metrics:
  - {name: open_cases, label: Open cases, summary: Cases that wait., owner: ops, audience: partner}
""",
    "site_src/shared/guide.md": "# Guide\n\nOf the backlog; see [it](metric:open_cases).\n",
    "site_src/overrides/partials/copyright.html": "<p>Ours</p>\n",
}

CHANGES = {
    "nothing": ("plumbline.yml", "", ""),
    "prose": ("site_src/shared/guide.md", "# Guide", "# A guide"),
    "more prose": ("site_src/shared/more.md", None, "# More\n"),
    "the title of the site": ("plumbline.yml", "name: Example", "name: Other"),
    "the theme's settings": ("mkdocs.yml", "font: false", "font: false, features: [navigation.tabs]"),
    "the theme's templates": ("site_src/overrides/partials/copyright.html", "Ours", "Theirs"),
    "what a term means": ("definitions/ops.yml", "What waits", "What is left"),
    "a new thing": (
        "definitions/ops.yml",
        "metrics:\n",
        "metrics:\n  - {name: closed_cases, audience: partner}\n",
    ),
    "a thing whose page has no contents": ("definitions/ops.yml", "terms:", "enums: [{name: kind}]\nterms:"),
    "the words of a definition": ("definitions/ops.yml", "Cases that wait", "Cases that are left"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def build(root: Path, into: Path, audience: Audience = Audience.INTERNAL) -> dict[str, bytes]:
    render(Given(site_of(open_project(root), audience, today=TODAY), root), into)
    return {
        file.relative_to(into).as_posix(): file.read_bytes() for file in into.rglob("*") if file.is_file()
    }


def change(root: Path, path: str, old: str | None, new: str) -> None:
    file = root / path
    text = new if old is None else file.read_text(encoding="utf-8").replace(old, new)
    file.write_text(text, encoding="utf-8")


def mark_what_is_kept(root: Path) -> None:
    """Changes what is kept so that it shows where it is used."""
    kept = root / ".plumbline" / "site" / "internal" / "theme" / "guide" / "index.html"
    kept.write_text("kept", encoding="utf-8")


@pytest.mark.parametrize("changed", CHANGES)
def test_a_build_after_a_change_equals_a_clean_one(changed: str, project: Path, tmp_path: Path) -> None:
    build(project, tmp_path / "site")
    change(project, *CHANGES[changed])
    second = build(project, tmp_path / "site")
    shutil.rmtree(project / ".plumbline")
    assert second == build(project, tmp_path / "clean")


def test_a_changed_definition_does_not_ask_the_theme_again(project: Path, tmp_path: Path) -> None:
    build(project, tmp_path / "site")
    mark_what_is_kept(project)
    change(project, *CHANGES["the words of a definition"])
    site = build(project, tmp_path / "site")
    assert site["guide/index.html"] == b"kept"
    assert b"Cases that are left" in site["metrics/open_cases/index.html"]


def test_extensions_that_may_read_files_keep_nothing(project: Path, tmp_path: Path) -> None:
    change(project, "mkdocs.yml", "[tables]", "[tables, pymdownx.snippets]")
    build(project, tmp_path / "site")
    assert not (project / ".plumbline" / "site" / "internal" / "theme.json").exists()


def test_prose_that_links_to_what_is_gone_is_told_again_and_again(project: Path, tmp_path: Path) -> None:
    build(project, tmp_path / "site")
    change(project, "definitions/ops.yml", "open_cases", "waiting_cases")
    for _ in range(2):
        with pytest.raises(CatalogError, match="open_cases"):
            build(project, tmp_path / "site")
