import pytest

from crawler.model import VERDICTS, ChangeKind, FindingClass, Reason, State, Verdict, WarningCode
from crawler.report import words


def test_every_code_has_its_words() -> None:
    assert set(words.REASONS) == set(Reason)
    assert set(words.WARNINGS) == set(WarningCode)
    assert set(words.EVENTS) == set(ChangeKind)
    assert set(words.TALLY) == set(FindingClass)
    assert set(words.VERDICTS) == set(Verdict)
    assert set(words.STATES) == set(State)
    assert set(words.LEFT) == set(Verdict) - {Verdict.OK}
    assert set(words.PARTS) == set(words.Part)
    assert set(words.GROUPS) == set(words.Group)


@pytest.mark.parametrize("reason", Reason)
def test_reason_is_told_in_one_short_sentence_and_one_short_step(reason: Reason) -> None:
    row = words.REASONS[reason]
    for sentence in (row.what, row.step):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert len(sentence) < 100


def test_unchanged_page_is_told_like_any_page_that_answers() -> None:
    assert words.REASONS[Reason.NOT_MODIFIED] == words.REASONS[Reason.OK]


@pytest.mark.parametrize("reason", Reason)
def test_only_what_works_asks_for_nothing(reason: Reason) -> None:
    nothing = words.REASONS[reason].step == words.REASONS[Reason.OK].step
    assert nothing is (VERDICTS[reason] is Verdict.OK)
