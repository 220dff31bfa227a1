"""What an importer is asked for: a source, and where the paths of it begin."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ..cache import Kept
from ..naming import Naming
from ..reading.document_faults import UnreadableError
from ..reading.files import is_inside
from ..settings import Settings, Source


@dataclass(frozen=True, slots=True)
class Asked:
    """A source to import. `root` is the folder of `plumbline.yml`; `kept` remembers what files held."""

    root: Path
    source: Source
    settings: Settings
    kept: Kept

    @property
    def naming(self) -> Naming:
        """The rule for names, in the dialect of the source where it states one."""
        return self.settings.naming.of(self.source.dialect)

    def path(self) -> Path:
        """The file or folder of the source.

        Raises:
            UnreadableError: there is none, or it is outside of the project.
        """
        path = Path(os.path.normpath(self.root / self.source.path))
        if not path.is_relative_to(self.root) or not is_inside(self.root, path):
            hint = "Name a file or folder below the one of `plumbline.yml`"
            raise UnreadableError(f"`{self.source.path}` leads out of the project", hint=hint)
        if not path.exists():
            raise UnreadableError(f"there is nothing at `{self.source.path}`", hint=missing_hint(self.source))
        return path

    def file(self, path: Path) -> str:
        """A path as findings and pages call it: relative to the root."""
        return path.relative_to(self.root).as_posix()


def missing_hint(source: Source) -> str:
    """How to get what is not there."""
    if source.importer == "dbt":
        return "Run `dbt docs generate` first, or name the folder with `manifest.json` under `path:`"
    if source.importer == "snapshot":
        return "Run `plumbline snapshot` first, or name a folder with exports of INFORMATION_SCHEMA"
    return "Name another folder under `path:`"
