"""Pure: what reports say about each change, in order.

The sentences follow from the change alone, so that a night reads the same whenever it is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from crawler import compare
from crawler.model import (
    FLAPPING_NIGHTS,
    VERDICTS,
    Change,
    ChangeKind,
    FindingClass,
    Reason,
    Resource,
    Verdict,
    WarningCode,
)
from crawler.report import naming
from crawler.report.findings import Finding, day, web_address
from crawler.report.naming import USUAL, Conventions
from crawler.report.word_diff import Line, word_diff
from crawler.report.wording import event_words, plural, reason_words, text_words, warning_words
from crawler.report.wording.event_words import EventGroup
from crawler.report.wording.reason_words import TELL_OWNER, Wording
from crawler.resources import name_of
from crawler.text import clean

_REASONS = {f"{verdict} {reason}": reason for reason, verdict in VERDICTS.items()}
"""How changes hold what a check concluded."""
_GROUPS = {
    ChangeKind.BROKE: EventGroup.NEW,
    ChangeKind.SUSPECTED: EventGroup.NEW,
    ChangeKind.MOVED: EventGroup.NEW,
    ChangeKind.TLS_EXPIRING: EventGroup.NEW,
    ChangeKind.CLASS: EventGroup.WATCHED,
    ChangeKind.FLAPPING: EventGroup.NEW,
    ChangeKind.WORDS: EventGroup.LOOK,
    ChangeKind.REWRITTEN: EventGroup.LOOK,
    ChangeKind.RECOVERED: EventGroup.BACK,
    ChangeKind.TITLE: EventGroup.PAGES,
    ChangeKind.DESCRIPTION: EventGroup.PAGES,
    ChangeKind.METADATA: EventGroup.PAGES,
    ChangeKind.RELAUNCHED: EventGroup.PAGES,
    ChangeKind.EDITED: EventGroup.PAGES,
    ChangeKind.ADDED: EventGroup.LIST,
    ChangeKind.REMOVED: EventGroup.LIST,
    ChangeKind.URL_CHANGED: EventGroup.LIST,
}
"""In the order in which a group shows them."""
_QUOTING = frozenset({ChangeKind.EDITED, ChangeKind.REWRITTEN, ChangeKind.WORDS})
"""They have lines of the page's text before and after."""
_NEVER_CONFIRMED = frozenset({Verdict.DEAD, Verdict.FAILING, Verdict.BLOCKED, Verdict.SKIPPED})
"""When one of these ends without having been confirmed, that is no news."""
_QUOTED = 160
"""Characters of a line that are quoted where there is room for one line."""
_RANKS = {kind: rank for rank, kind in enumerate(_GROUPS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change, and what reports say about it."""

    change: Change
    group: EventGroup
    what: str
    step: str = ""
    since: str = ""
    """Date of the first failed check; empty when the trouble is over, or there was none."""
    before: str = ""
    after: str = ""
    """What a page said and says, as it is shown; empty for nothing."""
    finding: Finding | None = None
    """The resource today; None when it left the list, or that does not matter."""
    list_name: str = ""

    @property
    def resource(self) -> Resource:
        """As it was listed at the time."""
        return self.change.resource

    @property
    def name(self) -> str:
        """Its title in the list, or that of its page today; empty when there is neither."""
        return clean(self.resource.title) or (self.finding.name if self.finding else "")

    @property
    def row(self) -> str:
        """Where it stood in the list; empty when it was removed."""
        is_removed = self.change.kind is ChangeKind.REMOVED
        return "" if is_removed else naming.row(self.resource, self.list_name)

    @property
    def field(self) -> str:
        """What has changed on a page, in words."""
        return (self.change.field or self.what).replace("_", " ")

    @property
    def is_about_text(self) -> bool:
        """Whether it is told in a sentence that the text of a page has changed."""
        return self.change.kind in _QUOTING or self.change.kind is ChangeKind.RELAUNCHED

    @property
    def lines(self) -> tuple[Line, ...]:
        """Some lines of the page's text, word by word, if that has changed."""
        if self.change.kind not in _QUOTING:
            return ()
        before, after = ((text or "").split("\n") for text in (self.before, self.after))
        pairs = zip_longest(before, after, fillvalue="")
        return tuple(word_diff(clean(old), clean(new)) for old, new in pairs)

    @property
    def quote(self) -> tuple[str, str]:
        """One line of the page's text, if that has changed: `Now:` or `Was:`, and the line."""
        if self.change.kind in _QUOTING:
            for word, text in ((text_words.NOW, self.after), (text_words.WAS, self.before)):
                for line in text.split("\n"):
                    if shown := clean(line, _QUOTED):
                        return word, shown
        return "", ""

    @property
    def new_url(self) -> str | None:
        """Where the page has moved to, in normal form."""
        return web_address(self.change.after) if self.change.kind is ChangeKind.MOVED else None

    @property
    def fixed(self) -> str:
        """The outage that an edit of the list has ended; empty when there was none."""
        return event_words.FIXED_IN_LIST.format(since=self.since) if self.since else ""

    @property
    def is_over(self) -> bool:
        """Whether something ended that was only watched."""
        return self.group is EventGroup.WATCHED and _is_alive(self.change)

    @property
    def is_minor(self) -> bool:
        """Whether it is a new version number only, for which one common line is enough."""
        return self.change.field == compare.VERSION


_OF_STANDING = frozenset(
    {
        ChangeKind.BROKE,
        ChangeKind.SUSPECTED,
        ChangeKind.MOVED,
        ChangeKind.CLASS,
        ChangeKind.FLAPPING,
        ChangeKind.RECOVERED,
    }
)
"""Changes that say how a resource stands: the next one makes such a change old news."""


def settled(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes of a run and its rechecks, of each resource only the last about how it stands."""
    last = {
        change.resource.key: index
        for index, change in enumerate(changes)
        if change.kind in _OF_STANDING
    }
    return tuple(
        change
        for index, change in enumerate(changes)
        if change.kind not in _OF_STANDING or last[change.resource.key] == index
    )


def list_events(
    changes: Iterable[Change],
    findings: Iterable[Finding],
    now: datetime,
    conventions: Conventions = USUAL,
) -> tuple[Event, ...]:
    """An event for every change of one run: by group, then by kind, then by line.

    `now` is the run's start, in the zone in which days are counted.
    """
    by_key = {finding.resource.key: finding for finding in findings}
    reported = (_with_reported_warnings(change, conventions.reported) for change in changes)
    events = (_event(c, by_key.get(c.resource.key), now) for c in reported if c)
    named = (replace(event, list_name=conventions.list_name) for event in events)
    return tuple(sorted(named, key=_rank))


def _with_reported_warnings(change: Change, reported: Sequence[WarningCode]) -> Change | None:
    """The change; None when it is about other warnings only."""
    if change.field != "warnings":
        return change
    before, after = (
        ", ".join(code for code in (text or "").split(", ") if code in reported) or None
        for text in (change.before, change.after)
    )
    return None if before == after else replace(change, before=before, after=after)


def _rank(event: Event) -> tuple[int, bool, str, int, str, str]:
    change = event.change
    resource, is_in_list = change.resource, change.reason is Reason.INVALID_URL
    return (
        _RANKS[change.kind],
        not is_in_list,
        resource.file,
        resource.line,
        resource.key,
        change.field or "",
    )


def _event(change: Change, finding: Finding | None, now: datetime) -> Event:
    wording = _describe(change, now)
    is_trouble = bool(wording.step) or change.kind is ChangeKind.URL_CHANGED
    before, after = (_shown(change, text or "") for text in (change.before, change.after))
    is_address = change.kind in {ChangeKind.MOVED, ChangeKind.URL_CHANGED}
    addresses = (change.resource.url, *((change.before, change.after) if is_address else ()))
    return Event(
        change=change,
        group=group_of(change),
        what=" ".join((wording.what, *naming.mixed_hosts(addresses))),
        step=wording.step,
        since=day(change.since, now.tzinfo) if is_trouble else "",
        before=before,
        after=after,
        finding=finding,
    )


def group_of(change: Change) -> EventGroup:
    """The group of events that a change belongs to."""
    is_over = change.after is None
    if change.kind is ChangeKind.CLASS and change.field == FindingClass.BROKEN:
        return EventGroup.NEW
    if change.kind is ChangeKind.CLASS and _is_alive(change):
        return _group_of_recovery(change)
    is_renewed = change.kind is ChangeKind.TLS_EXPIRING and is_over and bool(change.before)
    is_settled = change.kind is ChangeKind.FLAPPING and is_over
    return EventGroup.BACK if is_renewed or is_settled else _GROUPS[change.kind]


def _group_of_recovery(change: Change) -> EventGroup:
    """That of a link that works again, and was not broken."""
    before = _reason(change.before)
    if before is None:
        return EventGroup.LIST if change.before is None else EventGroup.BACK
    return EventGroup.WATCHED if VERDICTS[before] in _NEVER_CONFIRMED else EventGroup.BACK


def _is_alive(change: Change) -> bool:
    after = _reason(change.after)
    return after is not None and VERDICTS[after].is_alive


def _reason(conclusion: str | None) -> Reason | None:
    return _REASONS.get(conclusion or "")


def _shown(change: Change, text: str) -> str:
    if change.field != "warnings" or not text:
        return text
    phrases = {code.value: phrase for code, phrase in warning_words.WARNINGS.items()}
    return "; ".join(phrases.get(code, code) for code in text.split(", "))


# --- the sentences for each kind of change ------------------------------------------------------


def _describe(change: Change, now: datetime) -> Wording:
    wording = Wording(event_words.EVENTS[change.kind])
    match change.kind:
        case ChangeKind.BROKE | ChangeKind.SUSPECTED:
            wording = _trouble(change)
        case ChangeKind.CLASS:
            wording = _new_class(change)
        case ChangeKind.MOVED:
            moved = change.reason or Reason.PERMANENT_REDIRECT
            wording = replace(wording, step=reason_words.REASONS[moved].step)
        case ChangeKind.TLS_EXPIRING:
            wording = _expiring(change)
        case ChangeKind.FLAPPING:
            wording = _flapping(change)
        case ChangeKind.RECOVERED:
            wording = _recovered(change, now)
        case ChangeKind.EDITED | ChangeKind.REWRITTEN | ChangeKind.WORDS | ChangeKind.RELAUNCHED:
            wording = _new_text(change)
    return wording


def _trouble(change: Change) -> Wording:
    reason = _reason(change.after)
    if reason is None:
        return Wording(event_words.EVENTS[change.kind])
    is_confirmed = change.kind is ChangeKind.BROKE or change.field == FindingClass.BROKEN
    wording = reason_words.describe(
        reason,
        word=name_of(change.resource),
        status=change.seen,
        is_confirmed=is_confirmed,
    )
    if is_confirmed or VERDICTS[reason] not in reason_words.MAY_PASS:
        return wording
    return replace(wording, what=f"{wording.what} {event_words.NOT_CONFIRMED}")


def _new_class(change: Change) -> Wording:
    before = _reason(change.before)
    if not _is_alive(change):
        return _trouble(change)
    if change.before is None:
        return Wording(event_words.FIRST_CHECKED)
    works_again = event_words.EVENTS[ChangeKind.RECOVERED]
    return Wording(
        event_words.BACK_FROM.get(VERDICTS[before], works_again) if before else works_again
    )


def _expiring(change: Change) -> Wording:
    if change.after is None and change.before is not None:
        return Wording(event_words.RENEWED)
    date = "" if change.after in {None, "unknown"} else str(change.after)
    return reason_words.expires(date)


def _flapping(change: Change) -> Wording:
    if change.after is None:
        return Wording(event_words.SETTLED.format(nights=FLAPPING_NIGHTS))
    what = event_words.FLAPPING.format(outages=change.after, nights=FLAPPING_NIGHTS)
    return Wording(what, TELL_OWNER)


def _new_text(change: Change) -> Wording:
    lines = text_words.lines(change.extent)
    match change.kind:
        case ChangeKind.EDITED:
            return Wording(text_words.EDITED.format(lines=lines))
        case ChangeKind.REWRITTEN if change.field == compare.REPLACED:
            return Wording(text_words.REPLACED, text_words.LOOK)
        case ChangeKind.REWRITTEN:
            return Wording(text_words.REWRITTEN.format(lines=lines), text_words.LOOK)
        case ChangeKind.RELAUNCHED:
            pages = plural(change.extent or 0, "listed page", "listed pages")
            site = clean(change.after or "")
            return Wording(text_words.RELAUNCHED.format(pages=pages, site=site))
    sentence = text_words.APPEARED if change.after else text_words.WENT
    what = text_words.WORDS.get(change.field or "", text_words.OTHER_WORD)
    place = text_words.PLACES.get(change.seen or "", text_words.OTHER_PLACE)
    return Wording(sentence.format(what=what, place=place), text_words.LOOK)


def _recovered(change: Change, now: datetime) -> Wording:
    sentences, before = [event_words.EVENTS[change.kind]], _reason(change.before)
    if change.since:
        since, until = day(change.since, now.tzinfo), day(now, now.tzinfo)
        sentences.append(event_words.OUTAGE.format(since=since, until=until))
    if before:
        sentences.append(f"Before: {reason_words.describe(before).what}")
    return Wording(" ".join(sentences))
