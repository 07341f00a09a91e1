"""Pure: what is kept of a page, so that it can be judged again, and compared with a later one."""

from dataclasses import dataclass, replace

from crawler import fingerprint
from crawler.judge.signals import Case, domain, masked
from crawler.model import SEEN_CHARACTERS, Check, Page, Past, Verdict

LIVING = frozenset({Verdict.OK, Verdict.MOVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LastGood:
    """The page that a resource had when it was last well."""

    page: Page
    domain: str = ""
    """Registrable domain it was found on; empty when that is not known."""

    @property
    def name(self) -> str:
        """What it called itself, without what changes by itself."""
        return masked(self.page.title.value) if self.page.title else ""


def last_good_of(previous: Check | None) -> LastGood | None:
    """The last good page, which an earlier check holds whatever its own verdict."""
    if previous is None or previous.page is None:
        return None
    # Only a good check was where that page was.
    place = previous.final_url if previous.judgement.verdict in LIVING else None
    return LastGood(page=previous.page, domain=domain(place) if place else "")


def past_of(before: LastGood | None, case: Case) -> Past | None:
    """The last good page, when title or registrable domain are not what they were."""
    page, signals = case.evidence.page, case.signals
    if before is None or page is None or not case.facts.exchanges:
        return None
    here = domain(signals.landing)
    known = before.domain or here
    if before.name == signals.name and known == here:
        return None
    return Past(
        title=before.page.title.value if before.page.title else "",
        domain=known,
        likeness=fingerprint.likeness(before.page.text, page.text),
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
