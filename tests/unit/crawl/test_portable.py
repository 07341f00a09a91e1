"""What goes to another process and comes from there has its texts packed, and no database with it."""

import pickle
from dataclasses import replace

from crawler import packing
from crawler.crawl.kept_checks import KeptChecks
from crawler.crawl.messages import KnownRecords
from crawler.crawl.portable import packed, with_texts
from crawler.model import Check, LastGood, Page, Record, StoredText
from tests.support.builders import make_check, make_facts, make_page, make_resource

PAGE = replace(make_page(text="Home\nWhat it says."), main_text="What it says.")
RESOURCE = make_resource("https://a.org/")
TEXT = packing.packed(PAGE, lambda _: False)


def known(record: Record) -> KnownRecords:
    return KnownRecords(keys=("1",), records={"1": record})


def stored(page: Page, digest: str = "") -> Record:
    # A function of a test cannot be found by name elsewhere, as a database cannot.
    text = StoredText(read=lambda: TEXT.content, unpack=packing.unpacked)
    good = LastGood(page=page, stored_text=text, text_digest=digest)
    return Record(resource=RESOURCE, last_good=good)


def seen(page: Page | None = PAGE, status_code: int = 200) -> Check:
    return make_check(resource=RESOURCE, page=page, facts=make_facts(status_code=status_code))


def test_the_text_of_a_last_good_page_travels_with_its_record() -> None:
    page = make_page()
    arrived = pickle.loads(pickle.dumps(with_texts(known(stored(page)))))  # noqa: S301 -- our own
    good = arrived.records["1"].last_good
    assert good.kept() == packing.unpacked(TEXT.content)
    assert good.page == page


def test_a_record_without_a_stored_text_stays_as_it_is() -> None:
    for record in (
        Record(resource=RESOURCE),
        Record(resource=RESOURCE, last_good=LastGood(page=make_page())),
    ):
        assert with_texts(known(record)) == known(record)


def test_a_check_is_sent_with_its_text_packed() -> None:
    sent = packed(seen(), {})
    assert sent.packed_text == TEXT
    assert sent.page == replace(PAGE, text="", main_text="")
    assert replace(sent, page=PAGE, packed_text=None) == seen()


def test_a_text_that_the_database_has_is_not_sent() -> None:
    changed = packed(seen(), {RESOURCE.key: stored(PAGE, digest="another")})
    assert changed.packed_text == TEXT
    same = packed(seen(), {RESOURCE.key: stored(PAGE, digest=TEXT.digest)})
    assert same.packed_text == replace(TEXT, content=b"")


def test_the_last_good_text_is_not_sent_back_after_a_304() -> None:
    sent = packed(seen(status_code=304), {RESOURCE.key: stored(PAGE, digest=TEXT.digest)})
    assert sent.packed_text is None
    assert sent.page == replace(PAGE, text="", main_text="")


def test_a_check_without_a_page_is_sent_as_it_is() -> None:
    assert packed(seen(page=None), {}) == seen(page=None)


def test_a_packed_check_is_kept_in_memory_as_any_other() -> None:
    here, elsewhere = KeptChecks(), KeptChecks()
    here.keep([seen()])
    elsewhere.keep([packed(seen(), {})])
    assert here.read_back(RESOURCE) == elsewhere.read_back(RESOURCE)
    assert here.read_back(RESOURCE).page == replace(PAGE, main_text="")
