"""The file of certificates → its certificates. What does not fit in is a misfit; the others still count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..certificates import CERTIFICATES_FILE, Certificate, CertificateFile, digest_of_parts
from ..model import Location, Misfit
from .document import read_documents
from .document_faults import UnreadableError
from .files import read_bytes
from .items import read_item
from .yaml_values import YamlMapping

Read = tuple[tuple[Certificate, ...], tuple[Misfit, ...]]

AGAIN = "Run `plumbline certify {}` again, after a look at the metric"


def read_certificates(root: Path) -> Read:
    """The certificates of a project by metric; none where there is no file."""
    if not (root / CERTIFICATES_FILE).is_file():
        return (), ()
    try:
        documents = read_documents(read_bytes(root, CERTIFICATES_FILE), CERTIFICATES_FILE)
    except UnreadableError as fault:
        return (), (fault.misfit(CERTIFICATES_FILE),)
    written = [value for value in documents.roots if value is not None]
    if not written:
        return (), documents.misfits
    if len(written) > 1 or not isinstance(written[0], YamlMapping):
        place = Location(CERTIFICATES_FILE, 1, 1)
        message, hint = "the certificates are not one mapping", "Take the file back from git"
        return (), (*documents.misfits, Misfit("FL003", CERTIFICATES_FILE, message, place, hint))
    file, misfits = read_item(CertificateFile, written[0], CERTIFICATES_FILE, documents.written)
    return _sound(file.certificates if file else (), (*documents.misfits, *misfits))


def _sound(certificates: Iterable[Certificate], misfits: tuple[Misfit, ...]) -> Read:
    """The certificates without those that somebody or a merge has changed by hand."""
    kept: dict[str, Certificate] = {}
    faults: list[Misfit] = []
    for each in certificates:
        found = list(_faults(each, kept))
        faults += found
        if not found:
            kept[each.metric] = each
    return tuple(kept[name] for name in sorted(kept)), (*misfits, *faults)


def _faults(certificate: Certificate, kept: dict[str, Certificate]) -> Iterator[Misfit]:
    name = certificate.metric
    hint = AGAIN.format(name)
    if name in kept:
        message = f"`{name}` has a second certificate, first at {kept[name].at('metric')}"
        yield Misfit("FL003", f"certificate:{name}", message, certificate.at("metric"), hint)
    elif digest_of_parts(certificate.digests) != certificate.fingerprint:
        message = f"the parts of the certificate of `{name}` do not give its fingerprint"
        yield Misfit("FL003", f"certificate:{name}", message, certificate.at("fingerprint"), hint)
