"""Pure: a made-up link over many nights: its page with noise and edits, its certificate, its outages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import chain, count
from random import Random

from benchmarks import pages
from crawler import extract
from crawler.model import (
    Answer,
    Certificate,
    Check,
    Declared,
    Exchange,
    Facts,
    Failure,
    FailureKind,
    Judgement,
    Page,
    Phase,
    Reason,
    Resource,
)
from tests.content_changes.kinds import KINDS, Draw, Kind, Spot

SMALLEST, LARGEST = 12_000, 40_000
"""Bytes of a page's text."""
EDITS = 0.02
"""Share of the nights on which a page is edited."""
OUTAGES = 0.003
"""Share of the nights on which an outage begins."""
LONGEST_OUTAGE = 10
"""Nights."""
_QUIET = 0.1
"""Share of the pages without noise."""
_CERTIFICATE_DAYS = 60
"""After so many days a host has another certificate."""
_MADE_UP = 24_000
"""Numbers of pages from which edits take their lines begin here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noise:
    kind: Kind
    key: str
    place: int
    """Number of the line before which it stands."""
    every: int

    def lines(self, night: int) -> list[str]:
        """What it shows on a night."""
        step = night // self.every
        own, dice = Random(self.key), Random(f"{self.key} {step}")
        return self.kind.lines(Draw(own=own, dice=dice, step=step, night=night))


class Link:
    """One link; to be asked for its nights in order, once each."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._dice = Random(f"link {number}")
        self._page = _whole_page(number)
        self._lines = list(_text(number, self._dice.randint(SMALLEST, LARGEST)))
        self._noise = tuple(_noises(number, len(self._lines), self._dice))
        self._out_until = 0
        self._outage: Callable[[Resource], tuple[Facts, Reason]] = _silent

    def check(self, resource: Resource, night: int, now: datetime) -> Check:
        """What a look finds on this night."""
        if night and self._dice.random() < EDITS:
            self._edit()
        if night > self._out_until and self._dice.random() < OUTAGES:
            self._out_until = night + self._dice.randint(1, LONGEST_OUTAGE)
            self._outage = self._dice.choice((_silent, _missing, _overloaded))
        is_out = night < self._out_until
        facts, reason = self._outage(resource) if is_out else (self._facts(resource, now), None)
        return Check(
            resource=resource,
            judgement=Judgement(reason=reason or Reason.OK),
            facts=facts,
            page=None if is_out else self._shown(night),
            checked_at=now + timedelta(seconds=self._number),
            address=f"192.0.2.{self._number % 250 + 1}",
            elapsed=timedelta(milliseconds=self._dice.randint(80, 900)),
            attempts=3 if is_out else 1,
        )

    def _facts(self, resource: Resource, now: datetime) -> Facts:
        fields = (("content-type", "text/html; charset=utf-8"), ("server", "nginx"))
        period = timedelta(days=_CERTIFICATE_DAYS)
        begin = datetime.min.replace(tzinfo=now.tzinfo) + timedelta(days=self._number)
        issued = begin + (now - begin) // period * period
        return Facts(
            outcome=Answer(media_type="text/html"),
            exchanges=(Exchange(target_uri=resource.url, status_code=200, fields=fields),),
            certificate=Certificate(
                not_before=issued, not_after=issued + period * 1.5, issuer="R11, Let's Encrypt"
            ),
        )

    def _shown(self, night: int) -> Page:
        shown: dict[int, list[str]] = {}
        for one in self._noise:
            shown.setdefault(min(one.place, len(self._lines)), []).extend(one.lines(night))
        main = [
            *chain.from_iterable(
                (*shown.get(place, ()), line) for place, line in enumerate(self._lines)
            ),
            *shown.get(len(self._lines), ()),
        ]
        around = _around(self._number)
        main_text = "\n".join(main)
        text = "\n".join((*around, *main, f"© 2026 Field notes {self._number}"))
        return replace(self._page, text=text, main_text=main_text, word_count=len(text.split()))

    def _edit(self) -> None:
        (edit,) = self._dice.choices(
            (self._retype, self._add, self._drop, self._rewrite, self._retitle), (40, 30, 20, 5, 5)
        )
        edit()

    def _new_lines(self, number: int) -> Iterator[str]:
        page = _MADE_UP + len(pages.LANGUAGES) * self._dice.randrange(500)
        lines = _main_lines(page + self._number % len(pages.LANGUAGES))
        start = self._dice.randrange(max(1, len(lines) - number))
        yield from lines[start : start + number]

    def _retype(self) -> None:
        at = self._dice.randrange(len(self._lines))
        words = self._lines[at].split(" ")
        words[self._dice.randrange(len(words))] = f"word{self._dice.randrange(1000)}"
        self._lines[at] = " ".join(words)

    def _add(self) -> None:
        at = self._dice.randrange(len(self._lines))
        self._lines[at:at] = self._new_lines(self._dice.randint(1, 8))

    def _drop(self) -> None:
        at = self._dice.randrange(len(self._lines) // 2)
        del self._lines[at : at + self._dice.randint(1, 8)]

    def _rewrite(self) -> None:
        half = len(self._lines) // 2
        self._lines[half:] = self._new_lines(half)

    def _retitle(self) -> None:
        name = f"{pages.title(self._dice.randrange(10**6))}"
        self._page = replace(
            self._page, title=Declared(value=name, origin="title"), first_heading=name
        )
        self._lines[0] = name


def _silent(resource: Resource) -> tuple[Facts, Reason]:
    failure = Failure(
        kind=FailureKind.CONNECT_TIMEOUT,
        phase=Phase.CONNECT,
        target_uri=resource.url,
        code="ETIMEDOUT",
    )
    return Facts(outcome=failure), Reason.CONNECT_TIMEOUT


def _missing(resource: Resource) -> tuple[Facts, Reason]:
    return _answered(resource, 404), Reason.HTTP_404


def _overloaded(resource: Resource) -> tuple[Facts, Reason]:
    return _answered(resource, 503), Reason.HTTP_5XX


def _answered(resource: Resource, status_code: int) -> Facts:
    exchange = Exchange(target_uri=resource.url, status_code=status_code)
    return Facts(outcome=Answer(media_type="text/html"), exchanges=(exchange,))


@cache
def _whole_page(number: int) -> Page:
    content = pages.page(number, f"/guides/{number}")
    url = f"https://h{number}.example/guides/{number}"
    return extract.read(content, url, "text/html; charset=utf-8")


@cache
def _main_lines(number: int) -> Sequence[str]:
    page = _whole_page(number)
    return tuple((page.main_text or page.text).split("\n"))


def _around(number: int) -> Sequence[str]:
    """The navigation of a page."""
    inside = set(_main_lines(number))
    return tuple(line for line in _whole_page(number).text.split("\n") if line not in inside)


def _text(number: int, size: int) -> Iterator[str]:
    """So many bytes of lines, of as many pages in one language as that takes."""
    for page in count(number, 1000 * len(pages.LANGUAGES)):
        for line in _main_lines(page):
            yield line
            size -= len(line.encode()) + 1
            if size <= 0:
                return


def _noises(number: int, length: int, dice: Random) -> Iterator[_Noise]:
    if dice.random() < _QUIET:
        return
    for kind in dice.sample(KINDS, dice.randint(3, 5)):
        if kind.spots != (Spot.WHOLE,):
            spot = dice.choice(kind.spots)
            places = {Spot.TOP: 1, Spot.BOTTOM: length}
            yield _Noise(
                kind=kind,
                key=f"{number} {kind.name}",
                place=places.get(spot, dice.randrange(1, length)),
                every=dice.randint(*kind.every),
            )
