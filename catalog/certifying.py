"""Making certificates: somebody vouches for metrics as they are now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .certificates import Certificate
from .errors import CatalogError
from .fingerprints import RULES, Fingerprint, fingerprints
from .project import Project
from .repository import user_name
from .suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Voucher:
    """Who vouches, when, and what was looked at."""

    by: str
    on: datetime.date
    note: str | None = None


def voucher_of(root: Path, by: str | None, on: datetime.date, note: str | None = None) -> Voucher:
    """Who vouches: as told, else whom git knows as the one who works in this folder.

    Raises:
        CatalogError: nobody is told, and git knows nobody.
    """
    name = (by or user_name(root) or "").strip()
    if not name:
        raise CatalogError(
            "nobody is named who vouches for it", "Name a person or a team: `--by`, or `git config user.name`"
        )
    return Voucher(name, on, (note or "").strip() or None)


def certify(project: Project, metrics: Iterable[str], voucher: Voucher) -> tuple[Certificate, ...]:
    """A certificate for each of these metrics, as it is now, by name.

    Raises:
        CatalogError: there is no such metric.
    """
    wanted = sorted(set(metrics))
    for name in wanted:
        if name not in project.catalog.metrics:
            hint = did_you_mean(name, project.catalog.metrics, "`plumbline lineage` and the site list them")
            raise CatalogError(f"there is no metric `{name}`", hint)
    naming = project.settings.naming
    made = fingerprints(project.catalog, project.lineage, naming, wanted)
    return tuple(_certificate(name, made[name], voucher) for name in wanted)


def _certificate(metric: str, fingerprint: Fingerprint, voucher: Voucher) -> Certificate:
    return Certificate(
        metric=metric,
        by=voucher.by,
        certified_on=voucher.on,
        note=voucher.note,
        rules=RULES,
        fingerprint=fingerprint.digest,
        not_seen=fingerprint.not_seen,
        parts=tuple(f"{name} {digest}" for name, digest in fingerprint.parts.items()),
    )
