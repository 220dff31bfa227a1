"""The page of a check: its documentation, and what it finds in this catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog import CHECKS, Check
from generator.links import check_path
from generator.pages.rendering import rendered
from generator.site import Page, Site
from generator.text import plain

_SECTION = re.compile(r"^## +(.+)$", re.MULTILINE)


def check_pages(site: Site) -> Iterator[Page]:
    """A page for each check; partners have no findings, so they get none."""
    if site.is_for_partners:
        return
    for check in CHECKS:
        opening, sections = documentation_of(check)
        page = Page(
            path=check_path(check.code),
            title=f"{check.code} {check.name}",
            description=plain(check.summary),
            section="checks",
            body="",
            hide=("navigation",),
        )
        values = {
            "check": check,
            "severity": site.project.settings.severity.get(check.code, check.severity),
            "opening": opening,
            "sections": sections,
            "waivers": [waiver for waiver in site.project.settings.waivers if waiver.check == check.code],
            "findings": [finding for finding in site.findings if finding.code == check.code],
        }
        yield rendered(page, "check.html", site, values)


def documentation_of(check: Check) -> tuple[str, list[tuple[str, str]]]:
    """The first words of a check's documentation, then title and Markdown of each section."""
    opening, *rest = _SECTION.split(check.documentation)
    return opening.strip(), [
        (title.strip(), text.strip()) for title, text in zip(rest[::2], rest[1::2], strict=True)
    ]
