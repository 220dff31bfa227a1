"""Both sites, by the road that `plumbline build` takes: a process for each."""

import datetime
import os
import re
from pathlib import Path

import pytest

from catalog import Audience, CatalogError
from generator.build import build, build_site, told_findings

TODAY = datetime.date(2026, 1, 15)

DEFINITIONS = """
teams:
  - {name: ops, label: Operations, description: The people of the queues., audience: partner}
metrics:
  - name: backlog_open
    label: Open backlog
    summary: Cases that wait.
    owner: ops
    audience: partner
  - {name: overtime_hours, label: Overtime, summary: Hours beyond the plan., owner: ops}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "definitions").mkdir(parents=True)
    (root / "definitions" / "ops.yml").write_text(DEFINITIONS, encoding="utf-8")
    (root / "plumbline.yml").write_text("name: Example\ndialect: duckdb\n", encoding="utf-8")
    return root


def test_a_repository_without_mkdocs_yml_gets_both_sites(project: Path) -> None:
    built = build(project, project / "site", today=TODAY)
    assert [(site.audience, site.folder.name) for site in built] == [
        (Audience.INTERNAL, "technical"),
        (Audience.PARTNER, "partner"),
    ]
    for folder in ("technical", "partner"):
        assert (project / "site" / folder / "metrics" / "backlog_open" / "index.html").is_file()
    assert (project / "site" / "technical" / "metrics" / "overtime_hours" / "index.html").is_file()
    assert not (project / "site" / "partner" / "metrics" / "overtime_hours").exists()


def test_a_build_tells_how_much_is_wrong_with_the_definitions(project: Path) -> None:
    (project / "definitions" / "broken.yml").write_text("tables: [", encoding="utf-8")
    told = told_findings(build(project, project / "site", today=TODAY))
    assert told is not None
    assert re.fullmatch(
        r"\d+ findings, \d+ errors?, 1 in what could not be read as written: run `plumbline check`", told
    )


def test_a_build_without_findings_says_nothing(project: Path) -> None:
    (project / "definitions" / "ops.yml").write_text(
        "teams: [{name: ops, label: Operations}]", encoding="utf-8"
    )
    assert told_findings(build(project, project / "site", today=TODAY)) is None


def test_a_name_that_slips_into_partner_prose_ends_the_build_and_removes_the_site(project: Path) -> None:
    prose = project / "site_src" / "partner" / "guide.md"
    prose.parent.mkdir(parents=True)
    prose.write_text("Numbers come from `overtime_hours`.", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"guide/index\.html: byte \d+: `overtime_hours`"):
        build_site(project, audience=Audience.PARTNER, into=project / "out", today=TODAY)
    assert not (project / "out").exists()


def test_a_fault_in_another_process_arrives_with_its_hint(project: Path) -> None:
    prose = project / "site_src" / "shared" / "guide.md"
    prose.parent.mkdir(parents=True)
    prose.write_text("[it](metric:backlog_opne)", encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        build_site(project, audience=Audience.INTERNAL, into=project / "out", today=TODAY)
    assert str(caught.value).startswith("site_src/shared/guide.md:1:6: ")
    assert caught.value.hint == "Did you mean `metric:backlog_open`?"


def test_the_same_input_makes_the_same_bytes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build_site(project, audience=Audience.INTERNAL, into=project / "one", today=TODAY)
    monkeypatch.setitem(os.environ, "PYTHONHASHSEED", "7")
    monkeypatch.setitem(os.environ, "TZ", "Asia/Tokyo")
    second = build_site(project, audience=Audience.INTERNAL, into=project / "two", today=TODAY)
    files = sorted(file for file in first.folder.rglob("*") if file.is_file())
    assert files
    for file in files:
        assert file.read_bytes() == (second.folder / file.relative_to(first.folder)).read_bytes(), file
