"""The way out of MkDocs: the same prose and shells, staged as Markdown, rendered by Zensical and spliced."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from small_catalog import small_site

from generator.assembly import (
    THEME,
    Drafted,
    Given,
    Rendered,
    draft_site,
    entries,
    key_of,
    navigation,
    page_path,
    theme_sources,
)
from generator.drafts import Draft
from generator.plugin import REPLACED
from generator.publish import publish
from generator.site import Site
from generator.splice import Slot, cut

ZENSICAL = ("uv", "tool", "run", "--quiet", "--from", "zensical==0.0.73", "zensical")
"""In an environment of its own; later ones need a package that is not on PyPI in that version."""

FRONT = f"---\ntitle: {Slot.TITLE}\ndescription: {Slot.DESCRIPTION}\nhide: %s\n---\n{Slot.BODY}\n"
ADDRESS = re.compile(r'(?:href|src)="([^"#?][^"#?]*)')


def staged(folder: Path, drafted: Drafted, shells: dict[str, Draft]) -> None:
    """Writes what Zensical builds from: configuration, overrides of the theme, prose, and shells."""
    for source, draft in shells.items():
        file = folder / "docs" / source
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FRONT % list(draft.page.hide), "utf-8")
    for source, written in drafted.prose.items():
        shutil.copy(written, folder / "docs" / source)
    shutil.copytree(THEME / "overrides", folder / "overrides")
    shutil.copy(THEME.with_name("templates") / "search_box.html", folder / "overrides")
    settings = yaml.safe_load((THEME / "mkdocs.yml").read_text("utf-8"))
    del settings["plugins"]
    settings |= {"site_dir": "site", "nav": navigation(drafted.drafts, drafted.prose)}
    settings["theme"] |= {"variant": "classic", "custom_dir": "overrides"}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")


def rendered(folder: Path, shells: dict[str, Draft], site: Site) -> Rendered:
    """What Zensical makes of that; the pages of shells are taken out of its site."""
    subprocess.run([*ZENSICAL, "build"], cwd=folder, check=True, capture_output=True)
    cut_out = {}
    for source, draft in shells.items():
        page = folder / "site" / (page_path(source) or "") / "index.html"
        cut_out[key_of(draft.page, site)] = cut(page.read_text("utf-8"))
        page.unlink()
    for path in REPLACED:
        (folder / "site" / path).unlink(missing_ok=True)
    return Rendered(folder / "site", cut_out, lambda _: "", None)


@pytest.mark.slow
def test_the_same_shells_are_rendered_by_zensical(tmp_path: Path) -> None:
    root, folder, into = tmp_path / "project", tmp_path / "staged", tmp_path / "into"
    (root / "site_src" / "technical").mkdir(parents=True)
    (root / "site_src" / "technical" / "guide.md").write_text("# A guide\n\nRead me.\n", "utf-8")
    site = small_site(root)
    with closing(draft_site(Given(site, root))) as drafted:
        shells = theme_sources(drafted.drafts, site, splice=True)
        staged(folder, drafted, shells)
        engine = rendered(folder, shells, site)
        assert all(shell.parts.count(Slot.BODY) == 1 for shell in engine.shells.values())
        publish(entries(site, drafted.drafts, engine), into=into, manifests=tmp_path / "manifests")
        for draft in drafted.drafts:
            page = (into / draft.page.path / "index.html").read_text("utf-8")
            assert draft.body() in page
            assert "plumbline-slot" not in page
            addresses = ADDRESS.findall(page.replace(draft.body(), ""))
            assert len(addresses) > len(shells) / 2
            for address in addresses:
                if not urlsplit(address).scheme and not urlsplit(address).netloc:
                    target = into / draft.page.path / address
                    assert target.is_file() or (target / "index.html").is_file(), (draft.page.path, address)
    assert "Read me." in (into / "guide" / "index.html").read_text("utf-8")
