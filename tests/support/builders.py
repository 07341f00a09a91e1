"""Values for tests: every argument has a default, so that a test names only what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.extract import read
from crawler.model import (
    NO_CONTEXT,
    Accepted,
    Answer,
    Certificate,
    Check,
    Context,
    Declared,
    Evidence,
    Exchange,
    Facts,
    Failure,
    FailureKind,
    Fetch,
    Judgement,
    Landing,
    MediaKind,
    NotAsked,
    NotAskedReason,
    Page,
    Phase,
    Probe,
    ProbeKind,
    Probing,
    Reason,
    Redirect,
    RedirectKind,
    Resource,
    Validators,
    Verdict,
    WarningCode,
)

URL = "https://example.org/guides/raft"
TITLE = "Practical Raft"
NOW = datetime(2026, 11, 22, 3, 17, tzinfo=UTC)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


# --- the list -----------------------------------------------------------------------------------


def make_resource(
    url: str = URL,
    *,
    number: int = 1,
    key: str | None = None,
    title: str = TITLE,
    category: str = "Distributed systems",
    line: int | None = None,
) -> Resource:
    return Resource(
        key=key if key is not None else str(number),
        number=number,
        title=title,
        url=url,
        category=category,
        line=line if line is not None else number + 1,
    )


# --- facts --------------------------------------------------------------------------------------


def make_redirect(
    target: str, *, kind: RedirectKind = RedirectKind.LOCATION, delay: float = 0.0
) -> Redirect:
    return Redirect(kind=kind, target=target, delay=delay)


def make_exchange(
    target_uri: str = URL,
    status_code: int = 200,
    *,
    fields: Mapping[str, str] | None = None,
    redirect: Redirect | str | None = None,
) -> Exchange:
    """An exchange; a redirect given as text is the target of a `Location`."""
    return Exchange(
        target_uri=target_uri,
        status_code=status_code,
        fields=tuple((fields or {}).items()),
        redirect=make_redirect(redirect) if isinstance(redirect, str) else redirect,
    )


def make_chain(
    *statuses_and_targets: tuple[int, str], url: str = URL, status_code: int = 200
) -> tuple[Exchange, ...]:
    """The exchanges of `Location` redirects from the URL, each a status and where it points."""
    sources = (url, *(target for _status, target in statuses_and_targets))
    hops = (
        make_exchange(source, status, redirect=target)
        for source, (status, target) in zip(sources, statuses_and_targets, strict=False)
    )
    return (*hops, make_exchange(sources[-1], status_code))


def make_failure(
    kind: FailureKind = FailureKind.CONNECTION_REFUSED,
    *,
    phase: Phase = Phase.CONNECT,
    target_uri: str = URL,
    code: str = "",
) -> Failure:
    return Failure(kind=kind, phase=phase, target_uri=target_uri, code=code)


def make_not_asked(
    reason: NotAskedReason = NotAskedReason.ROBOTS_DISALLOWED, *, target_uri: str = URL
) -> NotAsked:
    return NotAsked(reason=reason, target_uri=target_uri)


def make_facts(
    outcome: Answer | Failure | NotAsked | None = None,
    *,
    exchanges: tuple[Exchange, ...] | None = None,
    url: str = URL,
    status_code: int = 200,
    certificate: Certificate | None = None,
) -> Facts:
    """Facts of one exchange with an HTML answer; a failure or nothing asked has no exchange."""
    if exchanges is None:
        answered = outcome is None or isinstance(outcome, Answer)
        exchanges = (make_exchange(url, status_code),) if answered else ()
    return Facts(
        outcome=outcome or Answer(media_type="text/html"),
        exchanges=exchanges,
        certificate=certificate,
    )


def make_probing(
    *statuses: int | None,
    landing: Landing = Landing.ITSELF,
    title: str = "",
    first_heading: str = "",
    likeness: float = 0.0,
    alike: float = 1.0,
    home: float | None = None,
    remembered: bool = False,
) -> Probing:
    """Answers to made-up siblings, by status (default: 404 twice), and a likeness to the front page."""
    asked = tuple(
        Probe(
            kind=ProbeKind.SIBLING,
            status_code=status,
            landing=landing,
            title=title,
            first_heading=first_heading,
            likeness=likeness,
        )
        for status in statuses or (404, 404)
    )
    front = () if home is None else (Probe(kind=ProbeKind.HOME, status_code=200, likeness=home),)
    return Probing(probes=(*asked, *front), alike=alike, remembered=remembered)


def make_fetch(
    facts: Facts | None = None,
    *,
    status_code: int = 200,
    content: bytes = b"<!doctype html><title>Practical Raft</title>",
    content_type: str | None = "text/html; charset=utf-8",
    attempts: int = 1,
    retry_after: float | None = None,
    validators: Validators | None = None,
) -> Fetch:
    observed = facts or make_facts(status_code=status_code)
    url = observed.exchanges[-1].target_uri if observed.exchanges else ""
    return Fetch(
        facts=observed,
        page=read(content, url, content_type) if isinstance(observed.outcome, Answer) else None,
        address="192.0.2.1",
        attempts=attempts,
        retry_after=retry_after,
        validators=validators,
    )


# --- the page -----------------------------------------------------------------------------------


def make_page(
    title: str | Declared | None = TITLE,
    *,
    kind: MediaKind = MediaKind.HTML,
    description: str | Declared | None = None,
    canonical_url: str | Declared | None = None,
    first_heading: str | None = TITLE,
    word_count: int = 400,
    scripts: int = 0,
    marks: tuple[str, ...] = (),
    noindex: bool = False,
    fragment_found: bool | None = None,
    language: str | Declared | None = None,
    site_name: str | Declared | None = None,
    image_url: str | Declared | None = None,
    text: str = "",
) -> Page:
    """A page of some length; a value given as text comes from its usual place."""
    return Page(
        kind=kind,
        title=_declared(title, "title"),
        description=_declared(description, "meta"),
        canonical_url=_declared(canonical_url, "canonical"),
        language=_declared(language, "html"),
        site_name=_declared(site_name, "og"),
        image_url=_declared(image_url, "og"),
        first_heading=first_heading,
        word_count=word_count,
        scripts=scripts,
        marks=marks,
        noindex=noindex,
        fragment_found=fragment_found,
        text=text,
    )


def _declared(value: str | Declared | None, origin: str) -> Declared | None:
    return Declared(value=value, origin=origin) if isinstance(value, str) else value


# --- the check ----------------------------------------------------------------------------------


def make_evidence(
    facts: Facts | None = None,
    *,
    resource: Resource | None = None,
    page: Page | None = None,
    elapsed: timedelta | None = timedelta(milliseconds=120),
    checked_at: datetime = NOW,
    context: Context = NO_CONTEXT,
    accepted: Accepted | None = None,
) -> Evidence:
    """Evidence about a resource listed with the URL that was asked first."""
    facts = facts or make_facts()
    url = facts.exchanges[0].target_uri if facts.exchanges else URL
    return Evidence(
        resource=resource or make_resource(url),
        facts=facts,
        page=page,
        elapsed=elapsed,
        checked_at=checked_at,
        context=context,
        accepted=accepted,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictAlone(Judgement):
    """A judgement with any verdict, for verdicts that no reason has yet."""

    alone: Verdict

    @property
    def verdict(self) -> Verdict:
        return self.alone


_REASONS = {
    Verdict.OK: Reason.OK,
    Verdict.MOVED: Reason.PERMANENT_REDIRECT,
    Verdict.DEAD: Reason.HTTP_404,
    Verdict.FAILING: Reason.HTTP_5XX,
    Verdict.BLOCKED: Reason.FORBIDDEN,
    Verdict.SKIPPED: Reason.ROBOTS_DISALLOWED,
}


def make_judgement(
    said: Verdict | Reason = Reason.OK,
    *,
    warnings: tuple[WarningCode, ...] = (),
    suggested_url: str | None = None,
) -> Judgement:
    """A judgement with a reason, or with some reason of a verdict."""
    if said is Verdict.SUSPECT:
        return VerdictAlone(alone=said, reason=Reason.OK, warnings=warnings)
    reason = said if isinstance(said, Reason) else _REASONS[said]
    return Judgement(reason=reason, warnings=warnings, suggested_url=suggested_url)


def make_check(
    judgement: Judgement | Verdict | Reason = Reason.OK,
    *,
    resource: Resource | None = None,
    facts: Facts | None = None,
    context: Context = NO_CONTEXT,
    page: Page | None = None,
    checked_at: datetime = NOW,
    looks: int = 1,
    attempts: int = 1,
    elapsed: timedelta | None = timedelta(milliseconds=120),
) -> Check:
    """A check with a judgement, which is given as such, or by its reason or verdict."""
    if not isinstance(judgement, Judgement):
        judgement = make_judgement(judgement)
    return Check(
        resource=resource or make_resource(),
        judgement=judgement,
        facts=facts or make_facts(),
        context=context,
        page=page,
        checked_at=checked_at,
        address="192.0.2.1",
        elapsed=elapsed,
        attempts=attempts,
        looks=looks,
    )
