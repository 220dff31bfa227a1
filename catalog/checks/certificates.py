"""Checks of certificates: do they still hold, and are they of anything. The reader tells of damaged ones."""

from __future__ import annotations

from collections.abc import Iterator

from ..certificates import CERTIFICATES_FILE
from ..certified import Certified, Validity
from ..fingerprints import RULES
from ..project import Project
from ..settings import Severity
from ..suggest import did_you_mean
from .frame import Problem, check
from .known import has_unread_file

SHOWN = 3
"""Changes that a message names."""


@check("CT001", "certificate-lapsed", Severity.WARNING)
def certificate_lapsed(project: Project) -> Iterator[Problem]:
    """A metric, or SQL that it is made from, has changed its meaning since somebody vouched for it.

    Formatting, comments, names of WITH queries and the order of what has none change nothing. The place is
    that of the first change. Where git has the state that was certified, changes are told in words.

    ## Why
    The badge promised a number that is another one now. Until somebody has looked, readers are told so.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
        filter: NOT is_done AND priority > 1
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: is_done, description: Whether somebody has looked.}
          - {name: priority, description: How urgent it is; 1 is least.}
    ```
    ```yaml plumbline-certificates.yml
    certificates:
      - metric: open_items
        by: Metrics council
        certified_on: 2026-10-01
        rules: '1.1'
        fingerprint: 9056a4fc0efd068c4957c21f84ba5152
        parts:
          - definition expression e6a04f3135e94ea1
          - definition rows c61c3e1748893672
          - definition type 26eb8cb2fd94178a
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
        filter: NOT is_done
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
          - {name: is_done, description: Whether somebody has looked.}
          - {name: priority, description: How urgent it is; 1 is least.}
    ```
    ```yaml plumbline-certificates.yml
    certificates:
      - metric: open_items
        by: Metrics council
        certified_on: 2026-10-01
        rules: '1.1'
        fingerprint: 9056a4fc0efd068c4957c21f84ba5152
        parts:
          - definition expression e6a04f3135e94ea1
          - definition rows c61c3e1748893672
          - definition type 26eb8cb2fd94178a
    ```
    """
    for name, certified in project.certified.items():
        if certified.validity is Validity.LAPSED:
            yield Problem(
                f"metric:{name}",
                _lapsed(name, certified),
                certified.lapses[0].location,
                f"Hold its definition to what it computes now, then run `plumbline certify {name}`",
            )


def _lapsed(name: str, certified: Certified) -> str:
    told = "; ".join(lapse.sentence for lapse in certified.lapses[:SHOWN])
    rest = len(certified.lapses) - SHOWN
    more = f"; and {rest} more" if rest > 0 else ""
    day = certified.certificate.certified_on
    return f"`{name}` is not what was certified on {day} any more: {told}{more}"


@check("CT002", "certificate-of-no-metric", Severity.WARNING)
def certificate_of_no_metric(project: Project) -> Iterator[Problem]:
    """A certificate is of a metric that does not exist.

    ## Why
    Who renames a metric leaves its certificate behind: the badge is gone, and nobody is told.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    ```yaml plumbline-certificates.yml
    certificates:
      - metric: open_item
        by: Metrics council
        certified_on: 2026-10-01
        rules: '1.1'
        fingerprint: ffcaf599cf620eb5ea6c2e039a7ce776
        parts:
          - definition expression e6a04f3135e94ea1
          - definition rows 4ff73cc891b05103
          - definition type 26eb8cb2fd94178a
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_item
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    ```yaml plumbline-certificates.yml
    certificates:
      - metric: open_item
        by: Metrics council
        certified_on: 2026-10-01
        rules: '1.1'
        fingerprint: ffcaf599cf620eb5ea6c2e039a7ce776
        parts:
          - definition expression e6a04f3135e94ea1
          - definition rows 4ff73cc891b05103
          - definition type 26eb8cb2fd94178a
    ```
    """
    if has_unread_file(project):
        return
    for each in project.certificates:
        if each.metric not in project.catalog.metrics:
            yield Problem(
                f"certificate:{each.metric}",
                f"there is a certificate of `{each.metric}`, and no such metric",
                each.at("metric"),
                did_you_mean(each.metric, project.catalog.metrics, f"Remove it from `{CERTIFICATES_FILE}`"),
            )


@check("CT003", "certificate-by-other-rules", Severity.INFO)
def certificate_by_other_rules(project: Project) -> Iterator[Problem]:
    """A fingerprint was made by rules of another version of Plumbline, so it cannot be compared.

    ## Why
    Nobody knows whether anything has changed. That is no change, and no certificate either.

    ## Bad
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    ```yaml plumbline-certificates.yml
    certificates:
      - metric: open_items
        by: Metrics council
        certified_on: 2026-10-01
        rules: '0.1'
        fingerprint: ffcaf599cf620eb5ea6c2e039a7ce776
        parts:
          - definition expression e6a04f3135e94ea1
          - definition rows 4ff73cc891b05103
          - definition type 26eb8cb2fd94178a
    ```

    ## Good
    ```yaml
    metrics:
      - name: open_items
        owner: ops
        description: Pieces of content that nobody has looked at yet.
        source: ops.queue
        expression: COUNT(item_id)
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        columns:
          - {name: item_id, description: Piece of content to look at.}
    ```
    ```yaml plumbline-certificates.yml
    certificates:
      - metric: open_items
        by: Metrics council
        certified_on: 2026-10-01
        rules: '1.1'
        fingerprint: ffcaf599cf620eb5ea6c2e039a7ce776
        parts:
          - definition expression e6a04f3135e94ea1
          - definition rows 4ff73cc891b05103
          - definition type 26eb8cb2fd94178a
    ```
    """
    for name, certified in project.certified.items():
        if certified.validity is Validity.OTHER_RULES:
            certificate = certified.certificate
            yield Problem(
                f"metric:{name}",
                f"the certificate of `{name}` was made by rules `{certificate.rules}`, not `{RULES}`, so "
                "nobody knows whether anything has changed",
                certificate.at("rules"),
                f"Compare the metric with git as of {certificate.certified_on}, then run "
                f"`plumbline certify {name}`",
            )
