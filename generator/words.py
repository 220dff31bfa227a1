"""Plain words for what definitions say in codes: closed sets, dates, durations, counts.

The only place where a code of the model becomes a word that readers see.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from enum import StrEnum

from catalog import EdgeType, GapReason, Subtype

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_WHOLE_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_WORDS = {
    "Additivity": {
        "additive": "May be added up",
        "semi_additive": "May be added up, but never over time",
        "non_additive": "Never add or average it",
    },
    "Aspect": {
        "sources": "Tables",
        "joins": "Joins",
        "filters": "Filters",
        "aggregates": "Aggregates",
        "columns": "Columns",
        "calculation": "Calculation",
        "grain": "Grain",
        "time": "Time",
    },
    "TimeAspect": {
        "anchor": "Anchor",
        "parts": "Numerator and denominator",
        "maturity": "When it is final",
        "late_data": "Late rows",
        "zone": "Time zone",
    },
    "Direction": {
        "higher_is_better": "Higher is better",
        "lower_is_better": "Lower is better",
        "neutral": "No good or bad side",
    },
    "Certification": {
        "certified": "Certified",
        "governed": "Governed",
        "exploratory": "Exploratory",
    },
    "FlowStanding": {
        "in_sql": "The SQL says so too",
        "through_others": "The SQL leads there through other tables",
        "only_told": "No SQL of the catalog says so",
    },
    "Level": {
        "gold": "Gold",
        "silver": "Silver",
        "bronze": "Bronze",
    },
    "Status": {
        "proposed": "Proposed",
        "draft": "Draft",
        "active": "Active",
        "deprecated": "Deprecated",
        "retired": "Retired",
    },
    "Audience": {
        "partner": "Partners and staff",
        "internal": "Staff only",
        "restricted": "Restricted: named people only",
    },
    "Layer": {
        "source": "Source",
        "reference": "Reference",
        "staging": "Staging",
        "intermediate": "Intermediate",
        "mart": "Mart",
        "report": "Report",
    },
    "TableKind": {
        "table": "Table",
        "view": "View",
        "materialized_view": "Materialised view",
        "external": "External table",
        "sheet": "Spreadsheet",
        "file": "File",
        "query": "Query of a tool",
    },
    "Classification": {
        "public": "Public",
        "internal": "Internal",
        "confidential": "Confidential",
        "restricted": "Restricted",
    },
    "MetricType": {
        "simple": "Simple",
        "ratio": "Ratio",
        "cumulative": "Cumulative",
        "derived": "Derived",
        "conversion": "Conversion",
    },
    "Relation": {
        "companion": "Read together with",
        "guardrail": "Guards against",
        "same_as": "Same as",
        "differs_from": "Not the same as",
    },
    "JobType": {
        "scheduled_query": "Scheduled query",
        "python_script": "Python script",
        "notebook": "Notebook",
        "extract": "Extract",
        "manual_upload": "Upload by hand",
    },
    "ReportType": {
        "dashboard": "Dashboard",
        "workbook": "Workbook",
        "spreadsheet": "Spreadsheet",
        "data_source": "Data source",
        "notebook": "Notebook",
        "document": "Document",
        "file": "File",
        "application": "Application",
    },
    "Severity": {
        "error": "Error",
        "warning": "Warning",
        "info": "Note",
        "off": "Off",
    },
    "GapReason": {
        "syntax": "the SQL could not be parsed",
        "unsupported": "this kind of SQL is not followed",
        "dynamic_sql": "the SQL is put together at run time",
        "unknown_star": "`*` over a table whose columns are not known",
        "unknown_column": "the column is not known upstream",
        "ambiguous": "more than one table could own the name",
    },
}

CERTIFICATION_MEANS = {
    "certified": "Defined, checked against a second source and signed off by its owner",
    "governed": "Reviewed; for work inside the company and with partners",
    "exploratory": "No promise is made yet",
}
"""Certification → what it promises, as a tooltip and in lists."""

LEVEL_MEANS = {
    "gold": "Documented and checked throughout, vouched for, and unchanged since",
    "silver": "Documented, traced to where the data begin, and contradicted by nothing",
    "bronze": "Its owner, meaning, formula and unit are documented",
}
"""Level → what is known of a metric that has reached it."""

_FIELDS = {
    "label": "its name",
    "abbreviation": "its abbreviation",
    "summary": "what it is, in short",
    "description": "its description",
    "purpose": "what it is for",
    "formula": "its formula in words",
    "numerator": "what is above the line",
    "denominator": "what is below the line",
    "expression": "its calculation",
    "filter": "which rows count",
    "source": "what it is computed from",
    "type": "what kind of metric it is",
    "unit": "its unit",
    "statistic": "its statistic",
    "additivity": "whether it may be added up",
    "direction": "which way is good",
    "grain": "what one value stands for",
    "population": "what it is counted over",
    "dimensions": "what it can be split by",
    "time_anchor": "what places it in time",
    "timezone": "its time zone",
    "matures_after": "when it settles",
    "late_data": "how late rows may come",
    "includes": "what counts",
    "excludes": "what does not count",
    "limitations": "its limits",
    "do_not_use_for": "what not to use it for",
    "target": "its target",
    "owner": "its owner",
    "audience": "who may see it",
    "status": "its status",
    "certification": "how it is certified",
    "version": "its version",
    "effective_from": "the day from which it is in force",
}

_FLOWS = {
    Subtype.IDENTITY: "copied",
    Subtype.TRANSFORMATION: "calculated",
    Subtype.AGGREGATION: "aggregated",
    Subtype.JOIN: "decides the join",
    Subtype.FILTER: "decides which rows count",
    Subtype.GROUP_BY: "decides the grouping",
    Subtype.SORT: "decides the order",
    Subtype.WINDOW: "decides the window",
    Subtype.CONDITIONAL: "decides the value",
}

_DURATION = re.compile(
    r"P(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<week>\d+)W)?(?:(?P<day>\d+)D)?"
    r"(?:T(?:(?P<hour>\d+)H)?(?:(?P<minute>\d+)M)?(?:(?P<second>\d+)S)?)?"
)


def words(value: StrEnum | None) -> str:
    """A member of a closed set in plain words; empty for none."""
    if value is None:
        return ""
    known = _WORDS.get(type(value).__name__, {})
    return known.get(value.value, value.value.replace("_", " ").capitalize())


def flow_words(type_: EdgeType, subtype: Subtype) -> str:
    """How a source column reaches its target: copied, calculated, aggregated, or what it decides."""
    if type_ is EdgeType.INDIRECT and subtype in {Subtype.IDENTITY, Subtype.TRANSFORMATION}:
        return "decides the value"
    return _FLOWS[subtype]


def field_words(field: str) -> str:
    """A field of a metric as a sentence names it: `includes` is *what counts*."""
    return _FIELDS.get(field, field.replace("_", " "))


def gap_words(reason: GapReason) -> str:
    """Why something has no lineage, as the end of a sentence that begins with "because"."""
    return words(reason)


def date_words(day: datetime.date | None) -> str:
    """A day as `21 Nov 2026`, whatever the locale; empty for none."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def month_words(day: datetime.date) -> str:
    """The month of a day as `November 2026`, whatever the locale."""
    return f"{_WHOLE_MONTHS[day.month - 1]} {day.year}"


def duration_words(text: str | None) -> str:
    """An ISO 8601 duration in words (`P1DT2H` → `1 day 2 hours`); any other text as it is."""
    match = _DURATION.fullmatch(text or "")
    if match is None:
        return text or ""
    return " ".join(count(int(number), unit) for unit, number in match.groupdict().items() if number)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: `1 table`, `2 tables`, `1,024 entries`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Iterable[str]) -> str:
    """Several things in a sentence: `a, b and c`."""
    *first, last = [*items] or [""]
    return f"{', '.join(first)} and {last}" if first else last
