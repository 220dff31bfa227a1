"""What a site holds beside its pages. `FILE_TYPES` names every maker of such files."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from .feed import feed_files
from .lineage_shards import lineage_files
from .links import ASSETS
from .missed import missed_files
from .pages.past_metric import past_definition_files
from .policy import header_files
from .search_entries import search_files
from .site import FileType, Site, SiteFile

STYLES = ("theme.css", "plumbline.css", "graph.css", "search.css")
SCRIPTS = ("folder.js", "theme.js", "search.js", "filter.js", "graph.js", "words.js", "needs.js")
"""Assets that every page links; the others are there to be asked for."""


def assets(site: Site) -> Iterator[SiteFile]:  # noqa: ARG001  (a FileType; these are the same for every site)
    """Our own style sheets, scripts and pictures."""
    for path, asset in _files_below(files("generator") / "assets", ASSETS):
        yield SiteFile(path, asset.read_bytes())


def _files_below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for asset in sorted(folder.iterdir(), key=lambda asset: asset.name):
        if asset.is_file():
            yield prefix + asset.name, asset
        elif asset.name != "__pycache__":
            yield from _files_below(asset, f"{prefix}{asset.name}/")


FILE_TYPES: tuple[FileType, ...] = (
    assets,
    search_files,
    lineage_files,
    feed_files,
    past_definition_files,
    missed_files,
    header_files,
)
