"""IO: tells a service that watches over the nights that a run has begun, and how it ended.

Source: https://healthchecks.io/docs/http_api/
"""

import asyncio
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from crawler.config import Settings
from crawler.crawl.host_turns import HostTurns
from crawler.errors import describe
from crawler.fetch import Fetcher, Resolver, Transport
from crawler.model import Failure, Reason
from crawler.report.wording.reason_words import REASONS

SECONDS = 10.0
"""How long a run waits for the service at most."""
SECONDS_AFTER_SIGNAL = 1.0
_GOOD = frozenset({0, 1})
"""Exit statuses of runs that came to their end."""
_FIRST_OF_SIGNALS = 128


def ping(
    settings: Settings,
    *,
    version: str,
    status: int | None = None,
    resolver: Resolver | None = None,
) -> str:
    """Tells the service. Returns why that failed, in a sentence without its address; empty if it did not.

    `status` is the run's exit status, None at its start. It waits at most `SECONDS`, tries once, and
    raises nothing. The address guard holds as for the links of the list.
    """
    is_late = status is not None and status > _FIRST_OF_SIGNALS
    seconds = SECONDS_AFTER_SIGNAL if is_late else SECONDS
    url = _address(settings.schedule.ping_url, status)
    try:
        return asyncio.run(_ask(url, _hasty(settings, seconds), version, resolver))
    except TimeoutError:
        return f"No answer within {seconds:g} seconds."
    except Exception as error:  # noqa: BLE001  (a message about a run must not cost the run)
        return describe(error)


def _address(url: str, status: int | None) -> str:
    parts = urlsplit(url)
    path, query = parts.path.rstrip("/"), parts.query
    if status is None:
        path += "/start"
    elif status not in _GOOD:
        path, query = f"{path}/fail", "&".join(filter(None, (query, f"exit_status={status}")))
    else:
        path = parts.path
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _hasty(settings: Settings, seconds: float) -> Settings:
    # `fetch.exclude` is meant for the links of the list, not for the service.
    fetch = replace(settings.fetch, total_timeout=seconds, attempts=1, exclude=())
    return replace(settings, fetch=fetch)


async def _ask(url: str, settings: Settings, version: str, resolver: Resolver | None) -> str:
    turns = HostTurns(settings, backlog=lambda: 1)
    fetcher = Fetcher(
        settings, version=version, transport=Transport(settings, resolver), turns=turns
    )
    async with asyncio.timeout(settings.fetch.total_timeout), fetcher:
        facts = (await fetcher.glance(url)).facts
    if isinstance(facts.outcome, Failure):
        return REASONS[Reason(facts.outcome.kind)].what
    if facts.status_code is None:
        raise TimeoutError  # this machine was too busy to hear the answer
    is_taken = facts.status_code in range(200, 300)
    return "" if is_taken else f"It answers with status {facts.status_code}."
