"""Links to things by name, as the templates write them: a name that is not in the catalog stays a name.

They are written in Python because a page of a table has a hundred of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from catalog import CHECKS, Catalog, Described, Node, NodeKind
from generator.links import (
    check_path,
    column_path,
    enum_path,
    href,
    job_path,
    metric_path,
    path_of,
    report_path,
    table_path,
)
from generator.text import CACHED_TEXTS, breakable

_KINDS = frozenset({"table", "metric", "report", "job", "team", "term", "enum"})
"""What may stand before the colon of a subject."""


@dataclass(frozen=True, slots=True)
class References:
    """The links of one page. `start` is its path; partners read titles where engineers read names."""

    catalog: Catalog
    start: str
    is_for_partners: bool

    def link(self, path: str) -> str:
        """The relative address of a path of the site."""
        return href(path, start=self.start)

    def thing(self, thing: Described, text: str | None = None) -> Markup:
        """A thing by its title."""
        return self._linked(path_of(thing), escape(text or thing.title))

    def metric(self, name: str) -> Markup:
        """A metric by its title."""
        metric = self.catalog.metrics.get(name)
        return self._linked(metric_path(name), escape(metric.title)) if metric else _code(name)

    def report(self, name: str) -> Markup:
        """A report by its title."""
        report = self.catalog.reports.get(name)
        return self._linked(report_path(name), escape(report.title)) if report else _code(name)

    def job(self, name: str) -> Markup:
        """A job by its title."""
        job = self.catalog.jobs.get(name)
        return self._linked(job_path(name), escape(job.title)) if job else _code(name)

    def enum(self, name: str) -> Markup:
        """An enumeration by its title."""
        enum = self.catalog.enums.get(name)
        return self._linked(enum_path(name), escape(enum.title)) if enum else _code(name)

    def table(self, name: str) -> Markup:
        """A table by its name, for partners by its title."""
        table = self.catalog.tables.get(name)
        if table is None:
            return _code(name)
        return self._linked(table_path(name), escape(table.title) if self.is_for_partners else _code(name))

    def column(self, table: str, column: str, *, short: bool = False) -> Markup:
        """A column by its name, in short without its table."""
        known = self.catalog.tables.get(table)
        text = _code(column) if short else _column_code(table, column)
        if known is None or known.column(column) is None:
            return text
        return self._linked(column_path(table, column), text)

    def check(self, code: str) -> Markup:
        """A check by its code."""
        known = any(check.code == code for check in CHECKS)
        return self._linked(check_path(code), _code(code)) if known else _code(code)

    def subject(self, subject: str) -> Markup:
        """What a finding is about: `metric:name`, `table`, `table.column` …; a name where it has no page."""
        path = self._subject_path(subject)
        return self._linked(path, _code(subject)) if path else _code(subject)

    def _subject_path(self, subject: str) -> str | None:
        kind, _, name = subject.partition(":")
        thing = getattr(self.catalog, f"{kind}s").get(name) if kind in _KINDS else None
        if thing is not None:
            return path_of(thing)
        table = subject
        while table not in self.catalog.tables and "." in table:
            table = table.rpartition(".")[0]
        if table not in self.catalog.tables:
            return None
        column = subject[len(table) + 1 :]
        is_known = self.catalog.tables[table].column(column) is not None
        return column_path(table, column) if is_known else table_path(table)

    def node(self, node: Node) -> Markup:
        """What a node of the lineage stands for."""
        match node.kind:
            case NodeKind.METRIC:
                return self.metric(node.name)
            case NodeKind.REPORT:
                return self.report(node.name)
            case NodeKind.COLUMN:
                return self.column(node.name, node.column)
            case NodeKind.TABLE:
                return self.table(node.name)
        return escape(node.name)

    def _linked(self, path: str, text: Markup) -> Markup:
        # A path is made of harmless characters alone, so it needs no escaping.
        return Markup(f'<a href="{self.link(path)}">{text}</a>')  # noqa: S704


@lru_cache(maxsize=CACHED_TEXTS)
def _code(name: str) -> Markup:
    return Markup(f"<code>{breakable(name)}</code>")  # noqa: S704 it is escaped


def _column_code(table: str, column: str) -> Markup:
    """The code of a column with its table; the column alone is met in many tables, so it is remembered."""
    name = f"{breakable(table)}{breakable(f'.{column}')}"
    return Markup(f"<code>{name}</code>")  # noqa: S704 it is escaped
