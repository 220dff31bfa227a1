"""How often Python looks for garbage while texts are traced."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 50_000
"""Objects made between two looks. A tree of an ordinary file has fewer and is gone before the next look."""


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
