"""What a misspelt word was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

NEAR = 0.6
"""Least likeness, 0 to 1, at which a guess helps more than it misleads."""


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like a word, case aside; None where none is near. Ties go to the first by name."""
    choices = sorted(set(candidates) - {word})
    found = process.extractOne(
        word,
        choices,
        scorer=DamerauLevenshtein.normalized_similarity,
        processor=str.casefold,
        score_cutoff=NEAR,
    )
    if found:
        return str(found[0])
    begun = [choice for choice in choices if len(word) > 2 and choice.startswith(word)]
    return begun[0] if len(begun) == 1 else None


def only_near(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a word is near to, if there is no second one."""
    choices = set(candidates) - {word}
    found = [each for each in choices if likeness(word, each) >= NEAR]
    return found[0] if len(found) == 1 else None


def likeness(word: str, other: str) -> float:
    """How alike two words are, case aside: 1 for the same, 0 where no letter is."""
    return DamerauLevenshtein.normalized_similarity(word, other, processor=str.casefold)


def did_you_mean(word: str, candidates: Iterable[str], otherwise: str | None = None) -> str | None:
    """The hint with the nearest candidate; another hint, or none, where none is near."""
    guess = nearest(word, candidates)
    return f"Did you mean `{guess}`?" if guess else otherwise
