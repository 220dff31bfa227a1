"""One output of a query → how it is computed, in a shape in which two such computations can be compared.

What a query reads may be read through: the SQL of tables in between stands in their place, outer queries that
only hand a value on are taken away, and sums of sums are one sum. What stays is compared in canonical form.
"""

from __future__ import annotations

from .values import AggregateCall, Computation, ComputationQuestion, GroupKey, InlinedText

__all__ = ["AggregateCall", "Computation", "ComputationQuestion", "GroupKey", "InlinedText", "computation"]


def computation(question: ComputationQuestion) -> Computation:
    """How the output is computed. Never raises on text: what cannot be read has a `reason`."""
    from .reading import computation_of

    return computation_of(question)
