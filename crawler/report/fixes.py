"""Pure: the new address that may take the place of a listed one, and what stands against that."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler import urls
from crawler.model import Band, CandidateSource, Proposal, Record
from crawler.report.wording import fix_words
from crawler.report.wording.fix_words import Obstacle
from crawler.text import TITLE_LENGTH, clean

FRESH = timedelta(days=90)
"""How long a proposal may be taken without another look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """The best proposal for one resource."""

    proposal: Proposal
    others: tuple[Proposal, ...] = ()
    """Less good ones."""
    obstacle: Obstacle | None = None
    twin: str = ""
    """The row that has the proposed address already, for `DUPLICATE`."""
    repaired_on: str = ""
    """Date on which it was put in the list, for `REPAIRED`."""
    why_not: str = ""
    """What stands against it, in a clause, for `EDITED` and `REFUSED`."""

    @property
    def is_move(self) -> bool:
        """Whether the listed URL still works, and redirects there."""
        return self.proposal.grounds.source is CandidateSource.LIVE_REDIRECT

    @property
    def is_safe(self) -> bool:
        """Whether it may be put in the list without being looked at."""
        return self.obstacle is None and self.proposal.band is Band.SAFE

    @property
    def address(self) -> str:
        """The proposed web address, in normal form."""
        return address_of(self.proposal)

    @property
    def evidence(self) -> str:
        """Why it is believed, without a full stop."""
        return fix_words.evidence(self.proposal.grounds)

    @property
    def band_word(self) -> str:
        """How far it can be trusted, in a word or two."""
        return fix_words.BANDS[self.proposal.band]

    @property
    def why(self) -> str:
        """Why it is believed, as a sentence."""
        return fix_words.why(self.proposal.grounds)

    @property
    def title(self) -> str:
        """Of the proposed page, as it is shown."""
        return clean(self.proposal.title, TITLE_LENGTH)

    def short_step(self, word: str) -> str:
        """What a person can do, where the address and its evidence stand above."""
        if self.obstacle in fix_words.INSTEAD:
            return self.step(word)
        return fix_words.SHORT_STEPS[self.proposal.band].format(word=word)

    def step(self, word: str, address: str = "", twin: str = "") -> str:
        """What a person can do; `word` names the resource in commands.

        `address` and `twin` are those of the fix, as a form shows them.
        """
        shown = {
            "word": word,
            "address": address or self.address.replace("`", "%60"),
            "evidence": self.evidence,
            "row": twin or self.twin,
            "date": self.repaired_on,
            "why": self.why_not,
        }
        if self.obstacle in fix_words.INSTEAD:
            return fix_words.INSTEAD[self.obstacle].format(**shown)
        steps = fix_words.SHORT_STEPS if self.is_move else fix_words.STEPS
        return steps[self.proposal.band].format(**shown)


def fix_of(record: Record, now: datetime) -> Fix | None:
    """The fix for a resource by what is known of it; `now` is in the zone in which days are counted.

    A proposal that is no URL for the web, as in a database that somebody has edited, is none.
    """
    proposals = [one for one in record.proposals if not urls.problem(one.url)]
    if not proposals:
        return None
    best, *others = proposals
    fix = Fix(proposal=best, others=tuple(others))
    if record.repair:
        repaired_on = record.repair.made_at.astimezone(now.tzinfo).date().isoformat()
        return replace(fix, obstacle=Obstacle.REPAIRED, repaired_on=repaired_on)
    return with_age(fix, now)


def with_age(fix: Fix, now: datetime) -> Fix:
    """The fix; it is stale when it was not looked at for too long."""
    is_stale = fix.obstacle is None and now - fix.proposal.made_at > FRESH
    return replace(fix, obstacle=Obstacle.STALE) if is_stale else fix


def with_twin(fix: Fix, rows: Mapping[str, str]) -> Fix:
    """The fix, with the row that has its address already; `rows` are by URL in normal form."""
    twin = rows.get(fix.address) if fix.obstacle is None else None
    return fix if twin is None else replace(fix, obstacle=Obstacle.DUPLICATE, twin=twin)


def address_of(proposal: Proposal) -> str:
    """The proposed web address, in normal form."""
    return clean(urls.normal_form(proposal.url))
