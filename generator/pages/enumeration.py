"""The page of an enumeration: its values, and the columns that take them."""

from __future__ import annotations

from generator.links import enum_path
from generator.pages.per_thing import PagePerThing
from generator.pages.rendering import rendered
from generator.pages.surroundings import Surroundings
from generator.site import Page
from generator.text import plain


def enum_page(name: str, around: Surroundings) -> Page:
    """The page of an enumeration."""
    enum, relations = around.site.project.catalog.enums[name], around.relations
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
    return rendered(page, "enum.html", around.site, values)


enum_pages = PagePerThing("enums", enum_page)
"""A page for each enumeration."""
