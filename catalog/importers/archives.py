"""Packed files of other tools: what is in them, within limits. The only opener of ZIP archives of a source.

Nothing is unpacked to disk, and nothing in them is run.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from ..reading.document_faults import UnreadableError

MAX_PACKED = 500_000_000
"""A greater archive is not opened."""

MAX_MEMBER = 100_000_000
"""A part that is greater when unpacked is not read."""

MAX_MEMBERS = 20_000
"""Parts that an archive may have."""

SAVE_AGAIN = "Let its tool save it again"
UNLOCKED = "Save it without a password"
LEFT_OUT_BY_FILES = "Leave it out with `files:` of the source"


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive and the names of its parts, in the order of the archive."""

    names: tuple[str, ...]
    _opened: zipfile.ZipFile

    def read(self, name: str) -> bytes:
        """A part, unpacked.

        Raises:
            UnreadableError: it is damaged, locked, or too large.
        """
        try:
            with self._opened.open(name) as part:
                content = part.read(MAX_MEMBER + 1)
        except RuntimeError:
            raise UnreadableError(f"`{name}` in it is locked with a password", hint=UNLOCKED) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            raise UnreadableError(f"`{name}` in it is damaged", hint=SAVE_AGAIN) from None
        if len(content) > MAX_MEMBER:
            limit = f"{MAX_MEMBER / 1e6:.0f} MB are allowed"
            message = f"`{name}` in it becomes too large when it is unpacked, {limit}"
            raise UnreadableError(message, hint=LEFT_OUT_BY_FILES)
        return content


def open_archive(packed: Path | bytes) -> Archive:
    """An archive on disk or in memory.

    Raises:
        UnreadableError: it is none, it breaks off, or it is too large.
    """
    try:
        if isinstance(packed, Path) and packed.stat().st_size > MAX_PACKED:
            message = f"the archive is larger than the {MAX_PACKED / 1e6:.0f} MB that are allowed"
            raise UnreadableError(message, hint=LEFT_OUT_BY_FILES)
        content = packed.read_bytes() if isinstance(packed, Path) else packed
        opened = zipfile.ZipFile(BytesIO(content))
    except OSError:
        raise UnreadableError("the file cannot be read") from None
    except (zipfile.BadZipFile, ValueError):
        message = "the archive breaks off" if content[:2] == b"PK" else "this is no archive, as its name says"
        raise UnreadableError(message, hint=SAVE_AGAIN) from None
    names = tuple(opened.namelist())
    if len(names) > MAX_MEMBERS:
        message = f"the archive has {len(names):,} parts, {MAX_MEMBERS:,} are allowed"
        raise UnreadableError(message, hint=LEFT_OUT_BY_FILES)
    return Archive(names, opened)
