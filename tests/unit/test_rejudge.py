"""Stored checks, judged again: the same under the same rules, and what differs told and stored."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import rejudge
from crawler.config import HostSettings, ReportSettings, Settings
from crawler.errors import StoreError
from crawler.model import Check, Judgement, Page, Reason, WarningCode
from crawler.store import Store
from tests.support.builders import (
    make_check,
    make_exchange,
    make_facts,
    make_failure,
    make_judgement,
    make_page,
    make_resource,
)
from tests.support.store_nights import night

SETTINGS = Settings()
UNFIT = make_page("Something else entirely", first_heading=None)
MISFIT = make_judgement(Reason.OK, warnings=(WarningCode.TITLE_MISMATCH,))


# --- one check ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status_code", "stored", "page", "today"),
    [
        (200, Reason.OK, UNFIT, MISFIT),
        (304, Reason.NOT_MODIFIED, UNFIT, replace(MISFIT, reason=Reason.NOT_MODIFIED)),
        # Beside these, the page of an earlier check is stored.
        (403, Reason.OK, UNFIT, make_judgement(Reason.OK)),
        (404, Reason.HTTP_404, UNFIT, make_judgement(Reason.HTTP_404)),
        # Judged so when its page was taken for the resource.
        (200, Reason.SOFT_404, UNFIT, MISFIT),
    ],
)
def test_a_check_is_judged_by_the_page_that_it_saw_itself(
    status_code: int, stored: Reason, page: Page, today: Judgement
) -> None:
    settings = Settings(hosts=(("example.org", HostSettings(accept=(403,))),))
    check = make_check(stored, facts=make_facts(status_code=status_code), page=page)
    assert rejudge.judged_today(check, settings) == today


def test_a_check_is_judged_by_what_was_seen_in_the_resources_place() -> None:
    facts = replace(make_facts(), seen=UNFIT)
    check = make_check(Reason.SOFT_404, facts=facts, page=make_page())
    assert rejudge.judged_today(check, SETTINGS) == MISFIT


def test_a_check_without_an_answer_has_no_page() -> None:
    failed = make_facts(make_failure(), exchanges=(make_exchange(status_code=200),))
    check = make_check(Reason.OK, facts=failed, page=UNFIT)
    assert rejudge.judged_today(check, SETTINGS) == make_judgement(Reason.CONNECTION_REFUSED)


def test_todays_settings_count() -> None:
    check = make_check(elapsed=timedelta(seconds=6))
    assert rejudge.judged_today(check, SETTINGS).warnings == (WarningCode.SLOW,)
    patient = Settings(report=ReportSettings(slow_seconds=7))
    assert rejudge.judged_today(check, patient).warnings == ()


# --- a database ---------------------------------------------------------------------------------


def _stored(settings: Settings) -> Iterator[Check]:
    with Store.open(settings.database, exclusive=False) as store:
        for resource in store.resources.ever_listed():
            yield from (check for _, check in store.checks.history(resource.key))


def test_differences_are_reported_and_only_stored_when_asked(tmp_path: Path) -> None:
    settings = Settings(database=str(tmp_path / "crawler.db"))
    rows = [make_resource(number=n, url=f"https://example.org/{n}") for n in (1, 2, 3)]
    gone = [make_facts(url=row.url, status_code=404) for row in rows]
    checks = [
        make_check(reason, resource=row, facts=facts)
        for row, facts, reason in zip(
            rows, gone, (Reason.HTTP_404, Reason.OK, Reason.HTTP_410), strict=True
        )
    ]
    with Store.open(settings.database) as store:
        night(store, checks)
    found = rejudge.differences(settings)
    today = make_judgement(Reason.HTTP_404)
    assert [(one.check.judgement.reason, one.today) for one in found] == [
        (Reason.OK, today),
        (Reason.HTTP_410, today),
    ]
    assert rejudge.differences(settings) == found
    assert rejudge.apply(settings) == found
    assert rejudge.apply(settings) == ()
    assert [check.judgement for check in _stored(settings)] == [today] * 3


@pytest.mark.parametrize("act", [rejudge.differences, rejudge.apply])
def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, act: object) -> None:
    settings = Settings(database=str(tmp_path / "crawler.db"))
    assert callable(act)
    with pytest.raises(StoreError, match="no database yet"):
        act(settings)
    assert list(tmp_path.iterdir()) == []
