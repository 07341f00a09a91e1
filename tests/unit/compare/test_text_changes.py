"""What a night's text of a page says, after the nights before it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from crawler.compare import Compared, FirstNews, Observed, compare, told_once
from crawler.compare.text_changes import EXCERPT_BYTES, quoted
from crawler.model import (
    Accepted,
    Change,
    ChangeKind,
    Check,
    ContentChange,
    ContentComparison,
    Declared,
    KeptText,
    LastGood,
    LinePair,
    MediaKind,
    Mute,
    Noise,
    Page,
    Reason,
    Record,
    StoredText,
    TextUse,
)
from tests.support.builders import NOW, make_check, make_resource
from tests.support.comparing import CONFIRM, changed_sites

PARTS = (
    "Raft keeps a log that all servers agree on.",
    "A leader is elected by most of the servers.",
    "Entries are written to the log by the leader alone.",
    "A follower that hears nothing asks to be elected.",
    "Committed entries are applied in the order of the log.",
    "Snapshots make the log shorter when it has grown.",
    "Clients send their commands to the leader.",
    "Members join and leave by entries of their own.",
)
COURSE = "\n".join(PARTS)
SHOP = "\n".join(f"Buy our garden chair number {n} for a fair price today." for n in range(12))


def _page(text: str, title: str = "Practical Raft") -> Page:
    return Page(kind=MediaKind.HTML, title=Declared(value=title, origin="title"), text=text)


class Nights:
    """A resource, compared night after night, as a run does."""

    def __init__(self) -> None:
        self.known: Record | None = None
        self.resource = make_resource()
        self._number = 0

    def night(self, text: str | None, title: str = "Practical Raft") -> Compared:
        """After a night with that text; None for a page that is gone."""
        page = None if text is None else _page(text, title)
        reason = Reason.HTTP_404 if text is None else Reason.OK
        return self.checked(make_check(reason, page=page))

    def checked(self, check: Check, at: int | None = None) -> Compared:
        """After a check of that night; by default each is another night."""
        self._number = self._number + 1 if at is None else at
        now = NOW + timedelta(days=self._number)
        check = replace(check, resource=self.resource, checked_at=now)
        (one,) = compare(
            {} if self.known is None else {self.resource.key: self.known},
            [self.resource],
            lambda _: Observed(check=check, read_text=lambda: self._read(check)),
            CONFIRM,
            now,
            FirstNews.CHECKED if self.known else FirstNews.NONE,
        )
        self.known = self._stored(one, check)
        return one

    def _read(self, check: Check) -> KeptText | None:
        good = self.known.last_good if self.known else None
        text = LastGood(page=check.page).kept() if check.page else None
        return None if good and text == good.kept() else text

    def _stored(self, one: Compared, check: Check) -> Record:
        """The record as the store gives it: its text is the one that the run has kept."""
        before, record = self.known.last_good if self.known else None, one.record
        if record.last_good is None or before is None or {*one.text_uses} & {*_REPLACING}:
            return record
        kept = before.kept()
        return replace(record, last_good=replace(record.last_good, stored_text=_stored(kept)))


def _stored(text: KeptText) -> StoredText:
    return StoredText(read=bytes, unpack=lambda _: text)


_REPLACING = (TextUse.FIRST, TextUse.CHANGED)


def _texts(one: Compared) -> list[ChangeKind]:
    told = {
        ChangeKind.EDITED,
        ChangeKind.REWRITTEN,
        ChangeKind.WORDS,
    }
    return [change.kind for change in one.changes if change.kind in told]


@pytest.fixture
def nights() -> Nights:
    return Nights()


def test_the_first_text_is_no_event(nights: Nights) -> None:
    first = nights.night(COURSE)
    assert first.text_uses == (TextUse.FIRST,)
    assert not _texts(first)
    again = nights.night(COURSE)
    assert (again.text_uses, _texts(again)) == ((), [])


def test_an_edit_is_told_once_with_its_lines(nights: Nights) -> None:
    for _ in range(10):
        nights.night(COURSE)
    edited = COURSE.replace("by most of the servers", "by more than half of all the servers")
    told = [nights.night(edited) for _ in range(3)]
    changes = [change for one in told for change in one.changes]
    assert [change.kind for change in changes] == [ChangeKind.EDITED]
    assert changes[0].extent == 1
    assert changes[0].before == "A leader is elected by most of the servers."
    assert changes[0].after == "A leader is elected by more than half of all the servers."
    assert [one.text_uses for one in told if one.changes] == [(TextUse.CHANGED,)]


def test_noise_is_no_event_and_keeps_the_stored_text(nights: Nights) -> None:
    told = []
    for night in range(14):
        told.append(nights.night(f"{COURSE}\nLast updated on {night + 1} May 2026"))
    assert [_texts(one) for one in told] == [[]] * 14
    assert [one.text_uses for one in told[1:]] == [()] * 13
    assert nights.known
    assert sum(count for _, count in nights.known.ignored) == 1


def test_what_waits_is_confirmed_by_another_night_only(nights: Nights) -> None:
    nights.night(COURSE)
    edited = make_check(page=_page(f"{COURSE}\nThe exam is oral."))
    same_night = [nights.checked(edited, at=2) for _ in range(6)]
    assert [_texts(one) for one in same_night] == [[]] * 6
    later = [nights.checked(edited, at=night) for night in range(3, 9)]
    assert [kind for one in later for kind in _texts(one)] == [ChangeKind.EDITED]


def test_words_are_a_finding_with_their_sentence(nights: Nights) -> None:
    for _ in range(9):
        nights.night(COURSE)
    sentence = "This project is no longer maintained."
    (words,) = (
        change
        for change in nights.night(f"{sentence}\n{COURSE}").changes
        if change.kind is ChangeKind.WORDS
    )
    assert (words.field, words.after, words.seen) == ("unmaintained", sentence, "notice")
    assert words.before is None


def test_a_rewritten_page_is_told_once(nights: Nights) -> None:
    for _ in range(3):
        nights.night(COURSE)
    told = [nights.night(SHOP, title="Garden chairs") for _ in range(3)]
    assert [_texts(one).count(ChangeKind.REWRITTEN) for one in told] == [1, 0, 0]
    (change,) = (c for c in told[0].changes if c.kind is ChangeKind.REWRITTEN)
    assert len(f"{change.before}{change.after}".encode()) <= EXCERPT_BYTES


def test_a_page_that_a_person_has_accepted_is_not_told_of(nights: Nights) -> None:
    for _ in range(3):
        nights.night(COURSE)
    assert nights.known
    nights.known = replace(nights.known, accepted=Accepted(title="Garden chairs", text=SHOP))
    after = nights.night(SHOP, title="Garden chairs")
    assert (_texts(after), after.text_uses) == ([], (TextUse.CHANGED,))


def test_a_muted_resource_is_compared_and_not_told_of(nights: Nights) -> None:
    nights.night(COURSE)
    assert nights.known
    nights.known = replace(nights.known, mute=Mute(until=date(2100, 1, 1)))
    muted = [nights.night(SHOP, title="Garden chairs") for _ in range(2)]
    assert [one.changes for one in muted] == [(), ()]
    assert muted[0].text_uses == (TextUse.CHANGED,)


def test_a_text_that_is_back_is_the_one_to_compare_with_again(nights: Nights) -> None:
    for _ in range(9):
        nights.night(COURSE)
    away = nights.night("We are down for maintenance, and come back soon.")
    back = nights.night(COURSE)
    assert ChangeKind.EDITED in _texts(away)
    assert (_texts(back), back.text_uses) == ([], (TextUse.CHANGED,))


def test_the_text_before_an_outage_is_kept(nights: Nights) -> None:
    nights.night(COURSE)
    uses = [nights.night(None).text_uses for _ in range(4)]
    assert [use for use in uses if use] == [(TextUse.BROKE,)]


def test_a_304_has_no_text(nights: Nights) -> None:
    nights.night(COURSE)
    as_before = nights.checked(make_check(Reason.NOT_MODIFIED))
    assert (as_before.text_uses, as_before.content) == ((), None)


def test_a_page_without_text_tonight_keeps_the_one_it_had(nights: Nights) -> None:
    nights.night(COURSE)
    assert nights.night("").text_uses == ()


def test_after_a_reset_the_next_text_is_the_first(nights: Nights) -> None:
    for night in range(12):
        nights.night(f"{COURSE}\nLast updated on {night + 1} May 2026")
    assert nights.known
    nights.known = replace(nights.known, noise=Noise(), ignored=())
    after = nights.night(SHOP)
    assert (_texts(after), after.text_uses) == ([], (TextUse.FIRST,))


def test_a_text_whose_main_part_is_not_known_is_not_compared(nights: Nights) -> None:
    nights.night(COURSE)
    assert nights.known
    assert nights.known.last_good
    old = replace(nights.known.last_good, stored_text=_stored(KeptText(text=COURSE)))
    nights.known = replace(nights.known, last_good=old)
    assert (nights.night(SHOP).changes, nights.known.last_good is not old) == ((), True)


# --- quotes ---------------------------------------------------------------------------------------


def test_quotes_stand_beside_each_other_and_are_bounded() -> None:
    assert quoted([LinePair(before="a", after="b"), LinePair(after="c")]) == ("a\n", "b\nc")
    before, after = quoted([LinePair(before="\U0001f600" * 240, after="x")] * 9)
    assert 0 < len(before.encode()) + len(after.encode()) <= EXCERPT_BYTES


def test_long_lines_leave_room_for_those_that_came() -> None:
    gone = [LinePair(before=f"{n}" + "\u7f51" * 239) for n in range(3)]
    came = [LinePair(after=f"{n}" + "\u9875" * 239) for n in range(3)]
    before, after = quoted([*gone, *came])
    assert EXCERPT_BYTES - 60 < len(before.encode()) + len(after.encode()) <= EXCERPT_BYTES
    assert [line[:1] for line in before.split("\n")] == ["0", "1", "2", "", "", ""]
    assert [line[:1] for line in after.split("\n")] == ["", "", "", "0", "1", "2"]
    assert all(line.endswith("\u2026") for line in after.split("\n") if line)


# --- sites ----------------------------------------------------------------------------------------


def _site(count: int) -> Iterator[tuple[Change, tuple[str, str, ContentComparison]]]:
    for number in range(count):
        resource = replace(make_resource(), key=str(number))
        change = Change(kind=ChangeKind.REWRITTEN, resource=resource, before="a", after="b")
        content = ContentComparison(change=ContentChange.REWRITTEN)
        yield change, ("example.org", resource.key, content)


def test_a_relaunch_is_told_once() -> None:
    changes, compared = zip(*_site(5), strict=True)
    other = Change(kind=ChangeKind.TITLE, resource=make_resource(), before="a", after="b")
    told = list(told_once((*changes, other), changed_sites(compared)))
    assert [change.kind for change in told] == [ChangeKind.RELAUNCHED, ChangeKind.TITLE]
    assert (told[0].resource.key, told[0].after, told[0].extent) == ("0", "example.org", 5)


def test_pages_of_a_site_that_changed_apart_are_told_apart() -> None:
    changes, compared = zip(*_site(2), strict=True)
    assert list(told_once(changes, changed_sites(compared))) == list(changes)


def test_words_of_a_whole_site_are_told_once() -> None:
    changes, compared = zip(*_site(4), strict=True)
    words = [replace(one, kind=ChangeKind.WORDS, field="licence", before=None) for one in changes]
    kinds = [change.kind for change in told_once((*changes, *words), changed_sites(compared))]
    assert kinds == [ChangeKind.RELAUNCHED, ChangeKind.WORDS]


def test_a_resource_with_another_url_begins_anew(nights: Nights) -> None:
    nights.night(COURSE)
    nights.resource = replace(nights.resource, url="https://elsewhere.example/")
    moved = nights.night(SHOP)
    assert moved.text_uses == (TextUse.FIRST,)
    assert not _texts(moved)
