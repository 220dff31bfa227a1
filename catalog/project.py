"""BEGIN HERE: the whole way from files to a traced project.

Each step is a function from a frozen value to a frozen value, and none knows the next;
this is the only module that composes them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from .inherit import inherit
from .lineage import Lineage, build_lineage
from .load import find_project, load_definitions, read_settings
from .model import Catalog, Definitions
from .resolve import resolve
from .settings import Settings
from .trace import trace


@dataclass(frozen=True)
class Project:
    """The one value that checks, pages and reports receive."""

    settings: Settings
    catalog: Catalog
    lineage: Lineage


def open_project(path: Path) -> Project:
    """The project whose `plumbline.yml` is in `path` or above it.

    Raises:
        CatalogError: there is none, or it cannot be used. Anything wrong with the content is kept in the
            project, for the checks.
    """
    root = find_project(path)
    settings, misfits = read_settings(root)
    definitions = load_definitions(root, settings)
    return assemble(replace(definitions, misfits=(*misfits, *definitions.misfits)), settings)


def assemble(definitions: Definitions, settings: Settings) -> Project:
    """Definitions as written, made into a traced project. Pure."""
    catalog = resolve(definitions, settings.naming)
    lineage = build_lineage(catalog, trace(catalog, settings))
    return Project(settings, inherit(catalog, lineage), lineage)
