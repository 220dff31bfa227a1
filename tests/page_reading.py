"""Reads the HTML of pages in tests: tags that close as they opened, addresses, ids, text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "input", "wbr", "col", "img", "meta", "link"})

WITHIN_A_WORD = frozenset({"wbr", "code", "em", "strong"})
"""Tags that no reader sees as a gap between words."""


@dataclass
class Read:
    """What a page is made of. `faults` are tags that do not close, or close what is not open."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """Ids in the order of the page."""
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    @property
    def addresses(self) -> list[str]:
        """All that leads anywhere, in HTML and in SVG."""
        names = ("href", "xlink:href", "src", "action", "formaction", "srcset", "poster", "data")
        return [attributes[name] for _, attributes in self.tags for name in names if name in attributes]

    def of_class(self, name: str) -> list[dict[str, str]]:
        """Attributes of all elements of a class."""
        return [attributes for _, attributes in self.tags if name in attributes.get("class", "").split()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._gap(tag)
        self.read.tags.append((tag, {name: value or "" for name, value in attrs}))
        if len({name for name, _ in attrs}) != len(attrs):
            self.read.faults.append(f"an attribute twice in <{tag}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def _gap(self, tag: str) -> None:
        self.read.text += "" if tag in WITHIN_A_WORD else " "

    def handle_endtag(self, tag: str) -> None:
        self._gap(tag)
        if not self.open or self.open[-1] != tag:
            self.read.faults.append(f"</{tag}> closes {self.open[-3:]}")
        elif self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.read.text += data


def read(body: str) -> Read:
    """The page as a reader and a browser see it."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    if reader.open:
        reader.read.faults.append(f"never closed: {reader.open}")
    reader.read.text = " ".join(reader.read.text.split())
    return reader.read
