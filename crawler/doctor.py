"""IO: whether everything that a run needs is in order, and what to do where it is not."""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from crawler import urls
from crawler.config import DEFAULT_CONTACT, LOCAL_CLUSTER, Settings, reach
from crawler.crawl import cluster
from crawler.crawl.host_turns import HostTurns
from crawler.errors import ClusterError, ConfigError, CrawlerError
from crawler.fetch import AttemptBudget, Fetcher, Refusal, Resolver, Transport, tls
from crawler.model import Answer, Failure, Fetch, NotAsked, Reason, ResourceList, Target
from crawler.report import freshness
from crawler.report.wording import plural
from crawler.report.wording.list_words import columns_read, links_read
from crawler.report.wording.reason_words import REASONS
from crawler.resources import accident
from crawler.run.files import prepare_reports, read_list
from crawler.run.reports import accident_of, identified, period_of, zone_of
from crawler.store import RunTotals, Store

MAX_NOTICES = 5
"""Oddities of the list that are named one by one."""
REQUESTS_PER_SLOT = 16
"""Requests at once with which a process of a cluster is worth its start."""
MAX_CLOCK_ERROR = timedelta(minutes=5)
_NETWORK_ADVICE = "Check this machine's network, name servers and firewall."


class Topic(StrEnum):
    """What is examined, in this order."""

    LIST = "list"
    SETTINGS = "settings"
    DATABASE = "database"
    REPORTS = "reports"
    NETWORK = "network"
    CLUSTER = "cluster"
    CLOCK = "clock"
    CERTIFICATES = "certificates"


class Level(StrEnum):
    """How serious a diagnosis is."""

    OK = "ok"
    SKIP = "skip"
    """Not examined."""
    WARN = "warn"
    FAIL = "fail"
    """A run cannot work like this."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What one examination found."""

    topic: Topic
    level: Level
    text: str
    """A sentence or two, with what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _CanaryAnswer:
    url: str
    fetch: Fetch
    ended_at: datetime
    """By our clock."""


def examine(
    settings: Settings,
    *,
    clock: Callable[[], datetime],
    version: str,
    offline: bool = False,
    resolver: Resolver | None = None,
    message_faults: Sequence[str] = (),
) -> Iterator[Diagnosis]:
    """The diagnoses, by topic, each as soon as it is known.

    `message_faults` are sentences on what keeps messages from being sent. `version` is that of the crawler; without a `resolver`, the operating system resolves names.
    """
    yield from _list(settings)
    yield from _settings(settings, version)
    for fault in message_faults:
        yield Diagnosis(Topic.SETTINGS, Level.FAIL, fault)
    known = _known(settings)
    yield from _database(Path(settings.database), known)
    yield from _last_good_run(settings, known, clock())
    yield _reports(settings)
    if offline or not settings.guard.canaries:
        why = (
            "offline"
            if offline
            else "no addresses in guard.canaries: a run in which most hosts fail, or most links end at"
            " one host, is never trusted"
        )
        yield Diagnosis(Topic.NETWORK, Level.SKIP, f"Nothing was asked ({why}).")
        answers: tuple[_CanaryAnswer, ...] = ()
    else:
        try:
            answers = asyncio.run(_ask_canaries(settings, clock, version, resolver))
        except ConfigError as error:
            yield Diagnosis(Topic.NETWORK, Level.FAIL, f"Nothing could be asked: {error}")
            answers = ()
    yield from _network(answers)
    if settings.crawl.cluster:
        yield from _cluster(settings, offline=offline)
    yield from _clock(answers, clock(), known)
    yield _certificates(settings)


def _list(settings: Settings) -> Iterator[Diagnosis]:
    try:
        listed = read_list(settings)
    except CrawlerError as error:
        yield Diagnosis(Topic.LIST, Level.FAIL, str(error))
        return
    count = plural(len(listed.resources), "resource", "resources")
    yield Diagnosis(Topic.LIST, Level.OK, f"{settings.list_name}: {count}.")
    if listed.columns.read:
        yield Diagnosis(Topic.LIST, Level.OK, columns_read(listed.columns))
    if listed.left_out or len(listed.files) > 1 or not listed.columns.read:
        yield Diagnosis(Topic.LIST, Level.OK, links_read(listed))
    if why := _accident(settings, listed):
        yield Diagnosis(Topic.LIST, Level.FAIL, why)
    for notice in listed.notices[:MAX_NOTICES]:
        yield Diagnosis(Topic.LIST, Level.WARN, notice.text)
    more = len(listed.notices) - MAX_NOTICES
    if more > 0:
        text = f"{more} more lines like these; the report names them all."
        yield Diagnosis(Topic.LIST, Level.WARN, text)


def _accident(settings: Settings, listed: ResourceList) -> str:
    """Why a run would refuse the list as an accident; empty if it would not."""
    try:
        with Store.open(settings.database, exclusive=False) as store:
            return accident_of(identified(listed, store), store)
    except CrawlerError:
        # There is no database yet, or `_database` says what is wrong with it.
        return accident((), listed.resources)


def _settings(settings: Settings, version: str) -> Iterator[Diagnosis]:
    agent = settings.user_agent.replace("VERSION", version)
    yield Diagnosis(Topic.SETTINGS, Level.OK, f"Our user agent is {agent}.")
    if DEFAULT_CONTACT in agent:
        text = (
            f"The contact is the placeholder {DEFAULT_CONTACT}; replace it in user_agent by a page or"
            " address of your own, so that the owner of a site can reach you."
        )
        yield Diagnosis(Topic.SETTINGS, Level.WARN, text)
    for one in reach(settings):
        yield Diagnosis(Topic.SETTINGS, Level.WARN, one.text)


# --- files --------------------------------------------------------------------------------------


def _known(settings: Settings) -> RunTotals | CrawlerError | None:
    """The runs in the database, or why it cannot be read; None when there is no database yet."""
    path = Path(settings.database)
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        return None
    try:
        with Store.open(settings.database, exclusive=False) as store:
            return store.runs.totals()
    except CrawlerError as error:
        return error


def _database(path: Path, known: RunTotals | CrawlerError | None) -> Iterator[Diagnosis]:
    if known is None:
        yield _new_database(path)
    elif isinstance(known, CrawlerError):
        yield Diagnosis(Topic.DATABASE, Level.FAIL, str(known))
    else:
        size = f"{path.stat().st_size / 1e6:.1f} MB"
        text = f"{path}: can be read, schema {known.schema}, {known.runs} runs, {size}."
        yield Diagnosis(Topic.DATABASE, Level.OK, text)
        yield from _database_trouble(path, known)


def _database_trouble(path: Path, known: RunTotals) -> Iterator[Diagnosis]:
    if not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        text = f"{path} cannot be written; check the permissions of the file and its folder."
        yield Diagnosis(Topic.DATABASE, Level.FAIL, text)
    if known.unfinished:
        text = "A run is going on, or was interrupted; if it was, the next one marks it so."
        yield Diagnosis(Topic.DATABASE, Level.WARN, text)


def _last_good_run(
    settings: Settings, known: RunTotals | CrawlerError | None, now: datetime
) -> Iterator[Diagnosis]:
    if not isinstance(known, RunTotals) or known.last_good_at is None:
        return
    zone, period = zone_of(settings), period_of(settings)
    text = f"The last good run was on {known.last_good_at.astimezone(zone):%Y-%m-%d at %H:%M %Z}."
    missed = freshness.missed(now - known.last_good_at, period)
    if missed:
        text = (
            f"{text} By schedule.cron, {missed} since; see whether what starts the crawler still"
            " does, and what `crawler status` says of the last attempt."
        )
    yield Diagnosis(Topic.DATABASE, Level.WARN if missed else Level.OK, text)


def _new_database(path: Path) -> Diagnosis:
    folder = path.absolute().parent
    if folder.is_dir() and os.access(folder, os.W_OK):
        return Diagnosis(Topic.DATABASE, Level.OK, f"{path}: none yet; `crawler run` creates it.")
    text = f"{path}: its folder is missing or cannot be written; create one, or name another."
    return Diagnosis(Topic.DATABASE, Level.FAIL, text)


def _reports(settings: Settings) -> Diagnosis:
    try:
        prepare_reports(Path(settings.reports))
    except CrawlerError as error:
        return Diagnosis(Topic.REPORTS, Level.FAIL, str(error))
    return Diagnosis(Topic.REPORTS, Level.OK, f"{settings.reports}: can be written.")


# --- network and clock --------------------------------------------------------------------------


async def _ask_canaries(
    settings: Settings, clock: Callable[[], datetime], version: str, resolver: Resolver | None
) -> tuple[_CanaryAnswer, ...]:
    once = replace(settings, fetch=replace(settings.fetch, attempts=1))
    turns = HostTurns(once, backlog=lambda: 1)
    fetcher = Fetcher(once, version=version, transport=Transport(once, resolver), turns=turns)

    async def ask(url: str) -> _CanaryAnswer:
        target = Target(url=url, resources=())
        fetch = await fetcher.fetch(target, gate=_open_gate, sleep=asyncio.sleep)
        return _CanaryAnswer(url=url, fetch=fetch, ended_at=clock())

    async with fetcher:
        return tuple(await asyncio.gather(*map(ask, once.guard.canaries)))


async def _open_gate(url: str, budget: AttemptBudget) -> Refusal | None:
    """Asks for no robots.txt: these are a few pages, once, at a person's own wish."""
    return None


def _network(answers: tuple[_CanaryAnswer, ...]) -> Iterator[Diagnosis]:
    faults = {answer.url: _fault(answer.fetch) for answer in answers}
    level = Level.FAIL if all(faults.values()) else Level.WARN
    for answer in answers:
        fault = faults[answer.url]
        if fault:
            is_ours = isinstance(answer.fetch.facts.outcome, NotAsked)
            advice = "Choose others." if is_ours else _NETWORK_ADVICE
            yield Diagnosis(Topic.NETWORK, level, f"{answer.url}: {fault} {advice}")
        else:
            text = f"{answer.url} answers. {_times(answer.fetch)}"
            yield Diagnosis(Topic.NETWORK, Level.OK, text)


def _fault(fetch: Fetch) -> str:
    """What is wrong with the answer, as a sentence; empty for an answer from the site itself."""
    outcome = fetch.facts.outcome
    if isinstance(outcome, Failure):
        return REASONS[Reason(outcome.kind)].what
    if isinstance(outcome, NotAsked):
        return "It, or where it leads, is excluded by the settings (fetch.exclude)."
    first, last = map(urls.host, (fetch.facts.first_url, fetch.facts.final_url))
    own = urls.registrable_domain(first) == urls.registrable_domain(last)
    if isinstance(outcome, Answer) and own:
        return ""
    return f"{last} answers in its place, as a network does that wants you to log in."


def _times(fetch: Fetch) -> str:
    name, total = (
        round(t / timedelta(milliseconds=1)) for t in (fetch.timings.resolve, fetch.timings.total)
    )
    return f"{name} ms to resolve its name, {total} ms to answer."


def _clock(
    answers: Iterable[_CanaryAnswer], now: datetime, known: RunTotals | CrawlerError | None
) -> Iterator[Diagnosis]:
    yield _clock_compared(answers)
    last = known.last_started_at if isinstance(known, RunTotals) else None
    if last is not None and now < last:
        text = (
            f"The last run started at {last:%Y-%m-%d %H:%M} UTC, which is in the future: the clock"
            " was wrong then, or is wrong now."
        )
        yield Diagnosis(Topic.CLOCK, Level.WARN, text)


def _clock_compared(answers: Iterable[_CanaryAnswer]) -> Diagnosis:
    errors = [a.ended_at - a.fetch.sent_at for a in answers if a.fetch.sent_at is not None]
    # The clock of one server may be wrong; ours is when none agrees with it.
    error = min(errors, key=abs, default=None)
    if error is None:
        text = "Not compared: no server has sent its time."
        return Diagnosis(Topic.CLOCK, Level.SKIP, text)
    if abs(error) > MAX_CLOCK_ERROR:
        minutes = round(abs(error) / timedelta(minutes=1))
        side = "ahead" if error > timedelta() else "behind"
        text = f"This machine's clock is {minutes} minutes {side}; set it, best by NTP."
        return Diagnosis(Topic.CLOCK, Level.FAIL, text)
    return Diagnosis(Topic.CLOCK, Level.OK, "This machine's clock agrees with others.")


# --- cluster ------------------------------------------------------------------------------------


def _cluster(settings: Settings, *, offline: bool) -> Iterator[Diagnosis]:
    address = settings.crawl.cluster
    try:
        cluster.require()
    except ConfigError as error:
        yield Diagnosis(Topic.CLUSTER, Level.FAIL, f"{error}.")
        return
    if offline or address == LOCAL_CLUSTER:
        why = "offline" if offline else "the workers are started for each run"
        yield Diagnosis(Topic.CLUSTER, Level.SKIP, f"Nothing was asked ({why}).")
        return
    # Dask takes half a second to import.
    from crawler.crawl.cluster.examination import examine as examine_cluster  # noqa: PLC0415

    try:
        state = asyncio.run(examine_cluster(address, settings.fetch.ca_bundle))
    except ClusterError as error:
        yield Diagnosis(Topic.CLUSTER, Level.FAIL, f"{error}.")
        return
    for one, fault in sorted(state.faults.items())[:MAX_NOTICES]:
        yield Diagnosis(Topic.CLUSTER, Level.FAIL, f"The worker {one} {fault}.")
    yield _slots(settings, {one: n for one, n in state.slots.items() if one not in state.faults})


def _slots(settings: Settings, slots: Mapping[str, int]) -> Diagnosis:
    count, at_once = sum(slots.values()), settings.fetch.concurrency
    workers, places = plural(len(slots), "worker", "workers"), plural(count, "slot", "slots")
    text = f"{settings.crawl.cluster}: {workers} that can be used, with {places}."
    if not count:
        return Diagnosis(Topic.CLUSTER, Level.WARN, f"{text} Start some with `dask worker`.")
    if at_once < REQUESTS_PER_SLOT * count:
        text = (
            f"{text} They share {at_once} requests at once (fetch.concurrency); with fewer than "
            f"{REQUESTS_PER_SLOT} each, they wait more than they work."
        )
        return Diagnosis(Topic.CLUSTER, Level.WARN, text)
    return Diagnosis(Topic.CLUSTER, Level.OK, text)


# --- certificates -------------------------------------------------------------------------------


def _certificates(settings: Settings) -> Diagnosis:
    try:
        count = tls.roots(settings.fetch.ca_bundle)
    except ConfigError as error:
        return Diagnosis(Topic.CERTIFICATES, Level.FAIL, str(error))
    if not count:
        text = (
            "No certificate authority is trusted, so every https address will fail; install this"
            " system's certificates (ca-certificates), or name a file in fetch.ca_bundle."
        )
        return Diagnosis(Topic.CERTIFICATES, Level.FAIL, text)
    return Diagnosis(Topic.CERTIFICATES, Level.OK, f"{count} authorities are trusted.")
