"""Pure: the commands about one link that a person may copy."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from crawler.model import FindingClass
from crawler.report.findings import Finding, day
from crawler.report.wording import page_words
from crawler.resources import name_of

_ACCEPTED = frozenset({FindingClass.SUSPECT, FindingClass.MOVED})
_MUTED = frozenset({FindingClass.BROKEN, FindingClass.FAILING})
_MUTED_FOR = timedelta(days=30)


def of_link(finding: Finding, now: datetime) -> Iterator[str]:
    """The commands that a person may want next, none if it works; `now` is in the zone in which days are counted."""
    if finding.kind is FindingClass.HEALTHY:
        return
    word = name_of(finding.resource)
    if finding.is_fixable:
        yield page_words.FIX.format(words=word)
    yield page_words.CHECK.format(word=word)
    if finding.kind in _ACCEPTED:
        yield page_words.ACCEPT.format(word=word)
    if finding.kind in _MUTED and not finding.is_in_list:
        yield page_words.MUTE.format(word=word, date=day(now + _MUTED_FOR, now.tzinfo))


def to_fix(findings: Iterable[Finding]) -> str:
    """The command that puts their new addresses in the list; empty when there are none."""
    words = " ".join(name_of(one.resource) for one in findings if one.is_fixable)
    return page_words.FIX.format(words=words) if words else ""
