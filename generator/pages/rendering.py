"""Templates → pages: the one environment of all page templates, and what they may call."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.runtime import Context, Macro

from generator import links
from generator.lexicon import Explainer
from generator.pages.gist import gist
from generator.pages.letters import letter_id
from generator.pages.references import References
from generator.schedules import schedule_words
from generator.site import Heading, Page, Site
from generator.text import address, breakable, inline, mail_address, markdown, plain
from generator.words import (
    CERTIFICATION_MEANS,
    count,
    date_words,
    duration_words,
    flow_words,
    gap_words,
    listed,
    words,
)

_HEADING = re.compile(r'<h2 class="pl-heading" id="([^"]+)">(.*?)<a ', re.DOTALL)


def rendered(page: Page, template: str, site: Site, values: Mapping[str, object]) -> Page:
    """The page with its body made from the template, and the body's headings as its table of contents.

    Every template knows `site`, `catalog`, `partner` (is this their site?), `start` (the page's path), and
    the links of `References`.
    """
    body = templates().get_template(template).render({**_known_to_all(page, site), **values})
    return replace(page, body=body, toc=headings(body))


def _known_to_all(page: Page, site: Site) -> dict[str, object]:
    references = References(site.project.catalog, page.path, site.is_for_partners)
    return {
        "site": site,
        "catalog": site.project.catalog,
        "partner": site.is_for_partners,
        "start": page.path,
        "link": references.link,
        "explain": Explainer(site.lexicon, page.path),
        "ref": references.thing,
        "metric_ref": references.metric,
        "table_ref": references.table,
        "column_ref": references.column,
        "job_ref": references.job,
        "enum_ref": references.enum,
        "node_ref": references.node,
        "check_ref": references.check,
        "subject_ref": references.subject,
    }


def headings(body: str) -> tuple[Heading, ...]:
    """The sections of a page, read from the markup that the section macro alone writes."""
    return tuple(Heading(id_, html.unescape(title.strip())) for id_, title in _HEADING.findall(body))


class _DirectContext(Context):
    """Calls what templates call without first asking whether it wants to know the context: ours never do."""

    def call(self, called: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        """What the function or macro gives."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        if isinstance(called, Macro):
            return called(self.eval_ctx, *arguments, **named)
        return called(*arguments, **named)


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The environment of the templates in the package: everything escaped, nothing undefined."""
    environment = Environment(
        loader=PackageLoader("generator"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.context_class = _DirectContext
    environment.filters |= {
        "markdown": markdown,
        "inline": inline,
        "plain": plain,
        "breakable": breakable,
        "gist": gist,
        "words": words,
        "date": date_words,
        "duration": duration_words,
        "schedule": schedule_words,
        "listed": listed,
        "address": address,
        "mail_address": mail_address,
    }
    environment.globals |= {
        "links": links,
        "letter_id": letter_id,
        "count": count,
        "flow_words": flow_words,
        "gap_words": gap_words,
        "certification_means": CERTIFICATION_MEANS,
    }
    return environment
