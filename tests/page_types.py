"""Every type of page on both sites, as patterns of their paths: what holds for all is tested on each."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

BOTH = (
    *(
        "",
        "metrics/",
        "metrics/*/",
        "metrics/*/@*/",
        "tables/",
        "tables/*/",
        "reports/",
        "reports/*/",
        "teams/",
        "teams/*/",
    ),
    *("enums/", "enums/*/", "glossary/", "changes/", "a-z/"),
)
TECHNICAL = ("jobs/", "jobs/*/", "checks/", "checks/*/", "checks/waivers/", "coverage/", "lineage/")
WRITTEN = ("start/", "definitions/", "decisions/", "decisions/*/")
"""Hand-written pages: one that reads like prose, one full of tables, and those of a folder."""

LOST = "404.html"
"""The page for lost addresses: it asks for files that are not there, and has tests of its own."""

PAGE_TYPES = (
    *(f"partner/{path}" for path in BOTH),
    *(f"technical/{path}" for path in (*BOTH, *TECHNICAL, *WRITTEN)),
)


def page_of(sites: Path, page_type: str) -> str:
    """The page of that type with the most to show."""
    if "*" not in page_type:
        return page_type
    pages = sites.glob(f"{page_type}index.html")
    return max(pages, key=lambda page: (page.stat().st_size, page)).parent.relative_to(sites).as_posix() + "/"


def pages_of_no_type(sites: Path, written: Path) -> Iterator[str]:
    """Pages of the sites that are of none of the types, but for those in the folder of hand-written ones."""
    for page in sorted(sites.rglob("*.html")):
        path = page.relative_to(sites).as_posix().removesuffix("index.html")
        is_written = any((written / path.rstrip("/")).with_suffix(ending).exists() for ending in (".md", ""))
        if page.name == LOST or is_written:
            continue
        if not any(_is_of(path, page_type) for page_type in PAGE_TYPES):
            yield path


def _is_of(path: str, page_type: str) -> bool:
    return path.count("/") == page_type.count("/") and fnmatchcase(path, page_type)
