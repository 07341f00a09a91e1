"""Answers of archives: captures in two dialects of CDX and in TimeMaps, whatever is sent."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import ArchiveKind
from crawler.search import archive_answers
from crawler.search.archive import kind_of
from crawler.search.archive_answers import Capture, captures_of_cdx, captures_of_timemap

AT = datetime(2024, 1, 1, tzinfo=UTC)
WAYBACK = (
    '[["urlkey","timestamp","statuscode","digest"],["k","20240101000000","200","D"],[],7,["k"]]'
)
PYWB = '{"timestamp": "20240101000000", "status": "200", "digest": "D"}\nno JSON\n[1]\n{}'
TIMEMAP = """\
<https://a.example/x,y>; rel="original",
<https://arch.example/timemap/https://a.example/>; rel="self"; type="application/link-format",
<https://arch.example/20240101000000/https://a.example/x,y>
  ; rel="first last memento" ; datetime="Mon, 01 Jan 2024 00:00:00 GMT",
<https://arch.example/2/https://a.example/>; rel="memento"; datetime="no time",
<https://arch.example/part2>; rel="timemap"; from="x"
"""


@pytest.mark.parametrize("text", [WAYBACK, PYWB])
def test_both_dialects_are_read(text: str) -> None:
    assert captures_of_cdx(text) == (Capture(at=AT, address="", status=200, digest="D"),)


def test_a_timemap_has_its_mementos_and_its_parts() -> None:
    address = "https://arch.example/20240101000000/https://a.example/x,y"
    assert captures_of_timemap(TIMEMAP) == (Capture(at=AT, address=address),)
    assert archive_answers.further_timemaps(TIMEMAP) == ("https://arch.example/part2",)


@pytest.mark.promise("31")
def test_31_userinfo_in_the_address_of_a_capture_is_removed() -> None:
    link = '<http://me:secret@a.example/20240101000000/x>; rel="memento"; datetime="{}"'
    (found,) = captures_of_timemap(link.format("Mon, 01 Jan 2024 00:00:00 GMT"))
    assert found.address == "http://a.example/20240101000000/x"


@given(st.text(alphabet='<>;="[]{}, abc0\n', max_size=60))
def test_nothing_that_is_sent_raises(text: str) -> None:
    for piece in (text, f"[{text}", WAYBACK[:30] + text, TIMEMAP[:90] + text):
        captures_of_cdx(piece)
        captures_of_timemap(piece)
        archive_answers.further_timemaps(piece)
        archive_answers.http_time(piece)


def test_no_answer_takes_long_or_brings_too_much() -> None:
    assert captures_of_cdx("[" * 100_000) == ()
    assert len(captures_of_cdx("\n".join([PYWB.splitlines()[0]] * 3000))) == 1000
    assert captures_of_timemap("<a>;a=" + '"' * 100_000) == ()
    assert captures_of_timemap("<a>" + ";a=b" * 100_000) == ()


@pytest.mark.parametrize(
    ("address", "original"),
    [
        (
            "https://web.archive.org/web/20240101000000id_/https:/a.example/x",
            "https://a.example/x",
        ),
        ("https://arch.example/mem/20240101000000/http://a.example/?u=1", "http://a.example/?u=1"),
        ("https://a.example/20240101000000/x", "https://a.example/20240101000000/x"),
    ],
)
def test_the_original_of_a_capture(address: str, original: str) -> None:
    assert archive_answers.original_of(address) == original


def test_the_latest_captures_come_first_without_repeats() -> None:
    def capture(day: int, status: int | None, digest: str = "") -> Capture:
        return Capture(at=AT.replace(day=day), address="", status=status, digest=digest)

    captures = [capture(2, 200, "A"), capture(1, 200, "A"), capture(3, 404), capture(4, None)]
    latest = archive_answers.latest_first(captures, {200})
    assert [one.at.day for one in latest] == [4, 2]
    assert [one.at.day for one in archive_answers.latest_first(captures, {200}, AT)] == [1]


@pytest.mark.parametrize(
    ("endpoint", "kind"),
    [
        ("https://web.archive.org/cdx/search/cdx", ArchiveKind.CDX),
        ("http://127.0.0.1:8080/mem/cdx", ArchiveKind.CDX),
        ("https://web.archive.org/web", ArchiveKind.TIMEMAP),
        ("https://arch.example/timegate", ArchiveKind.TIMEGATE),
    ],
)
def test_the_path_tells_how_an_archive_is_asked(endpoint: str, kind: ArchiveKind) -> None:
    assert kind_of(endpoint) is kind
    assert kind_of(endpoint, "timegate") is ArchiveKind.TIMEGATE
