"""Which version of everything that makes pages this is: what an earlier one made is not relied on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from .splice import digest

PACKAGES = ("catalog", "generator")
LIBRARIES = ("jinja2", "markdown-it-py", "markupsafe", "mkdocs", "mkdocs-material", "nh3", "pydantic")


@lru_cache(maxsize=1)
def revision() -> str:
    """A digest of our own files and of the versions of the libraries that render."""
    own = (part for package in PACKAGES for part in _contents(files(package)))
    return digest(sys.version, *map(version, LIBRARIES), *own)


def _contents(folder: Traversable) -> Iterator[bytes]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_file():
            yield each.name.encode()
            yield each.read_bytes()
        elif each.name != "__pycache__":
            yield from _contents(each)
