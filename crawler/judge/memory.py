"""Pure: what is kept of a page, so that it can be judged again, and compared with a later one."""

from dataclasses import replace

from crawler import fingerprint, urls
from crawler.model import SEEN_CHARACTERS, Check, Facts, Page, Past, Verdict

LIVING = frozenset({Verdict.OK, Verdict.MOVED})


def past_of(previous: Check, page: Page, facts: Facts) -> Past | None:
    """The page of an earlier check, when title or registrable domain are not what they were.

    `previous` holds the last good page, whatever its own verdict; `page` and `facts` are what there
    is now.
    """
    before = previous.page
    if before is None or not facts.exchanges:
        return None
    domain = _domain(facts.exchanges[-1].target_uri)
    known = _domain_of(previous) or domain
    if name(before) == name(page) and known == domain:
        return None
    return Past(
        title=before.title.value if before.title else "",
        domain=known,
        likeness=fingerprint.likeness(before.text, page.text),
    )


def seen_of(page: Page | None, verdict: Verdict) -> Page | None:
    """What the facts keep of a page that was not taken for the resource; None for a living one."""
    if page is None or verdict in LIVING:
        return None
    if verdict is Verdict.BLOCKED:
        return Page(
            kind=page.kind, word_count=page.word_count, scripts=page.scripts, marks=page.marks
        )
    return replace(page, text=page.text[:SEEN_CHARACTERS])


def name(page: Page) -> str:
    """What the page calls itself, without what changes by itself."""
    return masked(page.title.value) if page.title else ""


def masked(title: str) -> str:
    """The title likewise."""
    return fingerprint.masked(title).casefold()


def _domain_of(check: Check) -> str:
    """Where a good check found its page; empty after any other."""
    living = check.judgement.verdict in LIVING
    return _domain(check.final_url) if living and check.final_url else ""


def _domain(uri: str) -> str:
    return urls.registrable_domain(urls.host(uri))
