"""What a person accepted, in the runs that follow."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.config import Settings
from crawler.demo import scenarios
from crawler.demo.scenarios import MakeScenario
from crawler.demo.web import Web
from crawler.demo.worlds import STORY, build_world
from crawler.model import FindingClass, Record
from crawler.run import RunOptions, run
from crawler.settle import accept, revoke
from crawler.store import Store
from tests.support.short_web import FEW, NIGHT

pytestmark = pytest.mark.slow

ONE = FEW[0]
NUMBER = str(ONE.number)
THERE, ELSEWHERE = "https://new-home.example/course", "https://other-home.example/course"


def _play(settings: Settings, web: Web, night: int, plot: MakeScenario) -> Record:
    """What is known of the first resource after a night on which the others are well."""
    world = build_world(replace(STORY[0], name="settled"), FEW, {ONE.number or 0: plot})
    web.serve(world.sites)
    at = NIGHT + timedelta(days=night)
    here = replace(settings, fetch=replace(settings.fetch, resolve=web.resolve))
    run(here, RunOptions(clock=lambda: at, resolver=web.resolver))
    return _known(settings)


def _known(settings: Settings) -> Record:
    with Store.open(settings.database, exclusive=False) as store:
        return store.records()[ONE.key]


def _class(record: Record) -> FindingClass | None:
    return record.reported.kind if record.reported else None


def _report(settings: Settings) -> str:
    return (Path(settings.reports) / "README.md").read_text(encoding="utf-8")


def test_a_redirect_that_is_meant_is_reported_again_when_it_leads_elsewhere(
    settings: Settings, web: Web
) -> None:
    there, elsewhere = scenarios.moved(THERE), scenarios.moved(ELSEWHERE)
    _play(settings, web, 0, scenarios.alive)
    assert _class(_play(settings, web, 1, there)) is FindingClass.MOVED
    (accepted,) = accept(settings, [NUMBER])
    assert accepted.accepted is not None
    assert accepted.accepted.redirect == THERE
    assert _class(_known(settings)) is FindingClass.HEALTHY
    after = _report(settings)
    assert _class(_play(settings, web, 2, there)) is FindingClass.HEALTHY
    assert _report(settings) == after
    assert _class(_play(settings, web, 3, elsewhere)) is FindingClass.MOVED
    assert ELSEWHERE in _report(settings)
    assert _class(accept(settings, [NUMBER])[0]) is FindingClass.HEALTHY
    assert _class(_play(settings, web, 4, elsewhere)) is FindingClass.HEALTHY


def test_an_accepted_page_stays_accepted_however_often_that_is_said(
    settings: Settings, web: Web
) -> None:
    assert _class(_play(settings, web, 1, scenarios.alive)) is FindingClass.HEALTHY
    assert _class(_play(settings, web, 2, scenarios.replaced)) is FindingClass.SUSPECT
    for night in (3, 4):
        accept(settings, [NUMBER])
        assert _class(_known(settings)) is FindingClass.HEALTHY
        assert _class(_play(settings, web, night, scenarios.replaced)) is FindingClass.HEALTHY
    shop = _known(settings).accepted
    assert shop is not None
    assert shop.title == "Garden furniture at fair prices"


def test_what_was_accepted_by_mistake_can_be_taken_back_at_once(
    settings: Settings, web: Web
) -> None:
    _play(settings, web, 1, scenarios.alive)
    doubted = _play(settings, web, 2, scenarios.replaced)
    before = _report(settings)
    accept(settings, [NUMBER])
    assert _report(settings) != before
    revoke(settings, [NUMBER])
    taken_back = _known(settings)
    assert taken_back.standing.state is doubted.standing.state
    assert _report(settings) == before
    again = _play(settings, web, 3, scenarios.replaced)
    assert _class(again) is FindingClass.SUSPECT
    assert _report(settings) == before
