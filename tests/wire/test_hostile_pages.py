"""Pages that were made to hold up a run, and their neighbours."""

from pathlib import Path

import pytest

from tests.support.loopback import answering, page
from tests.support.street import HTML, LIVING, TITLE, House, street

pytestmark = pytest.mark.slow

MARKS = "\u0301\u0316"
HEAD = "<!doctype html><meta charset=utf-8>" + f"<title>{TITLE}</title><h1>{TITLE}</h1><p>"
HOSTILE = {
    "elements": HEAD + "<div>" * 100_000,
    "attributes": HEAD + "<p " + " ".join(f"a{i}=1" for i in range(120_000)) + ">",
    "formatting": HEAD + "".join(f"<font size={i}><p>" for i in range(40_000)),
    "rebuilt": HEAD + "".join(f"<font size={i}>" for i in range(480)) + f"</p>{'<p>x</p>' * 480}",
    "headings": HEAD + "<h1><div>" * 127 + "x<br>" * 150_000,
    "items": HEAD + "<div itemscope itemprop=description>" * 20_000,
    "title": "<!doctype html><title>" + "a" * 1_500_000,
    "titled with marks": "<!doctype html><meta charset=utf-8><title>" + MARKS * 250_000,
    "marks": HEAD + MARKS * 250_000,
    "linked data": HEAD + "<script type=application/ld+json>" + '"\\' * 125_000,
}
LIVING_HOUSES = tuple(House(name=f"neighbour-{n}", script=answering(LIVING)) for n in range(10))
HOSTILE_HOUSES = tuple(
    House(name=f"hostile-{n}", script=answering(page(markup.encode())))
    for n, markup in enumerate(HOSTILE.values())
)


@pytest.mark.promise("29")
@pytest.mark.timeout(300)
def test_hostile_pages_change_nothing_for_their_neighbours(tmp_path: Path) -> None:
    long = b"<p id=row>A row of a long table.</p>" * 6000
    houses = (
        *(house for pair in zip(HOSTILE_HOUSES, LIVING_HOUSES, strict=True) for house in pair),
        House(name="long", script=answering(page(HTML + long + b"<p id=end>")), path="/page#end"),
    )
    with street(tmp_path, houses) as built:
        built.crawl()
        stored = built.stored()
    for house in (*LIVING_HOUSES, houses[-1]):
        found = stored[house.name]
        assert (found.verdict, found.title) == ("ok", TITLE), house.name
        assert not {"slow", "fragment_missing"} & set(found.warnings), house.name
    for house, markup in zip(HOSTILE_HOUSES, HOSTILE.values(), strict=True):
        # What has no title but the hostile one may well be suspected.
        judged = {"ok"} if markup.startswith(HEAD) else {"ok", "suspect"}
        assert stored[house.name].verdict in judged, house.name
