"""The nights of a site that was built anew: when its lost pages are looked for, and what is told."""

import json
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import fix, settle
from crawler.config import FixSettings, Settings
from crawler.demo.replies import Reply
from crawler.fix import LookOptions
from crawler.model import Band, CandidateSource, Ending, Mute, Record, RunStatus
from crawler.run import RunOptions, reports, rewrite_reports, run
from crawler.search import Found, Surroundings
from crawler.store import Store
from tests.support.database import query
from tests.support.loopback import page
from tests.support.lost_site import document, text_about
from tests.support.moved_site import (
    FORBIDDEN,
    HOST,
    NEW,
    OLD,
    PAXOS_NOW,
    RAFT_NOW,
    MovedSite,
    moved_site,
)

STABLE = ("README.md", "fixes.json", "fixes.patch", "feed.xml", "events.ndjson", "badge.json")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[MovedSite]:
    with moved_site(tmp_path) as made:
        yield made


class Search:
    """Counts what it is asked for, in place of the real search, and finds nothing."""

    def __init__(self, *, is_complete: bool = True) -> None:
        self.wanted: list[list[str]] = []
        self._is_complete = is_complete

    async def __call__(
        self, wanted: Sequence[Record], _settings: Settings, _around: Surroundings
    ) -> tuple[Found, ...]:
        self.wanted.append([record.resource.key for record in wanted])
        return tuple(
            Found(
                key=record.resource.key,
                resource_url=record.resource.url,
                is_complete=self._is_complete,
            )
            for record in wanted
        )


def records(site: MovedSite) -> dict[str, Record]:
    with Store.open(site.settings.database, exclusive=False) as store:
        return dict(store.records())


def stable(site: MovedSite) -> dict[str, str]:
    return {name: site.report(name) for name in STABLE}


# --- what is found --------------------------------------------------------------------------------


def test_a_lost_page_is_found_in_the_night_that_confirms_it(site: MovedSite) -> None:
    site.crawl()
    site.crawl()
    assert records(site)["1"].proposals == ()
    site.crawl()
    (proposal,) = records(site)["1"].proposals
    assert (proposal.url, proposal.band) == (RAFT_NOW, Band.SAFE)
    assert proposal.grounds.source is CandidateSource.SITEMAP
    assert records(site)["3"].proposals == ()


def test_every_report_tells_the_new_address(site: MovedSite) -> None:
    report = site.until_confirmed().report
    assert f"`crawler fix --apply 1` puts <{RAFT_NOW}> in its place: same title and" in report(
        "README.md"
    )
    assert 'data-copy="crawler fix --apply 1"' in report("index.html")
    first = json.loads(report("latest.json"))["records"][0]
    assert [one["proposed_url"] for one in first["proposals"]] == [RAFT_NOW]
    assert RAFT_NOW in first["next_step"]
    assert RAFT_NOW in report("junit.xml")
    assert RAFT_NOW in report("findings.sarif")
    assert RAFT_NOW in report("feed.xml")
    fixes = json.loads(report("fixes.json"))["fixes"]
    assert [one["proposed_url"] for one in fixes] == [RAFT_NOW, PAXOS_NOW]
    patch = report("fixes.patch")
    assert f"+1,Practical Raft,{RAFT_NOW}\n" in patch
    assert f"+2,Simple Paxos,{PAXOS_NOW}\n" in patch
    assert "found in the site's sitemap" in patch


def test_nights_without_events_change_no_byte_of_what_is_stable(site: MovedSite) -> None:
    site.until_confirmed()
    site.crawl()  # the events of the night before are over
    before = stable(site)
    for _ in range(8):  # in one of them, the search is made again
        site.crawl()
    assert stable(site) == before
    assert query(site.settings.database, "select times from searches order by resource_id") == [
        (2,),
        (2,),
    ]


def test_a_move_stays_proposed_on_a_night_without_an_answer(site: MovedSite) -> None:
    site.until_confirmed()
    site.crawl()
    before = stable(site)
    site.site = replace(NEW, pages={**NEW.pages, "/paxos": FORBIDDEN})
    site.crawl()
    assert [one.url for one in records(site)["2"].proposals] == [PAXOS_NOW]
    assert stable(site) == before


def test_a_move_is_judged_by_the_page_that_it_was_before(site: MovedSite) -> None:
    other = document("What it costs", text_about("prices"))
    site.site = replace(NEW, pages={**NEW.pages, "/guide/paxos": Reply(raw=(page(other),))})
    site.until_confirmed()
    (proposal,) = records(site)["2"].proposals
    assert (proposal.url, proposal.band) == (PAXOS_NOW, Band.LIKELY)
    assert proposal.grounds.title is not None
    assert proposal.grounds.title < 0.5
    assert PAXOS_NOW not in site.report("fixes.patch")


def test_a_move_that_is_over_is_proposed_no_more(site: MovedSite) -> None:
    site.until_confirmed()
    site.site = replace(NEW, pages={**NEW.pages, "/paxos": OLD.pages["/paxos"]})
    site.crawl()
    assert records(site)["2"].proposals == ()


def test_what_works_again_has_no_proposal(site: MovedSite) -> None:
    site.until_confirmed()
    site.site = OLD
    site.crawl()
    assert all(record.proposals == () for record in records(site).values())
    assert json.loads(site.report("fixes.json"))["fixes"] == []
    assert not (site.folder / "reports" / "fixes.patch").exists()


def test_a_put_in_new_address_ends_the_outage_as_fixed_in_the_list(site: MovedSite) -> None:
    site.until_confirmed()
    offered = fix.offer(site.settings, fix.Choice(), site.clock)
    assert offered is not None
    fix.apply(site.settings, offered, site.clock)
    site.crawl()
    with Store.open(site.settings.database, exclusive=False) as store:
        (incident,) = store.incidents.of_resource("1")
    assert incident.ending is Ending.FIXED_IN_LIST
    assert records(site)["1"].repair is None
    assert "1 to mend." in site.report("README.md")


MARKDOWN = f"""# Consensus

* [Practical Raft]({HOST}/docs/raft.html#log "The guide") as a log,\twith a tab
* <{HOST}/paxos>  \r
* [Home][home]

[home]: {HOST}/
"""
MARKDOWN_FIXED = MARKDOWN.replace(f"({HOST}/docs/raft.html#log", f"({RAFT_NOW}#log").replace(
    f"<{HOST}/paxos>", f"<{PAXOS_NOW}>"
)


@pytest.mark.promise("2a")
def test_a_new_address_that_is_not_in_the_list_after_all_is_proposed_again(
    site: MovedSite,
) -> None:
    site.until_confirmed()
    offered = fix.offer(site.settings, fix.Choice(), site.clock)
    assert offered is not None
    before = site.list.read_text()
    fix.apply(site.settings, offered, site.clock)
    fixed = site.list.read_text()
    assert (RAFT_NOW in before, RAFT_NOW in fixed) == (False, True)
    # As after a kill between the database and the list, or after `git checkout`.
    site.list.write_text(before)
    said: list[str] = []
    site.options = replace(site.options, remark=said.append)
    site.crawl()
    assert [text for text in said if "new addresses are noted as put in the list" in text] == said
    assert len(said) == 1
    assert f"+1,Practical Raft,{RAFT_NOW}" in site.report("fixes.patch")
    # The list that was ahead is known when it comes back, as by a merge.
    site.list.write_text(fixed)
    site.crawl()
    assert records(site)["1"].resource.url == RAFT_NOW
    assert len(said) == 1


def test_new_addresses_are_put_in_documents_too_and_taken_back(tmp_path: Path) -> None:
    with moved_site(tmp_path, name="README.md", text=MARKDOWN) as site:
        site.until_confirmed()
        offered = fix.offer(site.settings, fix.Choice(), site.clock)
        assert offered is not None
        fix.apply(site.settings, offered, site.clock)
        assert site.list.read_bytes().decode() == MARKDOWN_FIXED
        site.crawl()
        known = {record.resource.url: key for key, record in records(site).items()}
        with Store.open(site.settings.database, exclusive=False) as store:
            (incident,) = store.incidents.of_resource(known[f"{RAFT_NOW}#log"])
        assert incident.ending is Ending.FIXED_IN_LIST
        undone = fix.undoing(site.settings)
        fix.undo(site.settings, undone, site.clock)
        assert site.list.read_bytes().decode() == MARKDOWN


# --- when it is looked for ------------------------------------------------------------------------


def test_lost_pages_are_looked_for_at_once_and_again_after_7_nights(site: MovedSite) -> None:
    search = Search()
    site.options = RunOptions(search=search)
    nights = []
    for _ in range(11):
        before = len(search.wanted)
        site.crawl()
        if len(search.wanted) > before:
            nights.append(site.night)
    assert nights == [3, 10]
    assert search.wanted == [["1", "3"], ["1", "3"]]


def test_what_was_cut_short_is_looked_for_in_the_next_night(site: MovedSite) -> None:
    search = Search(is_complete=False)
    site.options = RunOptions(search=search)
    site.until_confirmed()
    site.crawl()
    assert search.wanted == [["1", "3"], ["1", "3"]]


def test_only_what_a_run_checks_is_looked_for(site: MovedSite) -> None:
    search = Search()
    site.options = RunOptions(search=search, only=("3",))
    site.until_confirmed()
    assert search.wanted == [["3"]]


def test_what_is_muted_is_not_looked_for(site: MovedSite) -> None:
    search = Search()
    site.options = RunOptions(search=search)
    site.crawl()
    site.crawl()
    wish = Mute(until=(site.now + timedelta(days=30)).date())
    settle.mute(site.settings, ["1"], wish, site.clock)
    site.crawl()
    assert search.wanted == [["3"]]


def test_nothing_is_looked_for_where_the_settings_say_so(site: MovedSite) -> None:
    search = Search()
    for night in range(3):
        site.night = night + 1
        site.web.serve({"guide.test": NEW if night else OLD})
        settings = replace(site.settings, fix=FixSettings(search=False))
        run(settings, RunOptions(clock=site.clock, resolver=site.web.resolver, search=search))
    assert search.wanted == []


def test_nothing_is_looked_for_without_time(site: MovedSite) -> None:
    search = Search()
    site.options = RunOptions(search=search)
    site.crawl()
    site.crawl()
    fetch = replace(site.settings.fetch, budget=1.9)
    site.night += 1
    options = replace(site.options, clock=site.clock, resolver=site.web.resolver)
    run(replace(site.settings, fetch=fetch), options)
    assert search.wanted == []


# --- what goes wrong ------------------------------------------------------------------------------


def test_a_search_that_fails_costs_the_run_nothing(site: MovedSite) -> None:
    said: list[str] = []

    async def failing(*_: object) -> tuple[Found, ...]:
        raise ZeroDivisionError

    site.options = RunOptions(search=failing, remark=said.append)
    site.until_confirmed()
    result = site.crawl()
    assert (result.status, result.signal) == (RunStatus.COMPLETE, None)
    assert said[-1].startswith("The search for new addresses has failed: internal error,")
    assert "2 to mend" in site.report("README.md")


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_search_and_the_run_is_complete(site: MovedSite, signum: int) -> None:
    async def interrupted(
        wanted: Sequence[Record], _: Settings, around: Surroundings
    ) -> tuple[Found, ...]:
        os.kill(os.getpid(), signum)
        await around.stop.wait()
        return await Search(is_complete=False)(wanted, _, around)

    site.crawl()
    site.crawl()
    site.options = RunOptions(search=interrupted)
    result = site.crawl()
    assert (result.status, result.signal) == (RunStatus.COMPLETE, signum)
    assert result.report is not None
    assert "2 to mend" in site.report("README.md")
    assert query(site.settings.database, "select times from searches") == [(0,), (0,)]


def test_a_list_that_is_gone_takes_the_patch_along(site: MovedSite) -> None:
    site.until_confirmed()
    patch = site.folder / "reports" / "fixes.patch"
    kept = site.list.read_bytes()
    site.list.write_bytes(kept.replace(b"/paxos", b"/other").replace(b"/docs/raft", b"/x/raft"))
    rewrite_reports(site.settings, site.clock)
    assert not patch.exists()
    site.list.write_bytes(kept)
    rewrite_reports(site.settings, site.clock)
    assert patch.exists()


def test_a_very_long_list_has_no_patch(site: MovedSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.until_confirmed()
    patch = site.folder / "reports" / "fixes.patch"
    for most, is_written in ((3, False), (4, True)):
        monkeypatch.setattr(reports, "PATCHED", most)
        rewrite_reports(site.settings, site.clock)
        assert patch.exists() is is_written


# --- looked for by hand ---------------------------------------------------------------------------


def look(site: MovedSite, *wanted: str) -> list[str]:
    """The keys of what was looked for."""
    options = LookOptions(clock=site.clock, resolver=site.web.resolver)
    return [one.key for one in fix.look(site.settings, wanted, options).found]


def test_what_has_no_new_address_is_looked_for_when_a_person_wants_that(site: MovedSite) -> None:
    site.options = RunOptions(search=Search())
    site.until_confirmed()
    assert records(site)["1"].proposals == ()
    assert look(site) == ["1", "3"]
    assert [one.url for one in records(site)["1"].proposals] == [RAFT_NOW]
    assert f"<{RAFT_NOW}>" in site.report("README.md")
    assert look(site) == ["3"]
    assert look(site, "1") == ["1"]
    assert look(site, "4") == []


def test_only_present_urls_are_looked_for(site: MovedSite) -> None:
    site.options = RunOptions(search=Search())
    site.until_confirmed()
    text = site.list.read_text()
    site.list.write_text(text.replace(f"{HOST}/docs/raft.html", f"{HOST}/elsewhere"))
    assert look(site) == ["3"]
