"""Titles in the order of the alphabet, and the letter that each stands under."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")

OTHER_LETTERS = "#"
"""Where digits, signs and other scripts stand: after Z."""


def by_letter(things: Iterable[T], title: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    """Letter → the things whose title begins with it, in the order of the alphabet."""
    ordered = sorted(things, key=lambda thing: _place(title(thing)))
    return [(letter, list(group)) for letter, group in groupby(ordered, key=lambda t: letter_of(title(t)))]


def letter_of(title: str) -> str:
    """The letter a title stands under: É stands with E."""
    first = _folded(title)[:1].upper()
    return first if first.isascii() and first.isalpha() else OTHER_LETTERS


def letter_id(letter: str) -> str:
    """The anchor of a letter, and the name of its page."""
    return f"letter-{'other' if letter == OTHER_LETTERS else letter.lower()}"


def _place(title: str) -> tuple[bool, str, str]:
    return letter_of(title) == OTHER_LETTERS, _folded(title), title


def _folded(title: str) -> str:
    split = unicodedata.normalize("NFKD", title)
    return "".join(character for character in split if not unicodedata.combining(character)).casefold()
