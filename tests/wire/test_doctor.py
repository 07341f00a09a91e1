"""What the doctor finds, and says what to do about."""

import os
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler import doctor
from crawler.config import GuardSettings, HostSettings, ScheduleSettings, Settings
from crawler.demo import demo_settings
from crawler.demo.replies import Reply, Then, redirect
from crawler.demo.web import Web
from crawler.demo.worlds import CANARIES, World, plain_world
from crawler.doctor import MAX_NOTICES, Diagnosis, Level, Topic
from crawler.errors import StoreError
from crawler.fetch import Resolver
from crawler.fetch.tls import roots
from crawler.model import Repair, Resource
from crawler.store import RunTotals, Store
from tests.support.builders import make_facts, make_fetch
from tests.support.demo_list import listed
from tests.support.store_nights import FIRST_NIGHT, check, gone, night, resource, start

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROWS = listed()[:2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "list.csv").write_text("url\nhttps://a.example/\n", encoding="utf-8")
    return Settings(
        resources=(str(tmp_path / "list.csv"),),
        database=str(tmp_path / "crawler.db"),
        reports=str(tmp_path / "reports"),
        user_agent="mine/VERSION (+https://mine.example/)",
    )


def examined(
    settings: Settings, *, offline: bool = True, resolver: Resolver | None = None
) -> Iterator[Diagnosis]:
    return doctor.examine(
        settings, clock=lambda: NOW, version="1.2.3", offline=offline, resolver=resolver
    )


def found(settings: Settings, topic: Topic) -> list[tuple[str, str]]:
    return _about(topic, examined(settings))


def _about(topic: Topic, diagnoses: Iterator[Diagnosis]) -> list[tuple[str, str]]:
    return [(one.level, one.text) for one in diagnoses if one.topic is topic]


def test_topics_come_in_a_fixed_order_and_nothing_is_made_but_the_folder_for_reports(
    settings: Settings, tmp_path: Path
) -> None:
    topics = dict.fromkeys(one.topic for one in examined(settings))
    assert list(topics) == [topic for topic in Topic if topic is not Topic.CLUSTER]
    assert {path.name for path in tmp_path.iterdir()} == {"list.csv", "reports"}


# --- list and settings --------------------------------------------------------------------------


def test_the_list_is_counted(settings: Settings) -> None:
    assert found(settings, Topic.LIST) == [
        ("ok", f"{settings.list_name}: 1 resource."),
        ("ok", "Columns read: url. Separated by commas."),
    ]


def test_a_list_that_cannot_be_used_fails(settings: Settings) -> None:
    ((level, text),) = found(replace(settings, resources=("missing.csv",)), Topic.LIST)
    assert level == Level.FAIL
    assert "missing.csv: cannot be read" in text


def test_what_is_odd_about_the_list_is_reported_up_to_a_bound(settings: Settings) -> None:
    Path(settings.list_name).write_text("url\n" + "https://a.example/\n" * 10, encoding="utf-8")
    (count, columns, *odd) = found(settings, Topic.LIST)
    assert [level for level, _ in (count, columns)] == [Level.OK] * 2
    assert odd[0] == (
        Level.WARN,
        "Line 3 repeats the URL of line 2; it is asked once.",
    )
    assert len(odd) == MAX_NOTICES + 1
    assert odd[-1][1] == "4 more lines like these; the report names them all."


def test_the_placeholder_for_a_contact_is_warned_of(settings: Settings) -> None:
    assert found(settings, Topic.SETTINGS) == [
        ("ok", "Our user agent is mine/1.2.3 (+https://mine.example/).")
    ]
    usual = replace(settings, user_agent=Settings().user_agent)
    (_, (level, text)) = found(usual, Topic.SETTINGS)
    assert level == Level.WARN
    assert "user_agent" in text


def test_a_host_whose_certificate_is_not_checked_is_warned_of(settings: Settings) -> None:
    hosts = (("a.example", HostSettings(insecure=True)), ("b.example", HostSettings()))
    (_, (level, text)) = found(replace(settings, hosts=hosts), Topic.SETTINGS)
    assert level == Level.WARN
    assert text.startswith("The certificate of a.example is not checked")


def replaced(settings: Settings, count: int) -> None:
    """A list without titles and numbers, in which `fix` has replaced so many of five URLs."""
    before = [f"https://old.example/{n}" for n in range(5)]
    after = [f"https://new.example/page-{n}" for n in range(count)] + before[count:]
    known = [
        Resource(key=url, title="", url=url, line=n, file=settings.list_name)
        for n, url in enumerate(before, 2)
    ]
    Path(settings.list_name).write_text("\n".join(["url", *after, ""]), encoding="utf-8")
    with Store.open(settings.database) as store:
        night(store, [gone(one) for one in known])
        store.repairs.add(
            Repair(key=old, file=settings.list_name, before=old, after=new, made_at=NOW)
            for old, new in zip(before, after, strict=True)
            if old != new
        )


@pytest.mark.parametrize("count", [4, 5])
def test_what_was_put_in_the_list_for_a_person_is_no_accident(
    count: int, settings: Settings
) -> None:
    replaced(settings, count)
    assert [level for level, _ in found(settings, Topic.LIST)] == [Level.OK] * 2


def test_a_list_that_was_replaced_by_hand_is_an_accident(settings: Settings) -> None:
    with Store.open(settings.database) as store:
        night(store, [check(resource(number)) for number in (1, 2, 3)])
    (*_, (level, text)) = found(settings, Topic.LIST)
    assert level == Level.FAIL
    assert "nothing in common" in text


# --- files --------------------------------------------------------------------------------------


def test_a_database_is_described(settings: Settings) -> None:
    with Store.open(settings.database) as store:
        night(store, [check(resource(1))])
    ((level, text), _) = found(settings, Topic.DATABASE)
    assert level == Level.OK
    assert "can be read" in text
    assert "1 runs, 0." in text
    with Store.open(settings.database) as store:
        start(store)
    (_, (level, text), _) = found(settings, Topic.DATABASE)
    assert level == Level.WARN
    assert text.startswith("A run is going on, or was interrupted")


@pytest.mark.parametrize(
    ("cron", "level", "words"),
    [
        ("17 3 * * *", Level.WARN, "By schedule.cron, {nights} nights were missed since;"),
        ("0 9 1 1 *", Level.OK, "The last good run was on {moment}."),
    ],
)
def test_the_last_good_run_is_told_with_the_nights_that_were_missed(
    settings: Settings, cron: str, level: Level, words: str
) -> None:
    with Store.open(settings.database) as store:
        night(store, [check(resource(1))])
    nights = int((NOW - FIRST_NIGHT) / timedelta(days=1) - 0.5)
    moment = f"{FIRST_NIGHT:%Y-%m-%d at %H:%M} UTC"
    planned = replace(settings, schedule=ScheduleSettings(cron=cron))
    told = found(planned, Topic.DATABASE)[-1]
    assert told[0] == level
    assert words.format(nights=nights, moment=moment) in told[1]


def test_a_database_is_examined_while_a_run_goes_on(settings: Settings) -> None:
    with Store.open(settings.database) as store:
        start(store)
        assert [level for level, _ in found(settings, Topic.DATABASE)] == ["ok", "warn"]


@pytest.mark.parametrize("content", [None, b""])
def test_a_database_that_is_still_to_be_made_is_fine(
    settings: Settings, content: bytes | None
) -> None:
    if content is not None:
        Path(settings.database).write_bytes(content)
    ((level, text),) = found(settings, Topic.DATABASE)
    assert level == Level.OK
    assert "none yet" in text


def test_a_database_that_cannot_be_used_fails(settings: Settings, tmp_path: Path) -> None:
    Path(settings.database).write_bytes(b"somebody's text, and no database at all")
    for path in (settings.database, str(tmp_path), str(tmp_path / "missing" / "crawler.db")):
        ((level, _),) = found(replace(settings, database=path), Topic.DATABASE)
        assert level == Level.FAIL


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_database_that_cannot_be_written_fails(settings: Settings) -> None:
    with Store.open(settings.database) as store:
        night(store, [check(resource(1))])
    Path(settings.database).chmod(0o400)
    assert [level for level, _ in found(settings, Topic.DATABASE)] == ["ok", "fail"]


def test_the_folder_for_reports_has_to_be_one(settings: Settings) -> None:
    assert found(settings, Topic.REPORTS) == [("ok", f"{settings.reports}: can be written.")]
    ((level, text),) = found(replace(settings, reports=settings.list_name), Topic.REPORTS)
    assert level == Level.FAIL
    assert "reports cannot be written there" in text


# --- network ------------------------------------------------------------------------------------


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(plain_world(ROWS).sites) as playing:
        yield playing


def _asked(settings: Settings, web: Web) -> list[tuple[str, str]]:
    played = demo_settings(Path(settings.reports), web)
    served = replace(settings, fetch=replace(played.fetch, read_timeout=1.5), guard=played.guard)
    return _about(Topic.NETWORK, examined(served, offline=False, resolver=web.resolver))


def _troubled(world: World, hosts: int, then: Then = Then.KEEP, to: str = "") -> World:
    """The world in which so many of the canaries do something else."""
    sites = dict(world.sites)
    for url in CANARIES[:hosts]:
        host = url.split("/")[2]
        other = redirect(to) if to else Reply(raw=(), then=then)
        sites[host] = replace(sites[host], pages={"/": other})
    return replace(world, sites=sites)


def test_every_canary_answers_with_its_time(settings: Settings, web: Web) -> None:
    told = _asked(settings, web)
    assert [level for level, _ in told] == ["ok"] * 3
    assert [text.split(" answers")[0] for _, text in told] == list(CANARIES)
    assert all(text.endswith("ms to answer.") for _, text in told)
    assert sorted(request.path for request in web.requests) == ["/"] * 3
    assert {request.fields["user-agent"] for request in web.requests} == {
        "mine/1.2.3 (+https://mine.example/)"
    }


@pytest.mark.parametrize(("hosts", "levels"), [(1, {"warn"}), (3, {"fail"})])
def test_canaries_that_do_not_answer_fail_when_none_does(
    settings: Settings, web: Web, hosts: int, levels: set[str]
) -> None:
    web.serve(_troubled(plain_world(ROWS), hosts, Then.RESET).sites)
    told = _asked(settings, web)
    assert {level for level, _ in told[:hosts]} == levels
    assert (
        "The host closes the connection without an answer. Check this machine's network"
        in told[0][1]
    )
    assert [level for level, _ in told[hosts:]] == ["ok"] * (3 - hosts)


def test_another_host_that_answers_is_no_answer(settings: Settings, web: Web) -> None:
    web.serve(_troubled(plain_world(ROWS), 2, to=CANARIES[2]).sites)
    told = _asked(settings, web)
    assert [level for level, _ in told] == ["warn", "warn", "ok"]
    assert "www.wikipedia.org answers in its place" in told[0][1]


def test_canaries_that_the_settings_exclude_are_not_asked(settings: Settings, web: Web) -> None:
    played = demo_settings(Path(settings.reports), web)
    served = replace(
        settings,
        fetch=replace(played.fetch, exclude=("*",)),
        guard=GuardSettings(canaries=CANARIES),
    )
    told = _about(Topic.NETWORK, examined(served, offline=False, resolver=web.resolver))
    assert [level for level, _ in told] == ["fail"] * 3
    assert told[0][1].endswith("excluded by the settings (fetch.exclude). Choose others.")
    assert not web.requests


def test_nothing_is_asked_without_canaries(settings: Settings) -> None:
    alone = replace(settings, guard=GuardSettings(canaries=()))
    ((level, text),) = _about(Topic.NETWORK, examined(alone, offline=False))
    assert (level, "guard.canaries" in text) == ("skip", True)
    assert found(settings, Topic.NETWORK) == [("skip", "Nothing was asked (offline).")]


def test_certificates_that_cannot_be_read_fail(settings: Settings) -> None:
    bad = replace(settings, fetch=replace(settings.fetch, ca_bundle="missing.pem"))
    for topic in (Topic.NETWORK, Topic.CERTIFICATES):
        ((level, text),) = _about(topic, examined(bad, offline=False))
        assert level == Level.FAIL
        assert "missing.pem" in text


def test_the_trusted_authorities_are_counted(settings: Settings, web: Web) -> None:
    known = roots("")
    assert roots(web.ca_bundle) in {known, known + 1}
    ours = replace(settings, fetch=replace(settings.fetch, ca_bundle=web.ca_bundle))
    assert found(ours, Topic.CERTIFICATES) == [
        ("ok", f"{roots(web.ca_bundle)} authorities are trusted.")
    ]
    assert ssl.create_default_context().cert_store_stats()["x509_ca"] <= known


# --- clock --------------------------------------------------------------------------------------


def _answer(minutes: float | None) -> doctor._CanaryAnswer:
    """A canary whose clock shows so many minutes less than ours."""
    sent_at = None if minutes is None else NOW - timedelta(minutes=minutes)
    fetch = replace(make_fetch(make_facts()), sent_at=sent_at)
    return doctor._CanaryAnswer(url="https://example.org/", fetch=fetch, ended_at=NOW)


@pytest.mark.parametrize(
    ("minutes", "level", "says"),
    [
        ([], Level.SKIP, "Not compared"),
        ([None], Level.SKIP, "Not compared"),
        ([0.1], Level.OK, "agrees"),
        ([5], Level.OK, "agrees"),
        ([-5], Level.OK, "agrees"),
        ([5.1], Level.FAIL, "5 minutes ahead"),
        ([-90], Level.FAIL, "90 minutes behind"),
        ([90, None, 1], Level.OK, "agrees"),
        ([90, 60, 300], Level.FAIL, "60 minutes ahead"),
    ],
)
def test_our_clock_is_wrong_when_it_agrees_with_none(
    minutes: list[float | None], level: Level, says: str
) -> None:
    result = doctor._clock_compared(map(_answer, minutes))
    assert (result.level, says in result.text) == (level, True)


@pytest.mark.parametrize(
    ("known", "warned"),
    [
        (None, False),
        (StoreError("gone"), False),
        (RunTotals(runs=0, unfinished=0, last_started_at=None, schema=1), False),
        (RunTotals(runs=1, unfinished=0, last_started_at=FIRST_NIGHT, schema=1), False),
        (RunTotals(runs=1, unfinished=0, last_started_at=NOW + timedelta(1), schema=1), True),
    ],
)
def test_a_run_in_the_future_is_warned_of(
    known: RunTotals | StoreError | None, warned: bool
) -> None:
    (_, *more) = doctor._clock([], NOW, known)
    assert [result.level for result in more] == [Level.WARN] * warned
