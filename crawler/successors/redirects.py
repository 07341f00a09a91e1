"""Pure: the new address that the live redirects of a resource suggest."""

import re
from dataclasses import replace

from crawler import urls
from crawler.judge import hops, paths
from crawler.judge.thresholds import KEPT_LIKENESS, LOST_LIKENESS
from crawler.model import (
    Band,
    CandidateSource,
    Check,
    Grounds,
    LastGood,
    Page,
    Proposal,
    Reason,
    Record,
    Verdict,
)
from crawler.successors.names import agreement, names_of_page, names_of_record

_SMALL_DIFFERENCES = frozenset({Reason.HTTPS_UPGRADE, Reason.TRIVIAL_REDIRECT})
_SESSION = re.compile(r"[;?&](?:jsessionid|phpsessid|sessionid|session_id|sid)=", re.IGNORECASE)
SAFE_TITLE = 0.6
"""Title agreement from which a redirect to another page may be followed without a look."""
SAFE_TEXT, SAFE_TEXT_ELSEWHERE = LOST_LIKENESS, KEPT_LIKENESS
"""The same for likeness with the text of the page before, on the same domain and on another one."""


def of_moved(record: Record, before: LastGood | None = None) -> Proposal | None:
    """The permanent redirect that the last check suggests, as a proposal; None without one.

    It is compared with the title in the list, and with the last good page `before` that check, unless
    the redirect led to that one already.

    None, too, when a deep link would end at a front page, for a redirect that sets a session, or
    chooses a language by the visitor, and for one that goes on with a temporary redirect to another page:
    where that leads may change every day.
    """
    check = record.check
    if check is None or check.judgement.verdict is not Verdict.MOVED:
        return None
    suggested = check.judgement.suggested_url
    if suggested is None or any(refuses(check, suggested) for refuses in _REFUSALS):
        return None
    known = before if before and before.url != check.facts.final_url else None
    names = names_of_record(replace(record, last_good=known))
    title, text = agreement(names, names_of_page(check.page)), _text_kept(check)
    return Proposal(
        key=record.resource.key,
        resource_url=record.resource.url,
        url=suggested,
        band=Band.LIKELY if _is_of_other_kind(known, check.page) else _band(check, title, text),
        score=1.0 if title is None else 0.5 + title / 2,
        grounds=Grounds(source=CandidateSource.LIVE_REDIRECT, title=title, text=text, slug=0.0),
        title=check.page.title.value if check.page and check.page.title else "",
        made_at=check.checked_at,
    )


def _text_kept(check: Check) -> float | None:
    """How much of the text is that of the page before; None when they were not compared."""
    past = check.context.past
    return past.likeness if past and past.elsewhere else None


def _is_of_other_kind(known: LastGood | None, page: Page | None) -> bool:
    """Whether a document became a file, or a page without any name, or the other way round."""
    if known is None or page is None:
        return False
    return known.page.kind is not page.kind or bool(names_of_page(known.page)) > bool(
        names_of_page(page)
    )


def _band(check: Check, title: float | None, text: float | None) -> Band:
    if check.judgement.reason in _SMALL_DIFFERENCES:
        return Band.SAFE
    is_same_site = urls.domain(check.facts.first_url) == urls.domain(check.facts.final_url)
    if text is not None and text < (SAFE_TEXT if is_same_site else SAFE_TEXT_ELSEWHERE):
        return Band.LIKELY
    if title is None:
        return Band.SAFE if is_same_site else Band.LIKELY
    return Band.SAFE if title >= SAFE_TITLE else Band.LIKELY


# --- refusals -----------------------------------------------------------------------------------


def _is_front_page(check: Check, suggested: str) -> bool:
    return paths.is_front_page(suggested) and not paths.is_front_page(check.facts.first_url)


def _has_session(check: Check, suggested: str) -> bool:
    return _SESSION.search(suggested) is not None and not _SESSION.search(check.facts.first_url)


def _chooses_language(check: Check, suggested: str) -> bool:
    """Whether the only difference of the paths is the name of a language."""
    before, after = (urls.path(url).split("/") for url in (check.facts.first_url, suggested))
    added = [name for name in after if name not in before]
    rest = [name for name in after if name in before]
    return rest == before and len(added) == 1 and paths.is_front_page(f"http://x/{added[0]}/")


def _goes_on_elsewhere(check: Check, suggested: str) -> bool:
    """Whether temporary redirects lead on from a URL that differs more than trivially."""
    if check.judgement.reason in _SMALL_DIFFERENCES:
        return False
    return not all(hop.permanent for hop in hops.hops_of(check.facts))


_REFUSALS = (_is_front_page, _has_session, _chooses_language, _goes_on_elsewhere)
