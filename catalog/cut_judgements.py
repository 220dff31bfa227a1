"""What was found out about metrics, cut down for partners: held to the SQL, in time, beside each other."""

from __future__ import annotations

from dataclasses import replace

from .answers import Comparability
from .comparability import compare_metrics, neighbours_of
from .conformance import Conformance, Held
from .model import Audience, Catalog, Location
from .project import Project
from .timing import Times


def cut_conformance(project: Project, catalog: Catalog) -> Conformance:
    """What became of each comparison, and not a word of the SQL or of where it stands."""
    return {
        name: tuple(
            Held("", held.verdict, Location(""), excused=held.excused and "")
            for held in project.conformance[name]
        )
        for name in catalog.metrics
        if name in project.conformance
    }


def cut_times(project: Project, catalog: Catalog) -> Times:
    """What times are cut to, and whether two events date a fraction; no column and no SQL."""
    return {
        name: replace(project.times[name], dates=(), held=())
        for name in catalog.metrics
        if name in project.times
    }


def cut_comparable(project: Project, catalog: Catalog) -> dict[str, tuple[Comparability, ...]]:
    """What may be done with each metric and those around it: worked out from all, told of what is left."""
    left = replace(project, catalog=catalog)
    return {
        name: tuple(
            compare_metrics(project, name, other, Audience.PARTNER) for other in neighbours_of(left, name)
        )
        for name in catalog.metrics
    }
