"""A worker on another machine reads nothing from the database."""

import pickle

from crawler.crawl.cluster.portable import portable
from crawler.crawl.messages import KnownRecords
from crawler.model import KeptText, LastGood, Page, Record
from tests.support.builders import make_page, make_resource

TEXT = KeptText(text="What it said.", main_text="What it said.", title="Here", heading="")


def known(record: Record) -> KnownRecords:
    return KnownRecords(keys=("1",), records={"1": record})


def test_the_text_of_a_last_good_page_travels_with_its_record() -> None:
    page: Page = make_page()
    # A function of a test cannot be found by name elsewhere, as a database cannot.
    record = Record(
        resource=make_resource("https://a.org/"),
        last_good=LastGood(page=page, stored_text=lambda: TEXT),
    )
    arrived = pickle.loads(pickle.dumps(portable(known(record))))  # noqa: S301 -- our own
    good = arrived.records["1"].last_good
    assert good.kept() == TEXT
    assert good.page == page


def test_a_record_without_a_stored_text_stays_as_it_is() -> None:
    for record in (
        Record(resource=make_resource("https://a.org/")),
        Record(resource=make_resource("https://a.org/"), last_good=LastGood(page=make_page())),
    ):
        assert portable(known(record)) == known(record)
