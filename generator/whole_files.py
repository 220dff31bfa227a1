"""Files that a command writes into a project: each is the old one or the new one at any moment."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from catalog import CatalogError


def write_whole(place: Path, content: bytes) -> None:
    """Writes a file in one step: who is interrupted has the old one, or none.

    Raises:
        CatalogError: there is a folder of that name.
        OSError: the place cannot be written; it names the file itself, not the one that is written first.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        raise CatalogError(f"`{place}` is a folder, and a file has to go there", "Name another place")
    unfinished = place.with_name(f".{place.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(place)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(place)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
