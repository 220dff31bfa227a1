"""What a reader downloads for a page, beyond the theme's own files."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from small_catalog import small_site

from generator.assembly import Given
from generator.plugin import render

METRIC = "metrics/removal_share/index.html"
BUDGET = 100_000
"""Bytes as a server compresses them."""


def test_a_metric_page_and_our_files_that_it_links_stay_below_the_budget(tmp_path: Path) -> None:
    given = Given(small_site(tmp_path), tmp_path)
    render(given, tmp_path / "site")
    page = (tmp_path / "site" / METRIC).read_text(encoding="utf-8")
    linked = sorted(set(re.findall(r'(?:href|src)="\.\./\.\./(assets/plumbline/[^"#?]+\.(?:css|js))', page)))
    assert any(path.endswith(".css") for path in linked)
    assert any(path.endswith(".js") for path in linked)
    files = (METRIC, *linked)
    weight = sum(len(gzip.compress((tmp_path / "site" / path).read_bytes())) for path in files)
    assert weight < BUDGET, f"{weight:,} bytes in {', '.join(files)}"
