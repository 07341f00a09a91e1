"""Pure: events about the text of a page, and what becomes of the texts that are kept of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from crawler import fingerprint, urls
from crawler.compare.content import SiteComparison, compare_content
from crawler.model import (
    NO_NOISE,
    SEEN_CHARACTERS,
    Accepted,
    Change,
    ChangeKind,
    ContentChange,
    ContentComparison,
    KeptText,
    LinePair,
    Noise,
    PageText,
    Record,
    Resource,
    SiteChange,
    State,
    TextUse,
)

EXCERPT_BYTES = 2_000
"""Most bytes of the lines that an event quotes."""
REPLACED = "replaced"
"""The field of a `rewritten` event of a page of which nothing is left."""

_ACCEPTED_LIKENESS = 0.5
"""Of a page and the one that a person has accepted, from which on it is the same."""
_KINDS = {
    ContentChange.EDITED: ChangeKind.EDITED,
    ContentChange.REWRITTEN: ChangeKind.REWRITTEN,
    ContentChange.REPLACED: ChangeKind.REWRITTEN,
}
_TOLD_ONCE = frozenset(_KINDS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWatch:
    """What a check says about the text of a page."""

    record: Record
    """With the noise that is known now."""
    changes: tuple[Change, ...] = ()
    uses: tuple[TextUse, ...] = ()
    content: ContentComparison | None = None
    """None when nothing was compared."""


def watch_text(
    start: Record, record: Record, read: Callable[[], KeptText | None], now: datetime
) -> TextWatch:
    """How the text that the latest check has read differs from the last good one.

    `start` is the record before the check. `read` gives the text of tonight; None if it is the last
    good one. Whatever answers 304, or was read with credentials, has no text.
    """
    check = record.check
    if check is None or check is start.check:
        return TextWatch(record=record)
    if record.standing.state is State.BROKEN:
        has_broken = start.standing.state is not State.BROKEN and start.last_good is not None
        return TextWatch(record=record, uses=(TextUse.BROKE,) if has_broken else ())
    if check.page is None or check.facts.is_not_modified:
        return TextWatch(record=record)
    return _watch_page(start, record, read(), now)


def _watch_page(start: Record, record: Record, text: KeptText | None, now: datetime) -> TextWatch:
    good, is_same, night = start.last_good, text is None, now.date()
    if good is None or record.noise == NO_NOISE:
        first = replace(record, noise=Noise(since=night), ignored=())
        return TextWatch(record=first, uses=() if is_same and good else (TextUse.FIRST,))
    if is_same and not record.noise.awaited:
        return TextWatch(record=replace(record, ignored=()), content=ContentComparison())
    before = good.kept()
    present = before if text is None else text
    if not (before.main_text and present.main_text):
        is_first_text = bool(present.main_text)
        return TextWatch(record=record, uses=(TextUse.FIRST,) if is_first_text else ())
    content = _compared(before, present, record.noise, night)
    known = replace(record, noise=content.noise, ignored=content.ignored)
    if not content.is_news:
        uses = (TextUse.CHANGED,) if content.is_back else ()
        return TextWatch(record=known, uses=uses, content=content)
    is_accepted = record.accepted and _is_accepted(record.accepted, before, present, content)
    changes = () if is_accepted else tuple(_changes(record.resource, content))
    return TextWatch(record=known, changes=changes, uses=(TextUse.CHANGED,), content=content)


def _compared(before: KeptText, present: KeptText, noise: Noise, night: date) -> ContentComparison:
    """What has changed; another run of the same night neither confirms what waits nor learns."""
    old, new = _page_text(before), _page_text(present)
    content = compare_content(old, new, noise, night)
    earlier = tuple(one for one in noise.awaited if one.night != night)
    if earlier == noise.awaited:
        return content
    if (
        content.is_news
        and compare_content(old, new, replace(noise, awaited=earlier), night).is_news
    ):
        return content
    return ContentComparison(ignored=content.ignored, noise=noise)


def _page_text(kept: KeptText) -> PageText:
    return PageText(title=kept.title, heading=kept.heading, text=kept.main_text or "")


def _is_accepted(
    accepted: Accepted, before: KeptText, present: KeptText, content: ContentComparison
) -> bool:
    """Whether a person has accepted the page as it is now, and not as it was before."""
    if content.change is ContentChange.EDITED:
        return False
    was, is_now = (
        fingerprint.likeness(accepted.text, kept.text[:SEEN_CHARACTERS]) >= _ACCEPTED_LIKENESS
        for kept in (before, present)
    )
    return is_now and not was


def _changes(resource: Resource, content: ContentComparison) -> Iterator[Change]:
    before, after = quoted(content.pairs)
    yield Change(
        kind=_KINDS[content.change],
        resource=resource,
        before=before,
        after=after,
        field=REPLACED if content.change is ContentChange.REPLACED else None,
        extent=content.lines,
    )
    # A sentence may have several words that matter; the first of them says most.
    first = {word.sentence: word for word in reversed(content.words)}
    for word in (one for one in content.words if first[one.sentence] is one):
        yield Change(
            kind=ChangeKind.WORDS,
            resource=resource,
            before=None if word.appeared else word.sentence,
            after=word.sentence if word.appeared else None,
            field=word.word,
            seen=word.place,
        )


def quoted(pairs: Iterable[LinePair]) -> tuple[str, str]:
    """The earlier and the later lines, one below the other; a line that came has an empty one beside it.

    Lines of scripts with many bytes a character are cut, so that all fit in `EXCERPT_BYTES`.
    """
    pairs = tuple(pairs)
    sides = [[pair.before for pair in pairs], [pair.after for pair in pairs]]
    there = [line for side in sides for line in side if line]
    if sum(len(line.encode()) + 1 for line in there) + 2 * len(pairs) > EXCERPT_BYTES:
        share = (EXCERPT_BYTES - 2 * len(pairs)) // len(there)
        sides = [[_cut(line, share) for line in side] for side in sides]
    before, after = ("\n".join(side) for side in sides)
    return before, after


def _cut(line: str, most: int) -> str:
    """The beginning of a line, in so many bytes."""
    if len(line.encode()) <= most:
        return line
    end = "…"
    return line.encode()[: most - len(end.encode())].decode(errors="ignore") + end


# --- what happened to a whole site ---------------------------------------------------------------


def site_comparison(record: Record, content: ContentComparison) -> SiteComparison:
    """The comparison with its site, without what the pages of a site are not compared by."""
    slim = replace(content, pairs=(), words=(), ignored=(), noise=Noise())
    url = record.last_good.url if record.last_good else record.resource.url
    return urls.domain(url), record.resource.key, slim


def told_once(changes: Iterable[Change], sites: Iterable[SiteChange]) -> Iterator[Change]:
    """The changes, those of pages of one site that changed alike as one change of the first of them."""
    site_of = {key: site for site in sites for key in site.keys}
    told: set[tuple[str | None, ...]] = set()
    for change in changes:
        site = site_of.get(change.resource.key)
        if site is None or change.kind not in {*_TOLD_ONCE, ChangeKind.WORDS}:
            yield change
            continue
        once = _relaunched(change, site) if change.kind in _TOLD_ONCE else change
        mark = (site.site, once.kind, once.field, once.before, once.after)
        if mark not in told:
            told.add(mark)
            yield once


def _relaunched(change: Change, site: SiteChange) -> Change:
    return Change(
        kind=ChangeKind.RELAUNCHED,
        resource=change.resource,
        after=site.site,
        extent=len(site.keys),
    )
