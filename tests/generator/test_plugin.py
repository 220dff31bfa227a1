"""Sites as MkDocs and the theme make them, by the example's own configuration."""

import datetime
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from catalog import Audience, CatalogError, open_project
from generator.assembly import Given, site_of
from generator.plugin import render

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 1, 15)

DEFINITIONS = """
teams:
  - name: ops
    label: Operations
    description: The people who look after the queues.
    audience: partner
metrics:
  - name: backlog_open
    label: Open <b>backlog</b> & "more"
    summary: Cases that wait, "<i>all</i>" of them.
    owner: ops
    audience: partner
    source: ops.queue
    expression: COUNT(*)
  - name: overtime_hours
    label: Overtime
    summary: Hours beyond the plan.
    owner: ops
tables:
  - name: ops.queue
    label: Work that waits
    description: Work that waits for a reviewer.
    owner: ops
    columns:
      - {name: item_id, description: Piece of content to look at, type: TEXT}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "definitions").mkdir(parents=True)
    (root / "definitions" / "ops.yml").write_text(DEFINITIONS, encoding="utf-8")
    (root / "plumbline.yml").write_text("name: Example\ndialect: duckdb\n", encoding="utf-8")
    return root


def prose(root: Path, path: str, text: str) -> None:
    file = root / "site_src" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def built(root: Path, audience: Audience = Audience.INTERNAL, into: str = "site") -> Path:
    folder = root / into
    render(Given(site_of(open_project(root), audience, today=TODAY), root), folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def example(tmp_path: Path, mkdocs: str) -> Path:
    root = tmp_path / "example"
    root.mkdir()
    for name in ("definitions", "site_src"):
        shutil.copytree(ROOT / name, root / name)
    settings = (ROOT / "plumbline.yml").read_text(encoding="utf-8")
    (root / "plumbline.yml").write_text(f"{settings}\nrepository: https://git.example.org/ops/catalog\n")
    (root / "mkdocs.yml").write_text(mkdocs, encoding="utf-8")
    return root


def test_a_spliced_page_is_the_page_that_the_theme_renders_byte_for_byte(tmp_path: Path) -> None:
    mkdocs = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    mkdocs += "\nsite_url: https://catalog.example.org/docs/\n"
    root = example(tmp_path, mkdocs)
    spliced = contents(built(root, into="spliced"))
    (root / "mkdocs.yml").write_text(mkdocs.replace("project: .", "project: .\n      splice: false"))
    whole = contents(built(root, into="whole"))

    assert sorted(spliced) == sorted(whole)
    assert [path for path in whole if spliced[path] != whole[path]] == []
    sections = {path.split("/")[0] for path in whole if path.count("/") == 2 and path.endswith(".html")}
    assert {"metrics", "tables", "reports", "teams", "checks"} <= sections
    page = whole["metrics/appeal_overturn_rate/index.html"].decode()
    assert 'rel="canonical" href="https://catalog.example.org/docs/metrics/appeal_overturn_rate/"' in page
    assert 'href="https://git.example.org/ops/catalog/edit/main/definitions/' in page


def test_a_second_build_writes_only_what_changed(project: Path) -> None:
    prose(project, "shared/guide.md", "# How to read this")
    given = Given(site_of(open_project(project), Audience.INTERNAL, today=TODAY), project)
    first = render(given, project / "site")
    again = render(given, project / "site")
    assert first.written > 10
    assert (again.written, again.unchanged) == (0, first.written)

    definitions = project / "definitions" / "ops.yml"
    definitions.write_text(DEFINITIONS.replace("beyond the plan", "beyond the rota"), encoding="utf-8")
    changed = render(
        Given(site_of(open_project(project), Audience.INTERNAL, today=TODAY), project), project / "site"
    )
    assert 1 <= changed.written <= 9  # its page, lists, and the parts of the search that hold its words
    assert b"beyond the rota" in contents(project / "site")["metrics/overtime_hours/index.html"]


def test_a_thing_that_is_gone_has_no_page(project: Path) -> None:
    assert "metrics/overtime_hours/index.html" in contents(built(project))
    shorter = DEFINITIONS.replace("overtime_hours", "overtime_minutes")
    (project / "definitions" / "ops.yml").write_text(shorter, encoding="utf-8")
    paths = contents(built(project))
    assert "metrics/overtime_minutes/index.html" in paths
    assert "metrics/overtime_hours/index.html" not in paths


def test_no_shell_no_foreign_sitemap_and_no_search_of_the_theme_is_published(project: Path) -> None:
    paths = contents(built(project))
    unwanted = ("plumbline-shell", "sitemap", "lunr", "workers", "search_index")
    assert [path for path in paths if any(name in path for name in unwanted)] == []


def test_a_page_outside_the_navigation_shows_its_section_and_no_page_lists_all(project: Path) -> None:
    page = contents(built(project))["metrics/overtime_hours/index.html"].decode()
    active = page.partition("md-tabs__item--active")[2].partition("</li>")[0]
    assert "Metrics" in active
    assert "md-path__link" in page
    assert "backlog_open" not in page


def test_a_title_with_markup_stays_text(project: Path) -> None:
    page = contents(built(project))["metrics/backlog_open/index.html"].decode()
    assert "<title>Open &lt;b&gt;backlog&lt;/b&gt; &amp; &quot;more&quot; - Example</title>" in page
    assert 'content="Cases that wait, &quot;&lt;i&gt;all&lt;/i&gt;&quot; of them."' in page


def test_prose_links_to_things_by_name(project: Path) -> None:
    prose(
        project,
        "shared/guide/first.md",
        "# First\n\nSee [the number](metric:backlog_open), `metric:nothing`.",
    )
    page = contents(built(project))["guide/first/index.html"].decode()
    assert '<a href="../../metrics/backlog_open/">the number</a>' in page
    assert "<code>metric:nothing</code>" in page


def test_a_dead_name_in_prose_ends_the_build_with_its_place_and_a_guess(project: Path) -> None:
    prose(project, "technical/guide.md", "# Guide\n\nSee [it](metric:backlog_opne).\n")
    with pytest.raises(CatalogError) as caught:
        built(project)
    assert "site_src/technical/guide.md:3:10: " in str(caught.value)
    assert "`metric:backlog_opne`" in str(caught.value)
    assert caught.value.hint == "Did you mean `metric:backlog_open`?"


def test_what_is_internal_is_a_dead_name_for_partners(project: Path) -> None:
    prose(project, "shared/guide.md", "[it](metric:overtime_hours)")
    assert b"../metrics/overtime_hours/" in contents(built(project))["guide/index.html"]
    with pytest.raises(CatalogError, match="`metric:overtime_hours` leads nowhere"):
        built(project, Audience.PARTNER, "partner")


def test_a_broken_link_between_prose_pages_ends_the_build(project: Path) -> None:
    prose(project, "shared/guide.md", "[it](gone.md)")
    with pytest.raises(CatalogError, match=r"site_src/shared/guide\.md.*gone\.md"):
        built(project)


def test_each_audience_gets_the_shared_prose_and_its_own_only(project: Path) -> None:
    for folder in ("shared", "technical", "partner"):
        prose(project, f"{folder}/{folder}_page.md", f"# For {folder} readers")
        prose(project, f"{folder}/{folder}.png", "picture")
    technical, partner = contents(built(project)), contents(built(project, Audience.PARTNER, "partner"))
    assert {"shared_page/index.html", "technical_page/index.html", "technical.png"} <= technical.keys()
    assert {"shared_page/index.html", "partner_page/index.html", "partner.png"} <= partner.keys()
    assert not [path for path in technical if "partner" in path]
    assert not [path for path in partner if "technical" in path]


def test_a_sitemap_lists_all_pages_where_the_address_is_known(project: Path) -> None:
    (project / "mkdocs.yml").write_text(
        "site_name: x\nsite_url: https://example.org/c/\ntheme: {name: material}\nplugins: [plumbline]\n"
    )
    prose(project, "shared/guide.md", "# Guide")
    sitemap = contents(built(project))["sitemap.xml"].decode()
    for path in ("", "metrics/", "metrics/backlog_open/", "guide/"):
        assert f"<loc>https://example.org/c/{path}</loc>" in sitemap
    assert "shell" not in sitemap


def test_an_owners_override_of_the_theme_reaches_every_page(project: Path) -> None:
    (project / "mkdocs.yml").write_text(
        "site_name: x\ntheme: {name: material, custom_dir: site_src/overrides}\nplugins: [plumbline]\n"
    )
    prose(project, "overrides/partials/copyright.html", "<p>Written by the owner</p>")
    pages = contents(built(project))
    assert b"Written by the owner" in pages["metrics/backlog_open/index.html"]
    assert b"Written by the owner" in pages["metrics/index.html"]


def test_a_configuration_without_the_plugin_is_told(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: x\nplugins: []\n")
    with pytest.raises(CatalogError, match="the plugin `plumbline` is not among `plugins`"):
        built(project)


def test_a_fault_in_the_configuration_is_told_in_one_message(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: x\ntheme: {name: nowhere}\nplugins: [plumbline]\n")
    with pytest.raises(CatalogError, match="nowhere"):
        built(project)


def test_plain_mkdocs_build_makes_the_technical_site(project: Path) -> None:
    mkdocs = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    prose(project, "overrides/.gitkeep", "")
    (project / "mkdocs.yml").write_text(mkdocs, encoding="utf-8")
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--strict", "--quiet"]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    by_mkdocs = contents(project / "site" / "technical")
    own = contents(built(project, into="own"))
    assert {path for path in own if path.endswith(".html")} == {
        path for path in by_mkdocs if path.endswith(".html")
    }
    assert by_mkdocs["tables/ops.queue/index.html"] == own["tables/ops.queue/index.html"]


def test_plain_mkdocs_build_tells_a_fault_without_a_traceback(project: Path) -> None:
    prose(project, "shared/guide.md", "[it](metric:gone)")
    (project / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: site_src\ntheme: {name: material, font: false}\nplugins: [plumbline]\n"
    )
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--quiet"]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "the link to `metric:gone` leads nowhere" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_folder_that_is_no_site_is_left_alone(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "thesis.txt").write_text("years of work")
    with pytest.raises(CatalogError, match="holds files that are not a site"):
        built(project)
    assert contents(project / "site") == {"thesis.txt": b"years of work"}


def test_plain_mkdocs_build_of_a_partner_site_passes_the_same_gate(project: Path) -> None:
    prose(project, "partner/guide.md", "Numbers come from overtime_hours.")
    (project / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: site_src\nsite_dir: out\ntheme: {name: material, font: false}\n"
        "plugins:\n  - plumbline: {audience: partner}\n"
    )
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--quiet"]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "guide/index.html: byte" in run.stdout + run.stderr
    assert not (project / "out").exists()


def test_the_packaged_configuration_is_the_one_in_the_repository() -> None:
    """All but what only a repository has: folders of prose and overrides."""
    own, packaged = (
        (path / "mkdocs.yml").read_text(encoding="utf-8").partition("site_name:")[2].splitlines()
        for path in (ROOT, ROOT / "generator" / "theme")
    )
    assert [line for line in own if "site_src" not in line] == packaged
