"""The bench on real pages: what is planned, what is right, how it is counted, without servers."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.real_pages import (
    apache,
    caddy,
    missing_pages,
    nginx,
    parked_pages,
    probes,
    wording,
)
from benchmarks.real_pages.anchors import listed_text, says_something
from benchmarks.real_pages.fates import NIGHTS, Fate, Hope, hope, is_right
from benchmarks.real_pages.indexing import IndexedSite, LinkedPage
from benchmarks.real_pages.nights import Outcome, Row, rows_of
from benchmarks.real_pages.plan import Host, Link, Server, Takeover, Way, plan
from benchmarks.real_pages.scores import Share, how, missed_by, scores
from benchmarks.real_pages.served import Gone, Redirect, ServedHost, Status
from benchmarks.real_pages.serving import Asked
from benchmarks.real_pages.sources import APP, Half, own, sources, sources_of
from crawler.model import Verdict

HALVES = tuple(Half)


def test_each_package_is_in_one_half_and_both_halves_have_many() -> None:
    halves = [{one.package for one in sources_of(half, sources())} for half in HALVES]
    assert not halves[0] & halves[1]
    assert halves[0] | halves[1] == {one.package for one in sources()}
    assert min(map(len, halves)) > 50


def test_both_halves_have_most_generators() -> None:
    generators = [{one.generator for one in sources_of(half, sources())} for half in HALVES]
    assert {"sphinx", "docbook", "javadoc", "texinfo", "doxygen", "haddock"} <= generators[0]
    assert {"sphinx", "docbook", "javadoc", "texinfo", "doxygen", "haddock"} <= generators[1]


def test_parked_pages_and_wordings_of_the_halves_differ() -> None:
    parked = [{parked_pages.parked("a.org", half, n) for n in range(50)} for half in HALVES]
    missing = [{wording.missing("en", half, 3 * n).text for n in range(50)} for half in HALVES]
    assert not parked[0] & parked[1]
    assert not missing[0] & missing[1]


def test_a_choice_of_one_is_shared() -> None:
    assert own([5], Half.TUNE, 3) == own([5], Half.JUDGE, 8) == 5


def test_a_telling_text_is_listed_before_a_frequent_one() -> None:
    texts = [("Next", 50), ("Prev", 20), ("Hash tables", 3), ("tables", 1)]
    drawn = [listed_text(texts, random.Random(n)) for n in range(400)]  # noqa: S311 - always the same
    assert drawn.count("Hash tables") > 330
    assert 0 < drawn.count("Next") + drawn.count("Prev") < 60


@pytest.mark.parametrize("text", ["Next", "[source]", "D", "»", "Back", "次へ"])
def test_a_direction_says_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["3.3.16", "Next steps", "borg mount", "设置"])
def test_a_name_says_something(text: str) -> None:
    assert says_something(text)


def test_every_fate_has_a_hope_for_every_night() -> None:
    assert all(hope(fate, night) in Hope for fate in Fate for night in NIGHTS)


@pytest.mark.parametrize(
    ("fate", "night", "verdict", "right"),
    [
        (Fate.LIVING, 1, Verdict.OK, True),
        (Fate.LIVING, 1, Verdict.MOVED, True),
        (Fate.LIVING, 4, Verdict.SUSPECT, False),
        (Fate.DYING, 2, Verdict.DEAD, False),
        (Fate.DYING, 3, Verdict.SUSPECT, True),
        (Fate.MOVED, 1, Verdict.OK, False),
        (Fate.HIJACKED, 3, Verdict.SUSPECT, False),
        (Fate.HIJACKED, 4, Verdict.SUSPECT, True),
        (Fate.UNAVAILABLE, 3, Verdict.FAILING, True),
        (Fate.HANGING, 4, Verdict.FAILING, False),
    ],
)
def test_right_verdicts(fate: Fate, night: int, verdict: Verdict, right: bool) -> None:
    assert is_right(fate, night, verdict) is right


def test_the_same_sites_make_the_same_plan() -> None:
    sites = [_site("a-doc"), _site("b-doc")]
    first, second, other = (plan(sites, 40, seed) for seed in ("1", "1", "2"))
    assert first == second
    assert first != other
    assert len({host.name for host in first}) == len(first) >= 40


def test_a_plan_has_every_fate_and_way() -> None:
    hosts = plan([_site("a-doc"), _site("b-doc")], 1500, "1")
    fates = {link.fate for host in hosts for link in host.links}
    assert fates == set(Fate) - {Fate.APP}
    assert {host.way for host in hosts} == set(Way)
    assert {host.takeover for host in hosts} == {None, *Takeover}
    assert all(
        host.other and host.other.package != host.site.package for host in hosts if host.takeover
    )


def test_an_application_lives_at_every_path_of_its_hosts() -> None:
    sites = [_site("a-doc"), _site("b-doc"), replace(_site("app"), generator=APP, pages=())]
    apps = [host for host in plan(sites, 40, "1") if host.site.name == "app"]
    assert [len(host.links) for host in apps] == [4, 4]
    assert {link.fate for host in apps for link in host.links} == {Fate.APP}
    assert {host.way for host in apps} == {Way.FRONT_200}


def test_a_page_in_the_template_keeps_what_is_around_its_content() -> None:
    template = (
        "<html><head><title>Hash tables — Widgets</title></head><body><nav>Widgets</nav>"
        "<div class=body><h1>Hash tables</h1><p>Much.</p></div></body></html>"
    )
    words = wording.Wording(title="Not found", heading="Gone", text="It is not here.")
    page = missing_pages.themed(template, words, "Widgets").decode()
    assert "<nav>Widgets</nav>" in page
    assert "<title>Not found — Widgets</title>" in page
    assert "<h1>Gone</h1><p>It is not here.</p>" in page
    assert "Hash tables" not in page


def test_noise_differs_from_night_to_night_and_is_inside_the_page() -> None:
    first, second = (missing_pages.noisy(b"<body>Text</body>", night) for night in (1, 2))
    assert first != second
    assert first.startswith(b"<body>Text<p>")
    assert first.endswith(b"</body>")


HOST = ServedHost(
    name="a.org",
    server=Server.NGINX,
    root=Path("/srv/a"),
    front="index.html",
    missing=Status(code=410),
    paths={"/gone.html": Gone(), "/old.html": Redirect(code=301, to="/new.html")},
)


def test_what_is_gone_is_answered_as_what_never_was() -> None:
    assert HOST.answer("/gone.html") == Status(code=410)
    assert HOST.answer("/old.html") == Redirect(code=301, to="/new.html")


def test_nginx_is_told_of_each_path(tmp_path: Path) -> None:
    text = nginx.config([HOST], 8080, tmp_path, is_root=False)
    assert "location = /gone.html { return 410; }" in text
    assert "location = /old.html { return 301 /new.html; }" in text
    assert "location @missing { return 410; }" in text


def test_apache_is_told_of_each_path(tmp_path: Path) -> None:
    text = apache.config([HOST], 8080, tmp_path, modules=tmp_path, as_user="www-data")
    assert r"RewriteRule ^/gone\.html$ - [R=410,L]" in text
    assert r"RewriteRule ^/old\.html$ /new.html [R=301,L,NE]" in text


def test_caddy_is_told_of_each_path(tmp_path: Path) -> None:
    text = caddy.config([HOST], 8080, tmp_path)
    assert "handle /gone.html {\nrespond 410\n}" in text
    assert "handle /old.html {\nredir * /new.html 301\n}" in text


def test_a_row_counts_once_with_its_worst_night() -> None:
    (row,) = _rows(Fate.LIVING)
    outcomes = [_outcome(row, 1, Verdict.OK), _outcome(row, 2, Verdict.SUSPECT)]
    found = scores(outcomes)
    assert found.living_suspect == Share(part=1, whole=1)
    assert found.living_dead == Share(part=0, whole=1)


def test_rot_is_missed_if_the_last_night_has_it_living() -> None:
    rotten, dying, taken = _rows(Fate.ROTTEN, Fate.DYING, Fate.TAKEN)
    outcomes = [
        _outcome(rotten, 4, Verdict.OK),
        _outcome(dying, 4, Verdict.DEAD),
        _outcome(taken, 4, Verdict.SUSPECT),
    ]
    found = scores(outcomes)
    assert found.rotten_missed == Share(part=1, whole=3)
    assert found.rotten_suspect == Share(part=1, whole=3)
    assert missed_by(outcomes, how)["site_404"] == Share(part=1, whole=3)


def test_hijacks_are_caught_by_suspicion_too() -> None:
    first, second = _rows(Fate.HIJACKED, Fate.HIJACKED)
    found = scores([_outcome(first, 4, Verdict.SUSPECT), _outcome(second, 4, Verdict.OK)])
    assert found.hijacks_caught == Share(part=1, whole=2)
    assert found.rotten_missed.whole == 0


def test_events_of_the_quiet_night_are_those_of_rows_that_stay() -> None:
    noisy, rotten = _rows(Fate.NOISY, Fate.ROTTEN)
    outcomes = [
        replace(_outcome(noisy, 2, Verdict.OK), changes=("title",)),
        replace(_outcome(rotten, 2, Verdict.DEAD), changes=("broke",)),
    ]
    assert scores(outcomes).events == Share(part=1, whole=1)


def test_probes_that_proved_something_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "start.html").touch()
    rotten, living = _rows(Fate.ROTTEN, Fate.LIVING, root=tmp_path)
    caught = replace(_outcome(rotten, 1, Verdict.DEAD), probing='{"probes": []}')
    asked = [
        _asked(rotten, "/p0.html"),
        _asked(rotten, "/robots.txt"),
        _asked(rotten, "/0f0f.html"),
        _asked(rotten, "/other/0f0f.html"),
        _asked(rotten, "/"),
        _asked(rotten, "/start.html"),
    ]
    counted = probes.count([rotten, living], [caught], asked)
    assert (counted.made_up, counted.homes, counted.most_beside) == (2, 1, 1)


def _site(name: str) -> IndexedSite:
    pages = tuple(
        LinkedPage(
            path=f"p{n}.en.html" if n < 3 else f"p{n}.html",
            file=f"p{n}.html",
            title=f"Page {n}",
            texts=((f"About {n}", 2), ("next", 1)),
        )
        for n in range(30)
    )
    return IndexedSite(
        name=name,
        package=name,
        generator="sphinx",
        language="en",
        root="/srv",
        front="index.html",
        front_title="Widgets",
        pages=pages,
    )


def _rows(*fates: Fate, root: Path = Path("/srv")) -> tuple[Row, ...]:
    links = tuple(
        Link(path=f"/p{n}.html", page=f"p{n}.html", title="A page", page_title="A page", fate=fate)
        for n, fate in enumerate(fates)
    )
    host = Host(
        name="a.org",
        site=replace(_site("a-doc"), root=str(root)),
        server=Server.NGINX,
        way=Way.SITE_404,
        variant=0,
        links=links,
    )
    return rows_of([host])


def _outcome(row: Row, night: int, verdict: Verdict) -> Outcome:
    return Outcome(
        row=row,
        night=night,
        has_title=True,
        verdict=verdict,
        reason="",
        warnings=(),
        page_title="",
        final_url=row.url,
        probing="",
        changes=(),
    )


def _asked(row: Row, target: str) -> Asked:
    return Asked(agent="", host=row.host.name, target=target, status=200)
