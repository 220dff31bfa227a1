"""How often Python looks for garbage while texts are traced."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 50_000
"""Objects made between two looks. A tree of an ordinary file has fewer and is gone before the next look."""

OF_A_TREE = 1_000
"""Objects that are worth a look when a tree is done with."""


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Python's collector looks less often, while trees are made and dropped.

    By default it looks every 700 objects, and so walks through each growing tree again and again, of which
    nothing is garbage yet: a fifth of all time. A collector that is switched off stays so.
    """
    young, *older = gc.get_threshold()
    if not 0 < young < OBJECTS:
        yield
        return
    gc.set_threshold(OBJECTS, *older)
    try:
        yield
    finally:
        gc.set_threshold(young, *older)


def free_tree() -> None:
    """Give back what a tree took that nobody holds any more.

    Nodes hold each other, so that only the collector frees them. Looked at now, all that is young is garbage,
    and the next tree is built where this one stood, in memory that the processor has at hand.
    """
    if gc.isenabled() and gc.get_threshold()[0] > 0 and gc.get_count()[0] > OF_A_TREE:
        gc.collect(0)
