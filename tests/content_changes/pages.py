"""Pure: a page on each of 40 nights, with its noise, and the edits that are made to it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from crawler.compare.content.lines import Line
from crawler.model import ListWord, PageText
from tests.content_changes.edits import Hunk, Saying, Size, hunks, rewritten, saying
from tests.content_changes.kinds import Draw, Kind, Spot
from tests.content_changes.vocabulary import dice_of

NIGHTS = 40
LAST_EDIT = NIGHTS - 9
"""So that an edit which waits to be confirmed is told before the end."""
_EDITS_A_NIGHT = 0.07
_LATE = 0.2
"""Share of the noise that begins late, between these nights."""
_LATE_NIGHTS = (8, 25)
_WEIGHTS = {
    Size.TYPO: 30,
    Size.PARAGRAPH: 26,
    Size.SECTION: 10,
    Size.REWRITE: 6,
    Size.TITLE: 8,
    Size.WORDS: 20,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """An edit of a page, and by what it is recognized."""

    night: int
    size: Size
    traces: frozenset[int]
    """Hashes of its lines."""
    word: ListWord | None = None
    goes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """A page on one night."""

    page: PageText
    edits: tuple[Edit, ...]
    """Made since the night before."""
    noise: dict[int, str]
    """The kinds of noise, by hash of line."""


@dataclass(slots=True)
class _Noise:
    kind: Kind
    key: str
    spot: Spot
    place: int
    """Number of the line before which it stands."""
    every: int
    phase: int
    begins: int

    def lines(self, night: int) -> list[str]:
        """What it shows on a night."""
        if night < self.begins:
            return []
        step = (night + self.phase) // self.every
        own, dice = dice_of(self.key), dice_of(f"{self.key} {step}")
        return self.kind.lines(Draw(own=own, dice=dice, step=step, night=night))


@dataclass(slots=True)
class _State:
    """The document as it is now, and what happens to it."""

    lines: list[str]
    title: str
    heading: str
    noise: list[_Noise]
    later: list[tuple[str, ...]]
    """Texts of later releases."""
    waiting: Saying | None = None
    used: set[str] = field(default_factory=set)
    """Lines that came or went: they are not edited again, and do not come back."""

    def replace(self, start: int, end: int, new: Sequence[str]) -> None:
        """Put other lines in the place of some; what stands after them moves with them."""
        self.lines[start:end] = new
        for one in self.noise:
            if one.place >= end:
                one.place += len(new) - (end - start)
            elif one.place > start:
                one.place = start


def nights(
    key: str, history: Sequence[PageText], kinds: Sequence[Kind], titles: Sequence[str]
) -> Iterator[Night]:
    """The page of a document, night after night; the same for the same key."""
    dice = dice_of(key)
    package = key.split("/", maxsplit=1)[0]
    state = _start(key, history, kinds, dice)
    word = state.waiting = saying(dice, package, history[0].text)
    if word:
        state.used.add(word.line)
    if word and word.goes:
        state.replace(1, 1, [word.line])
    for night in range(NIGHTS + 1):
        made = (
            _edit(state, night, dice, titles)
            if 0 < night <= LAST_EDIT and dice.random() < _EDITS_A_NIGHT
            else None
        )
        yield _night(state, night, made)


def _start(key: str, history: Sequence[PageText], kinds: Sequence[Kind], dice: Random) -> _State:
    first, *later = history
    lines = first.text.split("\n")
    chosen = dice.sample(list(kinds), dice.randint(3, 5))
    return _State(
        lines=lines,
        title=first.title,
        heading=first.heading,
        noise=[_noise(f"{key} {kind.name}", kind, len(lines), dice) for kind in chosen],
        later=[tuple(page.text.split("\n")) for page in later],
    )


def _noise(key: str, kind: Kind, length: int, dice: Random) -> _Noise:
    spot = dice.choice(kind.spots)
    places = {Spot.TOP: min(1, length), Spot.BOTTOM: length}
    every = dice.randint(*kind.every)
    return _Noise(
        kind=kind,
        key=key,
        spot=spot,
        place=places.get(spot, dice.randrange(1, length) if length > 1 else 0),
        every=every,
        phase=dice.randrange(every),
        begins=dice.randint(*_LATE_NIGHTS) if dice.random() < _LATE else 0,
    )


def _night(state: _State, night: int, made: Edit | None) -> Night:
    shown: dict[int, list[str]] = {}
    noise: dict[int, str] = {}
    sign = ""
    for one in state.noise:
        lines = one.lines(night)
        if one.spot is Spot.WHOLE:
            sign = "".join(lines)
            continue
        place = one.place
        if one.spot is Spot.ANYWHERE:
            place = dice_of(f"{one.key} {night}").randrange(1, len(state.lines) + 1)
        shown.setdefault(place, []).extend(lines)
        for line in lines:
            ready = Line(index=0, text=line)
            noise[ready.hash] = noise[ready.numberless_hash] = one.kind.name
    text = "\n".join(_woven(state.lines, shown))
    if sign:
        text = text.replace("'", sign).replace("\u2019", sign)
    page = PageText(title=state.title, heading=state.heading, text=text)
    return Night(page=page, edits=(made,) if made else (), noise=noise)


def _woven(lines: Sequence[str], shown: dict[int, list[str]]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield from shown.get(number, ())
        yield line
    yield from shown.get(len(lines), ())


def _edit(state: _State, night: int, dice: Random, titles: Sequence[str]) -> Edit | None:
    """An edit of a size for which there is one; None if there is none."""
    weights = dict(_WEIGHTS)
    while weights:
        size = dice.choices(list(weights), list(weights.values()))[0]
        before, word = Counter(state.lines), state.waiting
        if _MAKERS[size](state, size, dice, titles):
            after = Counter(state.lines)
            lines = [*(before - after), *(after - before)]
            said = word if size is Size.WORDS else None
            return Edit(
                night=night,
                size=size,
                traces=frozenset(Line(index=0, text=line).hash for line in lines),
                word=said.word if said else None,
                goes=bool(said and said.goes),
            )
        del weights[size]
    return None


def _apply_hunk(state: _State, size: Size, dice: Random, _titles: Sequence[str]) -> bool:
    for later in state.later:
        found = [hunk for hunk in hunks(state.lines, later) if _is_free(hunk, state, size)]
        if found:
            hunk = dice.choice(found)
            state.used |= {*state.lines[hunk.start : hunk.end]} ^ {*hunk.lines}
            state.replace(hunk.start, hunk.end, hunk.lines)
            return True
    return False


def _is_free(hunk: Hunk, state: _State, size: Size) -> bool:
    touched = {*state.lines[hunk.start : hunk.end], *hunk.lines}
    return hunk.size is size and not touched & state.used


def _rewrite(state: _State, _size: Size, _dice: Random, _titles: Sequence[str]) -> bool:
    new = rewritten(state.lines, state.later)
    if new is None:
        return False
    shares = [one.place / max(1, len(state.lines)) for one in state.noise]
    state.lines[:] = new
    for one, share in zip(state.noise, shares, strict=True):
        one.place = round(share * len(new))
    return True


def _retitle(state: _State, _size: Size, dice: Random, titles: Sequence[str]) -> bool:
    others = [title for title in titles if title not in (state.title, state.heading) and title]
    if not others or state.heading not in state.lines:
        return False
    new, at = dice.choice(others), state.lines.index(state.heading)
    state.replace(at, at + 1, [new])
    state.title = state.title.replace(state.heading, new) if state.heading else new
    state.heading = new
    state.used.add(new)
    return True


def _say(state: _State, _size: Size, dice: Random, _titles: Sequence[str]) -> bool:
    said = state.waiting
    if said is None or (said.goes and said.line not in state.lines):
        return False
    if said.goes:
        at = state.lines.index(said.line)
        state.replace(at, at + 1, [])
    else:
        at = dice.randint(1, 3)
        state.replace(at, at, [said.line])
    state.waiting = None
    return True


_MAKERS: dict[Size, Callable[[_State, Size, Random, Sequence[str]], bool]] = {
    Size.TYPO: _apply_hunk,
    Size.PARAGRAPH: _apply_hunk,
    Size.SECTION: _apply_hunk,
    Size.REWRITE: _rewrite,
    Size.TITLE: _retitle,
    Size.WORDS: _say,
}
