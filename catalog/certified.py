"""Certificates held to what is there now: which still hold, and what has changed of those that do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .cache import Kept
from .certificates import Certificate
from .fingerprints import RULES, Fingerprint, fingerprints
from .lineage import Lineage
from .model import Catalog, Location, Metric
from .naming import Naming


class Validity(StrEnum):
    """What a certificate is worth now. Of one made by other rules nobody knows whether anything changed."""

    HOLDS = "holds"
    LAPSED = "lapsed"
    OTHER_RULES = "other_rules"


@dataclass(frozen=True, slots=True)
class Lapse:
    """One thing that is not as it was certified: what, in a sentence, and where it stands now."""

    sentence: str
    location: Location


@dataclass(frozen=True, slots=True)
class Certified:
    """A metric's certificate and what it is worth. `lapses` are empty unless it has lapsed."""

    certificate: Certificate
    validity: Validity
    lapses: tuple[Lapse, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Was everything upstream seen when it was made?"""
        return not self.certificate.not_seen


KINDS = ("definition", "rows", "column")
"""Kinds of parts that our rules make, in the order in which they are told."""

CertifiedMetrics = Mapping[str, Certified]
"""Metric → its certificate and what it is worth; those that have one."""


def hold_to_certificates(
    catalog: Catalog,
    lineage: Lineage,
    naming: Naming,
    certificates: Iterable[Certificate],
    kept: Kept | None = None,
) -> dict[str, Certified]:
    """Each certificate of a metric that there is, held to the metric as it is now."""
    wanted = [each for each in certificates if each.metric in catalog.metrics]
    ours = [each.metric for each in wanted if _is_by_our_rules(each)]
    now = fingerprints(catalog, lineage, naming, ours, kept)
    return {
        each.metric: _certified(each, catalog.metrics[each.metric], now.get(each.metric)) for each in wanted
    }


def _is_by_our_rules(certificate: Certificate) -> bool:
    return certificate.rules == RULES and all(part.partition(" ")[0] in KINDS for part in certificate.digests)


def _certified(certificate: Certificate, metric: Metric, now: Fingerprint | None) -> Certified:
    if now is None:
        return Certified(certificate, Validity.OTHER_RULES)
    lapses = tuple(_lapses(metric, certificate.digests, now))
    return Certified(certificate, Validity.LAPSED if lapses else Validity.HOLDS, lapses)


def _lapses(metric: Metric, then: Mapping[str, str], now: Fingerprint) -> Iterator[Lapse]:
    """What is not as it was, those parts that changed themselves.

    What is upstream is another only since what reads it is, so that is told where nothing else is. Of a table
    that is new or gone its columns go without saying.
    """
    differing = [name for name in sorted({*then, *now.parts}) if then.get(name) != now.parts.get(name)]
    changed = [name for name in differing if _is_definition(name) or (name in then and name in now.parts)]
    rows = [name for name in differing if name.startswith("rows ")]
    for name in sorted(changed or rows or differing, key=_reading_order):
        place = now.places.get(name) or metric.at()
        yield Lapse(_sentence(metric, name, is_new=name not in then, is_gone=name not in now.parts), place)


def _is_definition(part: str) -> bool:
    return part.startswith("definition ")


def _reading_order(part: str) -> tuple[int, str]:
    return KINDS.index(part.partition(" ")[0]), part


SENTENCES = {
    ("definition", ""): "the {what} of `{metric}` is another",
    ("definition", "new"): "the {what} of `{metric}` is given",
    ("definition", "gone"): "the {what} of `{metric}` is no longer given",
    ("rows", ""): "which rows `{what}` has is decided otherwise",
    ("rows", "new"): "`{what}` reaches it and did not",
    ("rows", "gone"): "`{what}` no longer reaches it",
    ("column", ""): "`{what}` is computed otherwise",
    ("column", "new"): "the column `{what}` reaches it and did not",
    ("column", "gone"): "the column `{what}` no longer reaches it",
}
"""Kind of a part, and what became of it → the sentence."""

WORDS = {"rows": "choice of rows"}
"""Parts of a definition that are not called by their key."""


def _sentence(metric: Metric, part: str, *, is_new: bool, is_gone: bool) -> str:
    kind, _, what = part.partition(" ")
    became = "new" if is_new else "gone" if is_gone else ""
    if kind == "definition":
        what = WORDS.get(what, what.replace("_", " "))
    return SENTENCES[kind, became].format(what=what, metric=metric.name)
