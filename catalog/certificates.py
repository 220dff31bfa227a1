"""Certificates of metrics: who vouched for what, when. One plain file beside `plumbline.yml`.

Written by `plumbline certify` alone. Each metric is a block of its own, sorted by name, one line for each
part of its fingerprint, so that two people may certify two metrics and git merges it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from pydantic import Field

from .model import Name, Text, Written

CERTIFICATES_FILE = "plumbline-certificates.yml"

ABOUT = """\
# Written by `plumbline certify`, which renews a block when the metric is certified again. To withdraw a
# certificate, remove its block.
"""

DIGEST_BYTES = 16


class Certificate(Written):
    """What somebody vouched for: the parts of a metric's fingerprint on that day.

    Each of `parts` is a name and a digest, parted by a blank: `definition unit 91f0…`,
    `rows ops.queue 5ac1…`, `column ops.queue.wait 07be…`.
    """

    metric: Name
    by: Text = Field(description="Who vouches for it.")
    certified_on: datetime.date
    note: Text | None = Field(default=None, description="What was looked at.")
    rules: Text = Field(description="By which rules the digests were made.")
    fingerprint: Text = Field(description="A digest of all parts.")
    not_seen: tuple[Text, ...] = Field(
        default=(), description="Where the lineage was not seen whole; nobody knows what changes there."
    )
    parts: tuple[Text, ...] = ()

    @property
    def digests(self) -> dict[str, str]:
        """Name of a part → its digest."""
        pairs = (part.rpartition(" ") for part in self.parts)
        return {name: digest for name, _, digest in pairs}


class CertificateFile(Written):
    """The file as a whole."""

    certificates: tuple[Certificate, ...] = ()


def digest_of_parts(parts: Mapping[str, str]) -> str:
    """The fingerprint: one digest of the digests of all parts, whatever their order."""
    written = "\n".join(f"{name} {digest}" for name, digest in sorted(parts.items()))
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()


def certificates_text(certificates: Iterable[Certificate]) -> str:
    """The file: a block for each metric, by name."""
    blocks = [_block(each) for each in sorted(certificates, key=lambda each: each.metric)]
    return f"{ABOUT}certificates:{''.join(blocks) if blocks else ' []'}\n"


def with_renewed(old: Iterable[Certificate], new: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """The certificates with some renewed; each metric has one."""
    by_metric = {each.metric: each for each in (*old, *new)}
    return tuple(by_metric[name] for name in sorted(by_metric))


def _block(certificate: Certificate) -> str:
    return "".join(f"\n{line}" for line in _lines(certificate))


def _lines(certificate: Certificate) -> Iterator[str]:
    yield f"  - metric: {_written(certificate.metric)}"
    yield f"    by: {_written(certificate.by)}"
    yield f"    certified_on: {certificate.certified_on.isoformat()}"
    if certificate.note:
        yield f"    note: {_written(certificate.note)}"
    yield f"    rules: {_written(certificate.rules)}"
    yield f"    fingerprint: {_written(certificate.fingerprint)}"
    yield from _list("not_seen", certificate.not_seen)
    yield from _list("parts", certificate.parts)


def _list(key: str, values: Iterable[str]) -> Iterator[str]:
    items = [f"      - {_written(value)}" for value in sorted(values)]
    if items:
        yield f"    {key}:"
        yield from items


def _written(text: str) -> str:
    """A text as YAML: in the quotes of JSON, which YAML reads."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
