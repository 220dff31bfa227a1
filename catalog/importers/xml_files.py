"""XML of other tools, with a line and column for every element. The only user of defusedxml.

Entities are refused, so that a small file cannot become a large one, and nothing outside of it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

import defusedxml.common
import defusedxml.sax

from ..model import Location
from ..reading.document_faults import UnreadableError

MAX_ELEMENTS = 2_000_000
"""A file with more elements is not read."""

MAX_DEPTH = 300
"""Elements inside each other."""

WRITE_AGAIN = "Let its tool write it again"

FEATURE = "..."
"""Stands in a tag between a feature that its tool may switch off and the name: `_.fcp.X.true...relation`."""


LINE_END = re.compile(r"\r\n?|\n")
"""What ends a line for the parser: of what Unicode has for it, nothing else."""


@dataclass(slots=True)
class Element:
    """An element: its tag without prefixes, where its start tag begins, and what text stands in it itself."""

    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def get(self, name: str) -> str:
        """The value of an attribute; empty where it has none."""
        return self.attributes.get(name, "")

    def all(self, tag: str) -> Iterator[Element]:
        """The children with that tag."""
        return (child for child in self.children if child.tag == tag)

    def first(self, *tags: str) -> Element | None:
        """The first element at the end of a way of tags; None where there is none."""
        found: Element | None = self
        for tag in tags:
            found = next(found.all(tag), None) if found else None
        return found

    def below(self, tag: str) -> Iterator[Element]:
        """All elements with that tag in it, at any depth, in order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.below(tag)


@dataclass(frozen=True, slots=True)
class XmlFile:
    """The root of a file, and its lines, by which the text of an element has a place."""

    root: Element
    lines: tuple[str, ...]

    def text_place(self, element: Element, file: str) -> Location:
        """The place of the first character of an element's text that is no blank."""
        line, column, quote = element.line, element.column, ""
        while line <= len(self.lines):
            for index in range(column - 1, len(self.lines[line - 1])):
                character = self.lines[line - 1][index]
                if quote or character in "\"'":
                    quote = "" if character == quote else quote or character
                elif character == ">":
                    return self._first_mark(line, index + 1, file)
            line, column = line + 1, 1
        return Location(file, element.line, element.column)

    def _first_mark(self, line: int, index: int, file: str) -> Location:
        rest = self.lines[line - 1][index:]
        opening = len(rest) - len(rest.removeprefix("<![CDATA["))
        rest = rest[opening:]
        while not rest.strip() and line < len(self.lines):
            line, index, opening, rest = line + 1, 0, 0, self.lines[line]
        return Location(file, line, index + opening + len(rest) - len(rest.lstrip()) + 1)


def read_xml(content: bytes) -> XmlFile:
    """The elements of an XML file.

    Raises:
        UnreadableError: it is no XML, breaks off, has entities, or is too deep or too large.
    """
    reading = _Reading()
    try:
        defusedxml.sax.parseString(content, reading)
    except defusedxml.common.DefusedXmlException:
        message = "the XML declares entities, and is not read: they can make a small file endless"
        raise UnreadableError(message, hint=WRITE_AGAIN) from None
    except SAXParseException as fault:
        place = (fault.getLineNumber() or 1, (fault.getColumnNumber() or 0) + 1)
        is_cut = "no element found" in fault.getMessage() or "unclosed" in fault.getMessage()
        message = "the XML breaks off" if is_cut else "this is no XML, or it is not well formed here"
        raise UnreadableError(message, place, WRITE_AGAIN) from None
    except (SAXException, ValueError, LookupError):
        raise UnreadableError("this is no XML that can be read", hint=WRITE_AGAIN) from None
    if reading.root is None:
        raise UnreadableError("the XML is empty", hint=WRITE_AGAIN)
    return XmlFile(reading.root, tuple(LINE_END.split(content.decode("utf-8-sig", "replace"))))


class _Reading(ContentHandler):
    """Builds elements while the parser goes through a file. The parser wants an object that it calls."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Element | None = None
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._count = 0
        self._locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802 - the parser's name
        """Receives what knows the place."""
        self._locator = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the parser's name
        """An element begins."""
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._open) >= MAX_DEPTH:
            message = "the XML has too many elements, or they stand too deep inside each other"
            raise UnreadableError(message, hint="Leave it out with `files:` of the source")
        tag = name.rpartition(FEATURE)[2].rpartition(":")[2]
        line, column = self._locator.getLineNumber(), self._locator.getColumnNumber() + 1
        element = Element(tag, dict(attrs.items()), line, column)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def characters(self, content: str) -> None:
        """Text of the innermost element."""
        self._texts[-1].append(content)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002 - the parser's names
        """An element ends."""
        self._open.pop().text = "".join(self._texts.pop())
