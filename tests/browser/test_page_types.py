"""Every type of page on both sites: usable by everybody, in light and dark, on a phone too."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
BOTH = ("", "metrics/", "metrics/*/", "tables/", "tables/*/", "reports/", "reports/*/", "teams/", "teams/*/",
        "enums/", "enums/*/", "glossary/", "changes/", "a-z/")  # fmt: skip
PAGE_TYPES = [
    *(f"partner/{path}" for path in BOTH),
    *(f"technical/{path}" for path in BOTH),
    *(
        f"technical/{path}"
        for path in (
            "jobs/",
            "jobs/*/",
            "checks/",
            "checks/*/",
            "checks/waivers/",
            "coverage/",
            "start/",
            "definitions/",
        )
    ),
]


def page_of(sites: Path, page_type: str) -> str:
    """The page of that type with the most to show."""
    if "*" not in page_type:
        return page_type
    pages = sites.glob(f"{page_type}index.html")
    return max(pages, key=lambda page: (page.stat().st_size, page)).parent.relative_to(sites).as_posix() + "/"


def grave_violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical: rule, element, and why."""
    return [
        f"{violation['impact']} {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_type_has_no_grave_violation_in_light_or_dark(open_page, built_sites, page_type: str) -> None:
    page = open_page(page_of(built_sites, page_type))
    found = {"light": grave_violations(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = grave_violations(page)
    assert found == {"light": [], "dark": []}


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_type_does_not_scroll_sideways_on_a_phone(open_page, built_sites, page_type: str) -> None:
    page = open_page(page_of(built_sites, page_type), width=390)
    too_wide = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .map((element) => `${element.tagName} ${element.className}`)
            .slice(0, 5)"""
    )
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider == 0, too_wide
