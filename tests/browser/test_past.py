"""From a certified metric to how it stood, on both sites, and the digest that it is cited with."""

import re

import pytest
from playwright.sync_api import expect

DIGEST = """async (address) => {
  const content = await (await fetch(address)).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}"""


@pytest.mark.parametrize("site", ["technical", "partner"])
def test_reader_gets_from_a_metric_to_the_definition_that_is_cited(open_page, site: str) -> None:
    page = open_page(f"{site}/metrics/appeal_overturn_rate/", width=390)
    strip = page.get_by_role("list", name="May I trust it?")
    expect(strip).to_contain_text("Certified")
    level = strip.get_by_text(re.compile(r"^\s*(Gold|Silver|Bronze) level"))
    expect(level).to_be_visible()
    assert page.locator("#level").count() == (1 if site == "technical" else 0)

    page.get_by_text("As it stood:").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/appeal_overturn_rate/@\d{4}-\d\d-\d\d/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Appeal overturn rate")
    cited = page.locator(".pl-cite code").inner_text()
    file = page.get_by_role("link", name="the definition as a file").get_attribute("href")
    assert page.evaluate(DIGEST, file) == cited.replace("\u200b", "")
    assert ("SAFE_DIVIDE" in page.content()) is (site == "technical")

    page.get_by_role("link", name="Appeal overturn rate today").click()
    page.wait_for_url(re.compile(r"/metrics/appeal_overturn_rate/$"))
