"""A demo's checks, judged again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from crawler import rejudge
from crawler.config import Settings
from crawler.model import Check, Verdict
from crawler.rejudge import Difference
from crawler.store import Store

pytestmark = pytest.mark.slow


def _stored(settings: Settings) -> Iterator[Check]:
    with Store.open(settings.database, exclusive=False) as store:
        for resource in store.resources.ever_listed():
            yield from (check for _, check in store.checks.history(resource.key))


def test_every_check_of_all_nights_is_judged_as_it_was(demo_databases: Sequence[Path]) -> None:
    played = Settings(database=str(demo_databases[-1]))
    stored = tuple(_stored(played))
    assert len(stored) == 100 * 5
    verdicts = {check.judgement.verdict for check in stored}
    assert set(verdicts) == set(Verdict)
    wrong = [
        Difference(check=check, today=today)
        for check in stored
        if (today := rejudge.judged_today(check, played)) != check.judgement
    ]
    assert wrong == []
    assert rejudge.differences(played) == ()
