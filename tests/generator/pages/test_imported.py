"""Where a thing was imported from stands on its page, for engineers alone."""

from __future__ import annotations

import datetime
from pathlib import Path

from dbt_manifest import manifest, node, opened
from small_catalog import pages_by_path

from catalog import Audience
from generator.assembly import site_of

TABLE = "tables: [{name: shop.orders, label: Orders, audience: partner, description: All orders.}]\n"


def test_a_page_says_what_its_thing_was_imported_from_and_partners_do_not_read_it(tmp_path: Path) -> None:
    content = manifest(node("model.shop.orders", compiled_code="select 1 as id"))
    project = opened(tmp_path, content, definitions__all_yml=TABLE)
    today = datetime.date(2026, 11, 20)
    engineers = pages_by_path(site_of(project, Audience.INTERNAL, today=today))
    partners = pages_by_path(site_of(project, Audience.PARTNER, today=today))
    written = next(page.body for path, page in engineers.items() if path.startswith("tables/shop.orders"))
    assert "<dt>Imported from</dt><dd>dbt, <code>target/manifest.json</code></dd>" in written
    assert not any("manifest" in page.body for page in partners.values())
