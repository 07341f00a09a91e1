"""Pure: the settings that a judgement depends on."""

from dataclasses import dataclass

from crawler import urls
from crawler.config import Settings
from crawler.model import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The settings that a judgement depends on, for the host of the resource."""

    tls_expiry_days: int = 14
    slow_seconds: float = 5
    accept: tuple[int, ...] = ()
    """Status codes that count as `ok`, whatever else comes with them."""


def policy_for(settings: Settings, facts: Facts) -> Policy:
    """The policy that the settings give to the host of the last response."""
    host = urls.host_key(facts.final_url) if facts.final_url else ""
    return Policy(
        tls_expiry_days=settings.report.tls_expiry_days,
        slow_seconds=settings.report.slow_seconds,
        accept=settings.host(host).accept,
    )
