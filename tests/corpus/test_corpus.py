"""The corpus of real server behaviour: how far verdicts are to be believed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.demo import LIST_NAME, list_lines
from crawler.demo.web import Web
from crawler.model import VERDICTS, Reason
from crawler.resources import parse
from crawler.run import RunOptions, run
from tests.corpus import listed_resources
from tests.corpus.case import Host, by_name
from tests.corpus.index import CASES, PART_OF
from tests.corpus.nights import LAST_NIGHT
from tests.corpus.runner import Played, play, put_list, settings
from tests.corpus.score import Score, miss_line, score
from tests.support.database import query

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """All cases, checked once."""
    return play(CASES, tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def scored(played: Played) -> Score:
    return score(played)


def test_names_are_unique() -> None:
    names = Counter(case.name for case in CASES)
    assert [name for name, count in names.items() if count > 1] == []


def test_cases_that_share_a_host_do_not_share_a_page() -> None:
    pages: dict[tuple[str, str], object] = {}
    for host in (host for case in CASES for host in case.sites):
        for path, reply in host.pages.items():
            assert pages.setdefault((host.name, path), reply) is reply, (host.name, path)


def test_a_host_is_shared_within_a_part_only_as_a_whole() -> None:
    hosts: dict[tuple[str, str], Host] = {}
    for part, host in ((PART_OF[case.name], host) for case in CASES for host in case.sites):
        assert hosts.setdefault((part, host.name), host) is host, host.name


def test_labels_are_legal() -> None:
    wrong = [case.name for case in CASES if VERDICTS[case.reason] is not case.verdict]
    assert wrong == []


def test_every_reason_is_expected_somewhere() -> None:
    """`out_of_budget` needs a run of its own, below."""
    assert set(Reason) - {case.reason for case in CASES} == {Reason.OUT_OF_BUDGET}


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 280
    assert sum(case.living for case in CASES) >= 70


def test_each_resource_of_the_list_has_a_case() -> None:
    listed = {one.url: one.title for one in parse(list_lines(), LIST_NAME).resources}
    assert {case.url: case.title for case in listed_resources.CASES} == listed


def test_no_living_page_is_called_dead(scored: Score) -> None:
    assert scored.living_dead == ()


def test_hardly_a_living_page_is_called_suspect(scored: Score) -> None:
    assert scored.living_suspect.percent <= 2


def test_substitutes_are_found_out(scored: Score) -> None:
    assert scored.substitutes_found.percent >= 90


def test_verdicts_are_as_labelled(scored: Score) -> None:
    assert scored.verdicts.percent >= 97, list(map(miss_line, scored.misses))


def test_reasons_are_as_labelled(scored: Score) -> None:
    assert scored.reasons.percent >= 93, list(map(miss_line, scored.misses))


def test_nothing_is_asked_that_a_robots_file_forbids(played: Played) -> None:
    assert played.forbidden == ()
    assert len(played.requests) > len(CASES)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(by_name(CASES[0].sites)) as web:
        yield web


def test_what_the_budget_did_not_reach_is_out_of_budget(tmp_path: Path, web: Web) -> None:
    put_list({1: CASES[0]}, tmp_path)
    hurried = settings(tmp_path, web)
    hurried = replace(hurried, fetch=replace(hurried.fetch, budget=0.0))
    run(hurried, RunOptions(clock=lambda: LAST_NIGHT, resolver=web.resolver))
    assert query(tmp_path / "crawler.db", "select reason from checks") == [(Reason.OUT_OF_BUDGET,)]
