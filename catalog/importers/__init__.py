"""Definitions of other tools → `Definitions`. Each importer is a function; what it cannot take is a misfit.

What is imported is internal, bears the file it came from, and never raises: a source that is not there or
cannot be read is one misfit, and the others are read all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ..cache import Kept
from ..model import Definitions, Misfit
from ..reading.document_faults import UnreadableError
from ..settings import OPTIONS, Importer, Settings, Source
from .asked import Asked
from .building import listed

IMPORTERS: dict[Importer, str] = {
    Importer.DBT: "dbt.read_dbt",
    Importer.FOLDERS: "folders.read_folders",
    Importer.METRICS: "mapped.read_metrics",
    Importer.ODCS: "odcs.read_odcs",
    Importer.TABLEAU: "bi.tableau.read_tableau",
    Importer.SNAPSHOT: "snapshot.read_snapshot_source",
    Importer.POWERBI: "bi.powerbi.read_powerbi",
    Importer.OSI: "osi.read_osi",
    Importer.EXCEL: "bi.excel.read_excel",
    Importer.QUERY_LOG: "query_log.read_query_log",
    Importer.OPENLINEAGE: "openlineage.read_openlineage",
}
"""The function that reads a source, by the module it is in: only what a project asks for is imported."""


def import_sources(root: Path, settings: Settings, kept: Kept) -> tuple[Definitions, ...]:
    """What each source of the settings holds, in their order."""
    return tuple(_imported(Asked(root.resolve(), source, settings, kept)) for source in settings.sources)


def reader_of(importer: Importer) -> Callable[[Asked], Definitions]:
    """What reads the sources of a tool."""
    module, _, name = IMPORTERS[importer].rpartition(".")
    reader: Callable[[Asked], Definitions] = getattr(import_module(f".{module}", __package__), name)
    return reader


def _imported(asked: Asked) -> Definitions:
    try:
        found = reader_of(asked.source.importer)(asked)
    except UnreadableError as fault:
        place = asked.source.at("path")
        misfit = Misfit("FL001", asked.source.path, fault.message, fault.location or place, fault.hint)
        found = Definitions(misfits=(misfit,))
    return Definitions(
        **{name: getattr(found, name) for name in Definitions.__dataclass_fields__ if name != "misfits"},
        misfits=(*_foreign_options(asked.source), *found.misfits),
    )


def _foreign_options(source: Source) -> tuple[Misfit, ...]:
    """Keys of a source that mean nothing to its importer."""
    return tuple(
        Misfit(
            "FL002",
            f"{source.path}:{key}",
            f"`{key}` means nothing to the importer `{source.importer}`",
            source.at(key),
            f"Remove it; it belongs to {listed(owners)}",
        )
        for key, owners in OPTIONS.items()
        if key in source.model_fields_set and source.importer not in owners
    )
