"""The content of a page as a person would write it in Markdown: headings, text, lists, tables, drawings."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

BREAK = "\n\n"
_ICON = re.compile(r"<svg[^>]*aria-hidden.*?</svg>", re.DOTALL)
STARTS = {
    "h1": "\n\n# ",
    "h2": "\n\n## ",
    "h3": "\n\n### ",
    "h4": "\n\n#### ",
    "li": "\n- ",
    "tr": "\n|",
    **dict.fromkeys(
        ("p", "div", "section", "ul", "ol", "dl", "table", "figure", "details", "summary"), BREAK
    ),
    **dict.fromkeys(("dt", "dd"), "\n"),
    "strong": "**",
    "b": "**",
    "em": "*",
    "code": "`",
    "pre": "\n\n```sql\n",
    "a": "[",
}
ENDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "p", "div", "section", "ul", "ol", "table", "summary"), BREAK),
    "td": " |",
    "th": " |",
    "strong": "**",
    "b": "**",
    "em": "*",
    "code": "`",
    "pre": "\n```\n\n",
}


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.in_drawing = 0  # its depth; a drawing is kept as it is
        self.in_listing = False
        self.in_row = False
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.in_drawing or tag == "svg":
            kept = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
            frame = "" if self.in_drawing or self.in_row else "\n\n<div>"
            self.text.append(f"{frame}<{tag}{kept}>")
            self.in_drawing += 1
            return
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        self.cells = 0 if tag == "tr" else self.cells + (tag in {"td", "th"})
        self.in_row |= tag == "tr"
        if not self.in_listing:
            start = STARTS.get(tag, "")
            self.text.append(" " if self.in_row and "\n" in start and tag != "tr" else start)
        self.in_listing |= tag == "pre" and not self.in_row

    def handle_endtag(self, tag: str) -> None:
        if self.in_drawing:
            self.in_drawing -= 1
            frame = "" if self.in_drawing or self.in_row else "</div>\n\n"
            self.text.append(f"</{tag}>{frame}")
            return
        self.in_listing &= tag != "pre"
        if tag == "a":
            self.text.append(f"]({self.links.pop()})")
        elif tag == "thead":
            self.text.append("\n|" + " --- |" * self.cells)
        elif not self.in_listing:
            end = ENDS.get(tag, "")
            self.text.append(" " if self.in_row and "\n" in end else end)
        self.in_row &= tag != "tr"

    def handle_data(self, data: str) -> None:
        if self.in_drawing:
            self.text.append(escape(data))
        else:
            self.text.append(data if self.in_listing else re.sub(r"\s+", " ", data))


def plain_markdown(body: str) -> str:
    """The Markdown of an article's HTML."""
    writer = _Writer()
    writer.feed(_ICON.sub("", body))
    return re.sub(r"\n\s*\n\s*", BREAK, "".join(writer.text)).strip() + "\n"
