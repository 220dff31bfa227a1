"""What is remembered of pages: a second run makes the same pages as a first one, and makes few of them."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from small_catalog import DEFINITIONS, SETTINGS, TODAY

from catalog import Audience, open_project
from generator.assembly import site_of
from generator.drafts import Draft, Memory, drafts, read_memory, write_memory
from generator.pages import PAGE_TYPES
from generator.pages.per_thing import PagePerThing
from generator.pages.surroundings import Surroundings
from generator.site import Page, Site

AUDIENCES = (Audience.INTERNAL, Audience.PARTNER)
NEW_TABLE = "  - {name: mart.month, sql: SELECT SUM(removed) AS removed FROM mart.week}\n"

CHANGES = {
    "nothing": ("", ""),
    "a label that other pages show": ("label: Cases by day", "label: Cases of each day"),
    "the name of a team": ("label: Operations", "label: The operators"),
    "the address of a team": ("ops@example.com", "operators@example.com"),
    "a team that is gone": ("- {name: ops,", "- {name: others,"),
    "a table renamed": ("mart.day", "mart.dawn"),
    "a table no longer read": ("FROM raw.event", "FROM raw.other"),
    "a new table": ("  - name: secret.pay", f"{NEW_TABLE}  - name: secret.pay"),
    "a metric that is gone": ("  - name: removal_share", "  - name: other_share"),
    "a column that is gone": ("      - {name: seconds, type: INT64, description: Time spent.}\n", ""),
    "a description that columns inherit": ("What was decided.", "How it ended."),
    "an expression": ("COUNTIF(outcome = 'GONE') AS", "COUNTIF(outcome = 'KEPT') AS"),
    "a line more, so that all others move": ("teams:\n", "teams:\n\n"),
    "an audience": ("    audience: partner\n    layer: mart", "    layer: mart"),
    "a value of an enumeration": ("label: Taken down", "label: Removed"),
    "a job that another waits for": ("name: nightly, label: Nightly", "name: nightly, label: At night"),
}


def site(
    root: Path, audience: Audience, text: str, *, settings: str = SETTINGS, today: datetime.date = TODAY
) -> Site:
    (root / "definitions").mkdir(exist_ok=True)
    (root / "definitions" / "all.yml").write_text(text, encoding="utf-8")
    (root / "plumbline.yml").write_text(settings, encoding="utf-8")
    return site_of(open_project(root), audience, today=today)


def made(root: Path, of: Site, before: Memory) -> tuple[tuple[Draft, ...], Memory]:
    with (root / "bodies").open("w+b") as bodies:
        found, memory = drafts(PAGE_TYPES, of, bodies, before)
        return tuple(replace(each, body=partial(str, each.body())) for each in found), memory


def told(found: tuple[Draft, ...]) -> list[tuple[Page, str, str]]:
    return [(each.page, each.digest, each.body()) for each in found]


def kept(root: Path, memory: Memory) -> Memory:
    write_memory(memory, root / "pages.json", "1")
    return read_memory(root / "pages.json", "1")


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("change", CHANGES)
def test_pages_that_are_not_made_again_are_as_if_they_were(
    change: str, audience: Audience, tmp_path: Path
) -> None:
    old, new = CHANGES[change]
    _, memory = made(tmp_path, site(tmp_path, audience, DEFINITIONS), Memory())
    after = site(tmp_path, audience, DEFINITIONS.replace(old, new))
    remembered, memory_after = made(tmp_path, after, kept(tmp_path, memory))
    clean, memory_clean = made(tmp_path, after, Memory())
    assert told(remembered) == told(clean)
    assert memory_after.pages.keys() == memory_clean.pages.keys()
    again, _ = made(tmp_path, after, kept(tmp_path, memory_after))
    assert told(again) == told(clean)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_new_day_and_new_settings_reach_the_pages_that_tell_of_them(
    audience: Audience, tmp_path: Path
) -> None:
    due = DEFINITIONS.replace("review_by: 2027-04-01", "review_by: 2026-11-30")
    _, memory = made(tmp_path, site(tmp_path, audience, due), Memory())
    after = site(
        tmp_path,
        audience,
        due,
        settings=SETTINGS.replace("Small catalog", "Another name"),
        today=TODAY + datetime.timedelta(days=30),
    )
    assert told(made(tmp_path, after, kept(tmp_path, memory))[0]) == told(made(tmp_path, after, Memory())[0])


def test_a_change_makes_only_the_pages_again_that_tell_of_it(tmp_path: Path) -> None:
    before = site(tmp_path, Audience.INTERNAL, DEFINITIONS)
    _, memory = made(tmp_path, before, Memory())
    after = site(tmp_path, Audience.INTERNAL, DEFINITIONS.replace("Nobody's business", "Nobody's affair"))
    names: list[str] = []

    def counted(kind: PagePerThing) -> PagePerThing:
        def page(name: str, around: Surroundings) -> Page:
            names.append(name)
            return kind.page(name, around)

        return PagePerThing(kind.kind, page)

    types = [counted(kind) for kind in PAGE_TYPES if isinstance(kind, PagePerThing)]
    with (tmp_path / "bodies").open("w+b") as bodies:
        drafts(types, after, bodies, memory)
    assert names == ["secret.pay"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_page_of_one_thing_asks_for_all_of_a_kind(audience: Audience, tmp_path: Path) -> None:
    _, memory = made(tmp_path, site(tmp_path, audience, DEFINITIONS), Memory())
    whole = {way for way, key, _ in memory.reads if key is None}
    # A thing without an owner asks for the team `None`, which is taken for all teams: those are few.
    asked = {way for way in whole if way.startswith(("site.project.", "relations."))}
    assert asked <= {"site.project.settings", "site.project.catalog.teams"}


def test_what_another_version_remembers_is_forgotten(tmp_path: Path) -> None:
    _, memory = made(tmp_path, site(tmp_path, Audience.INTERNAL, DEFINITIONS), Memory())
    write_memory(memory, tmp_path / "pages.json", "1")
    assert read_memory(tmp_path / "pages.json", "1") == memory
    assert read_memory(tmp_path / "pages.json", "2") == Memory()


def test_digests_are_the_same_in_every_process(tmp_path: Path) -> None:
    _, memory = made(tmp_path, site(tmp_path, Audience.INTERNAL, DEFINITIONS), Memory())
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]); import test_drafts as t;"
        "root = Path(sys.argv[1]); site = t.site(root, t.Audience.INTERNAL, t.DEFINITIONS);"
        "t.write_memory(t.made(root, site, t.Memory())[1], root / 'other.json', '1')"
    )
    here = Path(__file__).parent
    environment = os.environ | {"PYTHONHASHSEED": "77", "PYTHONPATH": str(here.parent)}
    subprocess.run([sys.executable, "-c", script, tmp_path, here], check=True, env=environment)
    other = read_memory(tmp_path / "other.json", "1")
    assert sorted(map(repr, other.reads)) == sorted(map(repr, memory.reads))
