"""What both audiences ask, each answered by one search and one click to a page that says it."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

FIRST_RESULTS = 5


@dataclass(frozen=True)
class Question:
    """What is asked, what is typed for it, the page that answers, and the words of the answer."""

    asked: str
    typed: str
    page: str
    answers: tuple[str, ...]


PARTNERS = (
    Question(
        "What does “SLA attainment” mean, and does overdue open work count?",
        "SLA attainment",
        "metrics/sla_attainment_rate/",
        ("Overdue work that is still open counts as missed", "Work is judged by the week it was opened"),
    ),
    Question(
        "Is AHT a target for my reviewers?",
        "AHT target",
        "metrics/average_handle_time/",
        ("never a ceiling for a person", "Targets or rankings of single people"),
    ),
    Question(
        "Can I average the daily medians to get the month?",
        "average the medians",
        "metrics/median_turnaround_time/",
        ("Never add or average it",),
    ),
    Question(
        "What is the difference between occupancy, utilization and shrinkage?",
        "difference between occupancy utilization and shrinkage",
        "metrics/occupancy_rate/",
        (
            "Occupancy divides handling time by time on queue",
            "Utilization divides handling time by paid time",
            "Shrinkage divides time off queue by paid time",
        ),
    ),
    Question(
        "Why is my site's QA score blank this week?",
        "QA score blank",
        "tables/partner-scorecard/",
        ("The QA score is blank under 30 audits in the week",),
    ),
    Question(
        "What is leakage?",
        "leakage",
        "metrics/leakage_rate/",
        ("Rule-breaking items that reviewers let through", "All rule-breaking items that reached reviewers"),
    ),
    Question(
        "Does a high overturn rate mean our decisions are wrong?",
        "high overturn rate",
        "metrics/appeal_overturn_rate/",
        ("The error rate of decisions", "most people never appeal"),
    ),
    Question(
        "How is “proactive” defined if a model and a user both flagged the video?",
        "proactive",
        "metrics/proactive_removal_rate/",
        ("the report of the user decides and the removal is not proactive",),
    ),
    Question(
        "Did prevalence in my country really rise?",
        "prevalence",
        "metrics/violative_view_rate/",
        ("Two months differ only if their distance is larger than 1.96",),
    ),
    Question(
        "How much exposure to graphic content is allowed per day?",
        "exposure allowed per day",
        "metrics/exposure_cap_breach_rate/",
        ("at most 240 minutes", "at most 90 minutes of it in one unbroken run"),
    ),
)
ENGINEERS = (
    Question(
        "Which raw tables feed report.partner_scorecard_weekly?",
        "partner_scorecard_weekly",
        "tables/report.partner_scorecard_weekly/",
        ("All of it begins in 7 sources", "raw_workforce.activity_log", "raw_qa.audit_sample"),
    ),
    Question(
        "What is the grain and key of intermediate.int_review_cycle?",
        "int_review_cycle",
        "tables/intermediate.int_review_cycle/",
        ("One row per task and review cycle", "task_id, cycle_no"),
    ),
    Question(
        "Which column do I use for the decider's site on that day?",
        "site of the decider on the day",
        "tables/intermediate.int_review_cycle/",
        ("For the decider's site on the day use site_id",),
    ),
    Question(
        "Why does my count of notices differ from the count of rows in stg_notice_items?",
        "stg_notice_items",
        "tables/staging.stg_notice_items/",
        ("COUNTIF(is_first_item) for notices and COUNT(*) for items",),
    ),
    Question(
        "Can int_action_outcomes change for an action of last month?",
        "int_action_outcomes",
        "tables/intermediate.int_action_outcomes/",
        ("every action of the past 190 days is looked at again in each run",),
    ),
    Question(
        "What is the freshness SLA of queue_daily and who is paged?",
        "queue_daily",
        "tables/mart_ops.queue_daily/",
        ("Never older than 3 hours", "T&S Reports & Insights"),
    ),
    Question(
        "Is tat_p50_minutes exact?",
        "tat_p50_minutes",
        "tables/mart_ops.queue_daily/",
        ("Medians and percentiles are approximate", "cannot be added or averaged"),
    ),
    Question(
        "Which DSA enumeration values are valid for decision_visibility?",
        "decision_visibility",
        "enums/dsa-decision-visibility/",
        ("7 values", "DECISION_VISIBILITY_CONTENT_REMOVED"),
    ),
    Question(
        "What happens to SLA history when a queue's sla_minutes changes?",
        "SLA limit changed",
        "metrics/sla_attainment_rate/",
        ("measured against the shorter limit", "limits with validity dates are planned"),
    ),
    Question(
        "A statement got HTTP 422 for a duplicate PUID: is it missing?",
        "missing statement",
        "tables/report.sor_reconciliation_daily/",
        ("A retry refused with 422 because the identifier exists means the statement is stored",),
    ),
)


def answered(page: Page, question: Question) -> str:
    """The text of the page that one search and one click lead to."""
    box = page.get_by_role("combobox").last
    box.click()
    box.fill(question.typed)
    results = page.locator(".pl-search__option:visible")
    results.first.wait_for()
    page.wait_for_load_state("networkidle")
    addresses = [result.get_attribute("href") for result in results.all()[:FIRST_RESULTS]]
    fitting = [
        n for n, address in enumerate(addresses) if (address or "").partition("#")[0].endswith(question.page)
    ]
    assert fitting, addresses
    results.nth(fitting[0]).click()
    page.wait_for_url(f"**/{question.page}*")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return " ".join(page.locator(".md-content").inner_text().split())


@pytest.mark.parametrize("question", PARTNERS, ids=lambda question: question.asked)
def test_a_question_of_partners_is_answered_by_one_search_and_one_click(
    open_page, question: Question
) -> None:
    text = answered(open_page("partner/"), question)
    assert [words for words in question.answers if words not in text] == []


@pytest.mark.parametrize("question", ENGINEERS, ids=lambda question: question.asked)
def test_a_question_of_engineers_is_answered_by_one_search_and_one_click(
    open_page, question: Question
) -> None:
    text = answered(open_page("technical/"), question)
    assert [words for words in question.answers if words not in text] == []
