"""`plumbline certify`: somebody vouches for metrics as they are now, until something upstream changes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict, Unpack

import click

from catalog import (
    CERTIFICATES_FILE,
    CatalogError,
    Certificate,
    certificates_text,
    find_project,
    open_project,
    read_certificates,
    tracing_processes,
    voucher_of,
    with_renewed,
)
from catalog import certify as certificates_for

from . import terminal
from .whole_files import write_whole
from .words import count

SHOWN = 3
"""Places that were not seen which a remark names."""


class CertifyOptions(TypedDict):
    """What `plumbline certify` may be told."""

    project: Path
    by: str | None
    note: str | None
    dry_run: bool


@click.command()
@click.argument("metrics", nargs=-1, required=True, metavar="METRIC...")
@click.option(
    "--project", type=click.Path(path_type=Path), default=".", help="Folder of the project.  [default: here]"
)
@click.option("--by", metavar="WHO", help="Who vouches for it.  [default: git's `user.name`]")
@click.option("--note", metavar="TEXT", help="What was looked at.")
@click.option("--dry-run", is_flag=True, help="Tell what would be recorded, and record nothing.")
def certify(metrics: tuple[str, ...], **options: Unpack[CertifyOptions]) -> None:
    """Vouch for each METRIC as it is defined and computed now.

    Records who, when, and a fingerprint of the definition and of all SQL that reaches the metric, in
    `plumbline-certificates.yml`. The certificate lapses by itself when any of that changes its meaning; other
    formatting, names of WITH queries and comments change nothing. Keep the file in version control.

    \b
    Examples:
      plumbline certify sla_attainment_rate
      plumbline certify appeal_overturn_rate --by "Metrics council" --note "Recounted May by hand"
    """
    root = find_project(options["project"])
    _require_others_sound(root, metrics)
    voucher = voucher_of(root, options["by"], datetime.date.today(), options["note"])
    with terminal.progress("Tracing the SQL"), tracing_processes() as executor:
        project = open_project(root, executor=executor)
    made = certificates_for(project, metrics, voucher)
    for certificate in made:
        _tell(certificate)
    if options["dry_run"]:
        terminal.tell("Nothing recorded: --dry-run")
        return
    text = certificates_text(with_renewed(project.certificates, made))
    write_whole(root / CERTIFICATES_FILE, text.encode("utf-8"))
    terminal.tell(f"Recorded in {CERTIFICATES_FILE}")


def _require_others_sound(root: Path, metrics: Iterable[str]) -> None:
    """The file is written anew: what cannot be read of it, and is not renewed, would be lost."""
    renewed = {f"certificate:{name}" for name in metrics}
    _, misfits = read_certificates(root)
    lost = next((misfit for misfit in misfits if misfit.subject not in renewed), None)
    if lost:
        raise CatalogError(
            f"{lost.location}: {lost.message}", lost.hint or "Mend it, or take the file back from git"
        )


def _tell(certificate: Certificate) -> None:
    terminal.tell(
        f"{certificate.metric}: {certificate.fingerprint[:12]} over {count(len(certificate.parts), 'part')}, "
        f"by {certificate.by}"
    )
    if certificate.not_seen:
        named = ", ".join(f"`{name}`" for name in certificate.not_seen[:SHOWN])
        more = len(certificate.not_seen) - SHOWN
        rest = f" and {count(more, 'more place')}" if more > 0 else ""
        terminal.remark(
            f"the lineage of `{certificate.metric}` is not seen whole at {named}{rest}: a change there goes "
            "unnoticed, so it cannot be gold"
        )
