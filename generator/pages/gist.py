"""What a thing is, in the few words of a list."""

from __future__ import annotations

import re

from catalog import Described

_BLANK_LINE = re.compile(r"\n\s*\n")


def gist(thing: Described) -> str | None:
    """The summary, as Markdown, or the first paragraph of the description; none if it has neither."""
    if thing.summary or not thing.description:
        return thing.summary
    paragraphs = _BLANK_LINE.split(thing.description.strip())
    return next((text for text in paragraphs if not text.startswith("#")), paragraphs[0])
