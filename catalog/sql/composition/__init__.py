"""What an expression is made of: its aggregates, its divisions and whether these may fail, its factors."""

from __future__ import annotations

from .values import Aggregate, Composition, CompositionQuestion

__all__ = ["Aggregate", "Composition", "CompositionQuestion", "composition"]


def composition(question: CompositionQuestion) -> Composition:
    """What the expression is made of. Never raises on text."""
    from .reading import composition_of

    return composition_of(question)
