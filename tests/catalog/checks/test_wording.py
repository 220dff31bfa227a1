import pytest

from catalog.checks.wording import adds_nothing


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The opened at column.", "opened_at"),
        ("Queue ID", "queue_id"),
        ("Number of decisions.", "decisions"),
        ("This table contains queues by day", "mart.queues_by_day"),
        ("Reviewers", "reviewer"),
        ("queueId", "queue_id"),
        ("…", "anything"),
    ],
)
def test_a_text_of_the_words_of_the_name_adds_nothing(text: str, name: str) -> None:
    assert adds_nothing(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("When the item came into the queue.", "opened_at"),
        ("Identifies the queue.", "queue_id"),
        ("Decisions without those of machines.", "decisions"),
        ("Zeitpunkt der Öffnung", "opened_at"),
        ("審査の開始時刻", "opened_at"),
    ],
)
def test_a_text_with_one_more_word_adds_something(text: str, name: str) -> None:
    assert not adds_nothing(text, name)
