"""A demo's checks, judged again."""

from collections.abc import Iterator

import pytest

from crawler import demo, rejudge
from crawler.config import Settings
from crawler.model import Check, Verdict
from crawler.rejudge import Difference
from crawler.store import Store
from tests.support.demo_list import ignore_progress


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings for the database of a demo, all of whose nights were played."""
    folder = tmp_path_factory.mktemp("played")
    for one in demo.nights(folder):
        one.crawl(ignore_progress)
    return Settings(database=str(folder / "crawler.db"))


def _stored(settings: Settings) -> Iterator[Check]:
    with Store.open(settings.database, exclusive=False) as store:
        for resource in store.resources():
            yield from (check for _, check in store.history(resource.key))


def test_every_check_of_all_nights_is_judged_as_it_was(played: Settings) -> None:
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
