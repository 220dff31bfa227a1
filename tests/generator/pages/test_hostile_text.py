"""Whatever stands in a definition, a page is only read: nothing of it runs, loads or breaks out."""

import datetime

import pytest
from page_reading import read
from planting import planted_findings, planted_project

from catalog import Audience, Status
from generator.pages import PAGE_TYPES
from generator.site import Page, Site

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)><a href="javascript:alert(1)',
    "'><iframe src='javascript:alert(1)'></iframe><p class='",
    "[x](javascript:alert(1)) ![y](https://other.example/pixel.png)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</code></pre></td></table></div><style>*{display:none}</style>",
    "{{ 7 * 7 }} {% raw %} {{ site }}",
    "--><!-- <b",
    "]]></svg><script>alert(1)</script>",
    "javascript:alert(1)@example.com",
    "\x00\x0b\u2028\u202e<b>",
    "日本語 " * 60,
    "x" * 300,
)
TAGS = {
    *("a", "aside", "br", "code", "dd", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "header"),
    *("hr", "input", "kbd", "label", "li", "nav", "ol", "p", "pre", "progress", "section", "small", "span"),
    *("strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul", "wbr", "blockquote"),
    *("button", "option", "output", "select"),
    *("svg", "g", "path", "circle", "rect", "text", "title", "desc"),
}
TODAY = datetime.date(2026, 11, 21)
HARMLESS = ("https://", "http://", "mailto:")


def pages_with(text: str, audience: Audience, status: Status = Status.ACTIVE) -> list[Page]:
    project = planted_project(lambda cls, field: text, text, status=status, url=text)
    site = Site(
        project, audience, planted_findings(lambda cls, field: text, text), datetime.date(2026, 11, 21)
    )
    return [page for pages in PAGE_TYPES for page in pages(site)]


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.PARTNER])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_only_read(text, audience):
    for page in pages_with(text, audience):
        found = read(page.body)
        assert found.faults == [], page.path
        assert {tag for tag, _ in found.tags} <= TAGS, page.path
        for tag, attributes in found.tags:
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (
                page.path,
                tag,
            )
        for address in found.addresses:
            is_relative = ":" not in address.split("/")[0].split("#")[0]
            assert is_relative or address.startswith(HARMLESS), (page.path, address)
            assert "https://other.example" not in address


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_told_as_it_is_written(text):
    page = next(page for page in pages_with(text, Audience.INTERNAL) if page.section == "teams" and page.toc)
    assert page.title == text


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_pages(status):
    assert len(pages_with("plain", Audience.INTERNAL, status)) > 10
