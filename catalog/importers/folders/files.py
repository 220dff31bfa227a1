"""YAML files of a folder per table, each read once; what large ones hold is remembered by their content."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ...cache import key_of
from ...reading.document import Documents, read_documents
from ...reading.files import read_bytes
from ..asked import Asked

SOURCES = ("importers/*.py", "importers/folders/*.py", "reading/*.py")
"""Files of which a reading is a function."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The YAML files of a source."""

    asked: Asked
    read: dict[str, Documents] = field(default_factory=dict)

    def documents(self, file: str) -> Documents:
        """What a file holds, its own tags taken.

        Raises:
            UnreadableError: it cannot be opened or is too large.
        """
        if file not in self.read:
            self.read[file] = read_documents(read_bytes(self.asked.root, file), file, takes_tags=True)
        return self.read[file]

    def remembered(self, file: str, settings: str, make: Callable[[Documents], Any]) -> Any:
        """What is made of a file, as JSON; from the cache if the same was made of the same content before.

        A file with a tag may hold what stands in others, and is made anew each time.

        Raises:
            UnreadableError: it cannot be opened or is too large.
        """
        content = read_bytes(self.asked.root, file)
        documents: Documents | None = None
        if b": !" in content or b"- !" in content or content.startswith(b"!"):
            return make(self.documents(file))
        text = content.decode("utf-8", "surrogateescape")
        key = key_of("yaml", version(), settings, file, text)
        known = self.asked.kept.get([key]).get(key)
        if known is not None:
            return json.loads(known)
        documents = read_documents(content, file, takes_tags=True)
        made = make(documents)
        if not documents.misfits:
            self.asked.kept.put({key: json.dumps(made, separators=(",", ":"))})
        return made


@lru_cache(maxsize=1)
def version() -> str:
    """A text that changes whenever a reading could."""
    folder = Path(__file__).parents[2]
    files = sorted(path for pattern in SOURCES for path in folder.glob(pattern))
    return key_of(*(part for path in files for part in (path.name, path.read_text("utf-8")))).hex()
