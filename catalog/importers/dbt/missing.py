"""What a manifest should hold and does not: SQL that was not compiled, metrics that dbt dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...model import Location, Misfit
from ..building import LEFT_OUT, listed
from .manifest import Manifest
from .texts import is_compiled, is_python

SEMANTIC = re.compile(r"^\s*(?:semantic_models?|metrics):", re.MULTILINE)
"""A key of YAML under which metrics are written."""

NOT_OURS = frozenset({"target", "dbt_packages", "dbt_modules", "logs", "node_modules"})
"""Folders of a dbt project that hold nobody's own YAML."""


def find_missing(manifest: Manifest) -> list[Misfit]:
    """A finding for each sort of thing that the manifest leaves out."""
    models = [node for node in manifest.relations() if node.kind in ("model", "snapshot")]
    python = [node.title for node in models if is_python(node)]
    raw = [node.title for node in models if not is_python(node) and not is_compiled(node)]
    misfits = list(_dropped_metrics(manifest))
    if python:
        message = (
            f"{len(python):,} of its models are made by Python, and have no column lineage: {listed(python)}"
        )
        misfits.append(_of(manifest, "python models", message, "Describe what they read in words"))
    if raw:
        message = f"{len(raw):,} of its models are not compiled, so that macros stay unknown: {listed(raw)}"
        misfits.append(_of(manifest, "not compiled", message, "Run `dbt compile`, or `dbt docs generate`"))
    return misfits


def _of(manifest: Manifest, what: str, message: str, hint: str) -> Misfit:
    return Misfit(LEFT_OUT, f"{manifest.file}:{what}", message, Location(manifest.file), hint)


def _dropped_metrics(manifest: Manifest) -> Iterator[Misfit]:
    """dbt 2 drops metrics in the form of dbt 1 with no more than a warning."""
    if manifest.version < (2,) or manifest.content.get("metrics") or manifest.content.get("semantic_models"):
        return
    file = next(_semantic_files(manifest.folder), None)
    if file is None:
        return
    place = Location(manifest.asked.file(file))
    yield Misfit(
        LEFT_OUT,
        f"{manifest.file}:metrics",
        f"metrics are written here, but dbt {manifest.version[0]} left them out of `{manifest.file}`",
        place,
        "Write them in the form of dbt 1.12 and later, or let dbt 1 write the manifest",
    )


def _semantic_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in NOT_OURS or path.is_symlink():
            continue
        if path.is_dir():
            yield from _semantic_files(path)
        elif path.suffix in (".yml", ".yaml") and SEMANTIC.search(path.read_text("utf-8", "replace")):
            yield path
