"""Which warehouse is meant: a URL, a file with what was seen in one, or what `plumbline.yml` says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import CatalogError
from ..reading.document_faults import UnreadableError
from ..settings import Importer, Settings, Warehouse
from .files import read_snapshot
from .live import read_warehouse
from .values import Snapshot


def url_of(
    given: str | None, variable: str | None, settings: Warehouse, environment: Mapping[str, str]
) -> str | None:
    """The URL that is meant: given, or of an environment variable; None where nobody says one.

    Raises:
        CatalogError: the variable is not set.
    """
    name = variable or (settings.url_from if given is None else None)
    if name is None:
        return given
    if not environment.get(name):
        raise CatalogError(
            f"the environment variable `{name}` is not set", "Set it to the URL of the warehouse"
        )
    return environment[name]


def seen_in(path: Path, settings: Settings) -> Snapshot:
    """What a snapshot file, or a folder of exports, shows.

    Raises:
        CatalogError: it cannot be read.
    """
    if not path.exists():
        raise CatalogError(
            f"there is no snapshot `{path}`", "Name a file or folder, or the URL of a warehouse"
        )
    try:
        return read_snapshot(path, Path.as_posix, settings.dialect)
    except UnreadableError as fault:
        place = fault.location or path
        raise CatalogError(f"{place}: {fault.message}", fault.hint) from None


def only_snapshot(root: Path, settings: Settings) -> Path:
    """The snapshot that the sources of a project name.

    Raises:
        CatalogError: they name none, or several.
    """
    found = [source.path for source in settings.sources if source.importer is Importer.SNAPSHOT]
    if len(found) == 1:
        return root / found[0]
    hint = "Name it by its URL, with `--url-from VARIABLE`, or under `warehouse:` in `plumbline.yml`"
    message = "several snapshots are sources of the project" if found else "no warehouse is named"
    raise CatalogError(message, "Name one of them" if found else hint)


def read_live(url: str, schemas: tuple[str, ...], settings: Warehouse) -> Snapshot:
    """What a live warehouse shows of the schemas that are asked for, or that the settings name.

    Raises:
        CatalogError: it cannot be read.
    """
    return read_warehouse(url, schemas or settings.schemas)
