"""A catalog small enough to know by heart, with something of everything that pages tell."""

from __future__ import annotations

import datetime
from pathlib import Path

from catalog import Audience, open_project
from generator.assembly import site_of
from generator.pages import PAGE_TYPES
from generator.site import Page, Site

TODAY = datetime.date(2026, 11, 21)

SETTINGS = """
name: Small catalog
dialect: bigquery
repository: https://example.com/small
"""

DEFINITIONS = """
teams:
  - {name: ops, label: Operations, audience: partner, email: ops@example.com, channel: "#ask-ops"}
enums:
  - name: outcome
    label: Outcome
    audience: partner
    values:
      - {value: KEPT, label: Stays up}
      - {value: GONE, label: Taken down}
terms:
  - {name: case, label: Case, definition: One pass through review., audience: partner, synonyms: [cycle]}
  - {name: étape, label: Étape, definition: A step., audience: partner}
  - {name: 24h rule, label: 24h rule, definition: A deadline., audience: partner}
tables:
  - name: raw.event
    label: Events
    description: What the tool reports.
    owner: ops
    layer: source
    columns:
      - {name: id, type: INT64, description: Number of the case.}
      - {name: outcome, type: STRING, description: What was decided., enum: outcome}
      - {name: seconds, type: INT64, description: Time spent.}
      - {name: reviewer, type: STRING, description: Who decided., personal_data: true, audience: restricted}
  - name: mart.day
    label: Cases by day
    summary: Cases of a day.
    description: A row for **every** day.
    owner: ops
    audience: partner
    layer: mart
    grain: One row per day.
    primary_key: [removed]
    refresh: Every morning.
    freshness: PT26H
    limitations: [Late cases are missing.]
    columns:
      - {name: removed, label: Removed, type: INT64, description: Cases taken down., unit: cases}
      - {name: spent, label: Time, type: INT64, description: Time spent., unit: seconds}
      - {name: loaded, label: Loaded, type: DATE, description: Day of the load.}
      - {name: ghost, label: Ghost, type: INT64, description: Not in the SQL.}
    sql: |
      SELECT
        COUNTIF(outcome = 'GONE') AS removed,
        SUM(seconds) AS spent,
        CURRENT_DATE() AS loaded
      FROM raw.event
      WHERE id > 0
    changes: [{date: 2026-02-14, text: Weekends count.}]
  - {name: mart.week, description: Cases of a week., sql: SELECT SUM(removed) AS removed FROM mart.day}
  - name: secret.pay
    label: Pay
    description: Nobody's business.
    audience: restricted
metrics:
  - name: removal_share
    label: Removal share
    abbreviation: RS
    synonyms: [takedown share]
    summary: Of all time, the share of *removals*.
    description: More words on it.
    owner: ops
    audience: partner
    domain: quality
    type: ratio
    source: mart.day
    numerator: {expression: SUM(removed), label: cases taken down}
    denominator: {expression: SUM(spent), label: time spent, note: in seconds}
    unit: percent
    additivity: non_additive
    direction: neutral
    dimensions: [loaded]
    includes: [Everything]
    excludes: [Nothing]
    limitations: [It is odd., It is made up.]
    do_not_use_for: [Anything real.]
    worked_example: 1 ÷ 2 = **50 %**
    certification: certified
    last_reviewed: 2026-10-01
    review_by: 2027-04-01
    version: '2.0'
    effective_from: 2026-03-01
    known_issues: [{since: 2026-06-16, text: A day is missing.}]
    changes:
      - {date: 2025-01-01, version: '1.0', text: First.}
      - {date: 2026-03-01, version: '2.0', text: Second., value_changing: true}
    related_metrics: [{name: removals, text: How many?}]
  - name: removals
    label: Removals
    description: Cases taken down.
    audience: partner
    owner: ops
    source: mart.day
    expression: SUM(removed)
    certification: governed
    review_by: 2026-01-31
  - name: old_share
    label: Old share
    description: As it was.
    status: deprecated
    replacement: removal_share
    deprecation_date: 2026-12-31
    source: mart.day
    expression: SUM(spent)
reports:
  - name: weekly
    label: Weekly
    audience: partner
    owner: ops
    url: https://example.com/weekly
    access: Everybody.
    metrics: [removal_share]
    fields: [{name: Share, metric: removal_share, filter: Without weekends.}]
jobs:
  - {name: nightly, label: Nightly, tables: [mart.day], schedule: 0 4 * * *, owner: ops}
  - {name: mail, label: Weekly mail, path: scripts/mail.py, depends_on: [nightly], owner: ops}
  - {name: hasty, label: Hasty, tables: [mart.week], owner: ops}
"""


def small_site(folder: Path, audience: Audience = Audience.INTERNAL) -> Site:
    """The site of an audience, with the findings of all checks."""
    (folder / "definitions").mkdir()
    (folder / "plumbline.yml").write_text(SETTINGS, "utf-8")
    (folder / "definitions" / "all.yml").write_text(DEFINITIONS, "utf-8")
    return site_of(open_project(folder), audience, today=TODAY)


def pages_by_path(site: Site) -> dict[str, Page]:
    """Every page of the site."""
    return {page.path: page for pages in PAGE_TYPES for page in pages(site)}
