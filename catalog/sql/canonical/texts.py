"""The texts that canonical forms are made of: how they are put together, kept short and compared."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

VOLATILE = ("rand(", "randn(", "uuid(", "anonymous(", "anonymousaggfunc(", "nextvaluefor(")
"""Beginnings in a text of what may have another value each time: functions not known are among them."""

LONGEST = 600
"""Characters beyond which a text goes by its digest, since texts stand in texts."""


def compact(text: str) -> str:
    """The text, or its digest where it is long; `VOLATILE` functions in it stay visible."""
    if len(text) <= LONGEST:
        return text
    marks = "".join(sorted({mark + ")" for mark in VOLATILE if mark in text}))
    return f"#{digest(text)}{marks}"


def digest(*texts: str) -> str:
    """A hash of texts, wherever they are cut."""
    made = blake2b(digest_size=16)
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        made.update(len(content).to_bytes(8, "big") + content)
    return made.hexdigest()


def word(name: str) -> str:
    """A name as it stands in a text; in quotes where it could be taken for more than a name."""
    return name if name.replace("-", "_").replace("$", "_").isidentifier() else repr(name)


def is_volatile(text: str) -> bool:
    """Whether a canonical text may have another value each time it is computed."""
    return any(mark in text for mark in VOLATILE)


def joined(word: str, texts: Iterable[str]) -> str:
    """Texts under a word whose operands have no order; one alone is itself. Repeats count once."""
    texts = list(texts)
    different = sorted(texts if any(map(is_volatile, texts)) else set(texts))
    return different[0] if len(different) == 1 else f"{word}({','.join(different)})"
