"""The page of an enumeration: its values, and the columns that take them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.links import enum_path
from generator.pages.relations import relate
from generator.pages.rendering import rendered
from generator.site import Page, Site
from generator.text import plain


def enum_pages(site: Site) -> Iterator[Page]:
    """A page for each enumeration."""
    relations = relate(site)
    for enum in site.project.catalog.enums.values():
        page = Page(
            path=enum_path(enum.name),
            title=enum.title,
            description=plain(enum.summary or enum.description) or f"{enum.title}: a list of values",
            section="enums",
            body="",
            source=enum.at() if enum.at().file else None,
            hide=("navigation",),
        )
        values = {
            "enum": enum,
            "columns": relations.columns_by_enum.get(enum.name, ()),
            "findings": relations.findings_about("enum", enum.name),
        }
        yield rendered(page, "enum.html", site, values)
