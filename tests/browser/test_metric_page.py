"""The page of a metric in a browser: held to the SQL, counted row by row, alike, in time, put together."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def section(page: Page, anchor: str) -> str:
    """The text from a heading to the next one of its kind, as a reader sees it."""
    found: str = page.locator(f"#{anchor}").evaluate(
        """(heading) => {
            const told = [];
            let each = heading.nextElementSibling;
            for (; each && each.tagName !== "H2"; each = each.nextElementSibling) told.push(each.innerText);
            return told.join(" ").replace(/\\s+/g, " ");
        }"""
    )
    return found


def test_what_engineers_and_partners_are_told_of_a_metric_and_its_sql(open_page) -> None:
    page = open_page("technical/metrics/reopen_rate/")
    held = section(page, "held")
    assert "As defined weekly_ops_pack.sql" in held or "As defined ../weekly_ops_pack.sql" in held
    assert "Filters" in held
    assert "Checked: the rows were run through the real calculation." in section(page, "counted")
    assert "the numerator is dated by intermediate.int_review_cycle.opened_date" in section(page, "time")
    together = section(page, "together")
    assert "“Reopen rate” is a share, and shares are never added." in together
    assert "Escalation rate Compare with care" in together
    fold = page.locator("#together ~ details.pl-fold").first
    expect(fold.get_by_text("One is in percent, the other in tasks")).to_be_hidden()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold.get_by_text("One is in percent, the other in tasks")).to_be_visible()
    fold.get_by_role("link", name="Review intake").click()
    page.wait_for_url("**/metrics/review_intake_volume/")

    page.goto(page.url.replace("review_intake_volume", "p90_turnaround_time"))
    alike = section(page, "kin")
    assert "Turnaround time (median)" in alike
    assert (
        "Differs only in: median_turnaround_time has APPROX_QUANTILES(tat_minutes, 100)[OFFSET(50)]" in alike
    )
    assert "Settled" in alike

    page.goto(page.url.replace("technical", "partner").replace("p90_turnaround_time", "reopen_rate"))
    expect(page.get_by_text("Calculation checked against the SQL")).to_be_visible()
    expect(page.get_by_text("same cases: each is dated by an event of its own")).to_be_visible()
    expect(page.get_by_text("A day’s value is final after 1 day")).to_be_visible()
    assert "Appeal overturn rate Compare with care" in section(page, "together")
    for anchor in ("held", "time", "kin"):
        expect(page.locator(f"h2#{anchor}")).to_have_count(0)
    assert Axe().run(page).response["violations"] == []
