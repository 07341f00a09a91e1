"""The bench of content changes itself, on made-up documents, without downloads."""

from collections.abc import Sequence

import pytest

from crawler.model import PageText
from tests.content_changes.edits import Size, hunks
from tests.content_changes.kinds import KINDS, kinds_of
from tests.content_changes.pages import LAST_EDIT, NIGHTS, Night, nights
from tests.content_changes.sources import Half, sources
from tests.content_changes.strategies import STRATEGIES
from tests.content_changes.tally import Tally
from tests.content_changes.vocabulary import dice_of, sentence, title


def _history(key: str) -> tuple[PageText, ...]:
    """Three releases of a document: in each, every sixth line is edited, and a passage is added."""
    dice = dice_of(key)
    name = title(dice)
    lines = [name, *(f"{n} {sentence(dice)} {sentence(dice)}" for n in range(30))]
    releases = [lines]
    for release in range(2):
        later = list(releases[-1])
        later[2 + release :: 6] = [f"{line} Now {release}." for line in later[2 + release :: 6]]
        later[12:12] = [f"More of it: {sentence(dice)}" for _ in range(3)]
        releases.append(later)
    return tuple(
        PageText(title=f"{name} - docs", heading=name, text="\n".join(release))
        for release in releases
    )


HISTORIES = {f"made-up/{n}": _history(f"made-up/{n}") for n in range(8)}


def _nights(key: str) -> list[Night]:
    titles = [history[0].heading for history in HISTORIES.values()]
    return list(nights(key, HISTORIES[key], kinds_of(Half.TUNE), titles))


def _played(strategy: str) -> Tally:
    tally = Tally()
    for key in HISTORIES:
        tally.play(key, _nights(key), STRATEGIES[strategy]())
    return tally


def test_each_package_and_each_kind_is_in_one_half() -> None:
    packages = [{source.package for source in sources(half)} for half in Half]
    kinds = [{kind.name for kind in kinds_of(half)} for half in Half]
    assert not packages[0] & packages[1]
    assert not kinds[0] & kinds[1]
    assert kinds[0] | kinds[1] == {kind.name for kind in KINDS}
    assert min(map(len, (*packages, *kinds))) >= 12
    assert all(sum(kind.is_slow for kind in kinds_of(half)) >= 5 for half in Half)


def test_the_nights_of_a_page_are_always_the_same() -> None:
    first, second = _nights("made-up/0"), _nights("made-up/0")
    assert [night.page for night in first] == [night.page for night in second]
    assert len(first) == NIGHTS + 1
    assert all(edit.night <= LAST_EDIT for night in first for edit in night.edits)


@pytest.mark.parametrize(
    ("now", "later", "sizes"),
    [
        (["T", "a b c d", "e"], ["T", "a b c x", "e"], [Size.TYPO]),
        (["T", "a", "e"], ["T", "a", "one two three four five", "e"], [Size.PARAGRAPH]),
        (["T", "Updated 2026-01-01"], ["T", "Updated 2026-01-02"], []),
        (["T", "a"], ["U", "a"], []),
    ],
)
def test_what_a_release_changed_is_sorted_by_size(
    now: Sequence[str], later: Sequence[str], sizes: Sequence[Size]
) -> None:
    assert [hunk.size for hunk in hunks(now, later)] == sizes


@pytest.mark.slow
def test_the_crawler_tells_fewer_false_changes_than_a_hash_and_nearly_all_edits() -> None:
    crawler, plain = _played("crawler"), _played("text hash")
    assert plain.false > plain.page_nights / 2
    assert crawler.false < crawler.page_nights / 20
    assert crawler.seen.total() >= 0.9 * crawler.edits.total()
    assert plain.seen == plain.edits == crawler.edits
