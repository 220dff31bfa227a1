"""Text of definitions → safe HTML. The only place that renders foreign text.

Markdown goes through CommonMark with raw HTML switched off, then through an allow-list. Plain fields
need nothing from here: the templates escape them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup, escape

DEMOTION = 2
"""How many levels a heading of a description sinks: above it stand the page's own h1 and h2."""

BLOCK_TAGS = {
    "p", "hr", "pre", "blockquote", "ul", "ol", "li", "h3", "h4", "h5", "h6",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
INLINE_TAGS = {"a", "br", "code", "em", "s", "strong"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

CACHED_TEXTS = 16_384

# Most texts have no markup at all; parsing and cleaning them would be most of the time of a page.
_PLAIN_LINE = re.compile(r"[^*_`\[\]<>&\\~|!\n\r\0]*")
_PLAIN_PARAGRAPH = re.compile(r"[A-Za-z(“'\"][^*_`\[\]<>&\\~|!\n\r\0]*(?<! )\n?")

_JOINT = re.compile(r"([./_])(?=\w)")
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")


def markdown(text: str | None) -> Markup:
    """The text as HTML blocks; empty for no text."""
    return _blocks(text) if text else Markup("")


def inline(text: str | None) -> Markup:
    """The text as HTML without blocks: emphasis, inline code and links only."""
    return _line(text) if text else Markup("")


def plain(text: str | None) -> str:
    """The words of the text on one line, without markup, for titles and descriptions of pages."""
    return _plain(text) if text else ""


@lru_cache(maxsize=CACHED_TEXTS)
def breakable(name: str) -> Markup:
    """A long name that may be broken over lines where a reader would: after its dots and underscores."""
    return Markup(_JOINT.sub(r"\1<wbr>", str(escape(name))))  # noqa: S704 it was escaped first


def address(url: str | None) -> str | None:
    """The address as it may stand in a link; None for one that is no web or mail address."""
    scheme, colon, _ = (url or "").strip().partition(":")
    return (url or "").strip() if colon and scheme.lower() in SCHEMES else None


def mail_address(email: str | None) -> str | None:
    """The link that opens a letter to an address; None for what is none."""
    if not email or not _EMAIL.fullmatch(email):
        return None
    return f"mailto:{quote(email, safe='@+')}"


@lru_cache(maxsize=CACHED_TEXTS)
def _blocks(text: str) -> Markup:
    if _PLAIN_PARAGRAPH.fullmatch(text):
        return Markup("<p>{}</p>\n").format(text)
    html = _clean(_parser().render(text), BLOCK_TAGS | INLINE_TAGS)
    # A wide table scrolls in a container of its own, which the keyboard can reach.
    html = html.replace("<table>", '<div class="pl-scroll" tabindex="0"><table>')
    return Markup(html.replace("</table>", "</table></div>"))  # noqa: S704 the sanitiser has passed it


@lru_cache(maxsize=CACHED_TEXTS)
def _plain(text: str) -> str:
    if _PLAIN_PARAGRAPH.fullmatch(text):
        return " ".join(text.split())
    pieces = [_words(token) for token in _parser().parse(text)]
    return " ".join(" ".join(pieces).split())


@lru_cache(maxsize=CACHED_TEXTS)
def _line(text: str) -> Markup:
    if _PLAIN_LINE.fullmatch(text):
        return escape(text)
    return Markup(_clean(_parser().renderInline(text), INLINE_TAGS))  # noqa: S704 the sanitiser has passed it


def _clean(html: str, tags: set[str]) -> str:
    # A relative address would lead elsewhere from each page; things are linked by the page, not by the text.
    return nh3.clean(html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, url_relative="deny")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.core.ruler.push("demote_headings", _demote_headings)
    return parser


def _demote_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + DEMOTION, 6)}"


def _words(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(child.content or " " * child.type.endswith("break") for child in token.children)
