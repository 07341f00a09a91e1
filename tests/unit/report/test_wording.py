import pytest

from crawler.model import VERDICTS, ChangeKind, FindingClass, Reason, State, Verdict, WarningCode
from crawler.report.wording import event_words, reason_words, state_words, warning_words
from crawler.report.wording.event_words import EventGroup


def test_every_code_has_its_words() -> None:
    assert set(reason_words.REASONS) == set(Reason)
    assert set(warning_words.WARNINGS) == set(WarningCode)
    assert set(event_words.EVENTS) == set(ChangeKind)
    assert set(state_words.TALLY) == set(FindingClass)
    assert set(state_words.VERDICT_WORDS) == set(Verdict)
    assert set(state_words.STATE_WORDS) == set(State)
    assert set(event_words.BACK_FROM) == set(Verdict) - {Verdict.OK}
    assert set(event_words.GROUPS) == set(EventGroup)


@pytest.mark.parametrize("reason", Reason)
def test_reason_has_one_short_sentence_and_one_short_step(reason: Reason) -> None:
    row = reason_words.REASONS[reason]
    for sentence in (row.what, row.step):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert len(sentence) < 100


def test_unchanged_page_reads_like_any_page_that_answers() -> None:
    assert reason_words.REASONS[Reason.NOT_MODIFIED] == reason_words.REASONS[Reason.OK]


@pytest.mark.parametrize("reason", Reason)
def test_only_what_works_asks_for_nothing(reason: Reason) -> None:
    nothing = reason_words.REASONS[reason].step == reason_words.REASONS[Reason.OK].step
    assert nothing is (VERDICTS[reason] is Verdict.OK)
