"""A change to a copy of the example, and the comment that it gets: what the README shows."""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
from pathlib import Path

from git_history import commit, new_repository, write

from catalog import CHECKS, FORMATS, Ruler, Terms, judge

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DAY = datetime.date(2026, 11, 20)
PART = re.compile(r"(?<=<!-- begin: comment -->\n).*?(?=<!-- end -->)", re.DOTALL)

DAILY = "definitions/appeals/appeal_daily.sql"
BACKLOG = """\
CREATE OR REPLACE TABLE mart_appeals.appeal_backlog AS
SELECT country, COUNT(*) AS appeals_open
FROM intermediate.int_appeal_outcomes
WHERE decided_at IS NULL
GROUP BY country;
"""


def comment() -> str:
    """The comment on a change that renames a column, reads one that is not there, and adds a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = new_repository(Path(name) / "example")
        shutil.copytree(ROOT / "definitions", folder / "definitions")
        shutil.copy(ROOT / "plumbline.yml", folder)
        commit(folder)
        sql = (ROOT / DAILY).read_text("utf-8").replace("AS reversed,", "AS fully_reversed,")
        sql = sql.replace("SUM(a.ods_disputes) AS", "SUM(a.disputes) AS")
        write(folder, {DAILY: sql, "definitions/appeals/appeal_backlog.sql": BACKLOG})
        judged = judge(folder, Ruler(CHECKS, DAY), Terms("HEAD"))
        return FORMATS["markdown"](judged.project, judged.outcome)


def readme_with(text: str) -> str:
    """The README with this comment, as a quote."""
    quoted = "".join(f"> {line}".rstrip() + "\n" for line in text.rstrip().splitlines())
    return PART.sub(lambda _: f"\n{quoted}\n", README.read_text("utf-8"))
