"""The pages of a site: one function per page type, pure, from the site to its pages."""

from __future__ import annotations

from generator.pages.a_to_z import a_to_z_pages
from generator.pages.browse import browse_pages
from generator.pages.changes import changes_pages
from generator.pages.check import check_pages
from generator.pages.coverage import coverage_pages
from generator.pages.enumeration import enum_pages
from generator.pages.glossary import glossary_pages
from generator.pages.home import home_pages
from generator.pages.job import job_pages
from generator.pages.lineage import lineage_pages
from generator.pages.metric import metric_pages
from generator.pages.past_metric import past_metric_pages
from generator.pages.report import report_pages
from generator.pages.table import table_pages
from generator.pages.team import team_pages
from generator.pages.waivers import waiver_pages
from generator.site import PageType

PAGE_TYPES: tuple[PageType, ...] = (
    home_pages,
    browse_pages,
    lineage_pages,
    metric_pages,
    past_metric_pages,
    table_pages,
    report_pages,
    job_pages,
    glossary_pages,
    enum_pages,
    team_pages,
    a_to_z_pages,
    changes_pages,
    check_pages,
    waiver_pages,
    coverage_pages,
)
"""Every page type, in the order of the navigation."""
