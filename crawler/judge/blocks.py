"""Pure: what a server answers instead of the page, because we are an anonymous robot."""

from dataclasses import dataclass

from crawler.judge import paths, redirects
from crawler.judge.policy import Policy
from crawler.model import Evidence, Exchange, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A header field by which a bot filter tells that it stands in the page's place."""

    field: str
    values: frozenset[str] | None = None
    """None: any value."""
    status_codes: frozenset[int] | None = None
    """None: any status."""


MARKS: tuple[Mark, ...] = (
    Mark(field="cf-mitigated", values=frozenset({"challenge"})),
    Mark(field="x-amzn-waf-action", values=frozenset({"captcha", "challenge"})),
    Mark(field="x-vercel-mitigated", values=frozenset({"challenge", "deny"})),
    # DataDome sends its fields with every page it protects, so that only a refusal makes them a mark.
    Mark(field="x-datadome", status_codes=frozenset({401, 403, 405, 429})),
)


def challenge(evidence: Evidence, policy: Policy) -> Reason | None:
    """That a bot filter asks for proof of a human, whatever its status unless that is accepted."""
    last = evidence.facts.exchanges[-1]
    if last.status_code in policy.accept or not any(_bears(last, mark) for mark in MARKS):
        return None
    return Reason.BOT_CHALLENGE


def sign_in(evidence: Evidence, _policy: Policy) -> Reason | None:
    """That a resource which is no sign-in page itself redirects to one."""
    hops = redirects.hops(evidence.facts)
    if not hops or paths.leads_to_sign_in(hops[0].source):
        return None
    landing = evidence.facts.exchanges[-1].target_uri
    return Reason.LOGIN_REQUIRED if paths.leads_to_sign_in(landing) else None


def _bears(exchange: Exchange, mark: Mark) -> bool:
    if mark.status_codes is not None and exchange.status_code not in mark.status_codes:
        return False
    values = [value.strip().lower() for name, value in exchange.fields if name == mark.field]
    return any(mark.values is None or value in mark.values for value in values)


RULES = (challenge, sign_in)
"""All of them."""
