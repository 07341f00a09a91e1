"""Pure: the value objects that flow through a run, and the closed sets of words it speaks in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# --- the words of a check -----------------------------------------------------------------------


class Verdict(StrEnum):
    """What one check of one resource says."""

    OK = "ok"
    MOVED = "moved"
    SUSPECT = "suspect"
    DEAD = "dead"
    FAILING = "failing"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


class Reason(StrEnum):
    """Why a check has its verdict; each reason belongs to one verdict (`VERDICTS`)."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    PERMANENT_REDIRECT = "permanent_redirect"
    HTTPS_UPGRADE = "https_upgrade"
    TRIVIAL_REDIRECT = "trivial_redirect"
    HTTP_404 = "http_404"
    HTTP_410 = "http_410"
    DNS_NOT_FOUND = "dns_not_found"
    DNS_NO_ADDRESS = "dns_no_address"
    INVALID_URL = "invalid_url"
    SOFT_404 = "soft_404"
    HTTP_5XX = "http_5xx"
    HTTP_4XX = "http_4xx"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_RESET = "connection_reset"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect_timeout"
    READ_TIMEOUT = "read_timeout"
    DNS_ERROR = "dns_error"
    TLS_EXPIRED = "tls_expired"
    TLS_HOSTNAME = "tls_hostname"
    TLS_UNTRUSTED = "tls_untrusted"
    TLS_ERROR = "tls_error"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"
    PROTOCOL_ERROR = "protocol_error"
    PRIVATE_ADDRESS = "private_address"
    LOGIN_REQUIRED = "login_required"
    PAYMENT_REQUIRED = "payment_required"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    LEGAL = "legal"
    BOT_CHALLENGE = "bot_challenge"
    OUT_OF_BUDGET = "out_of_budget"
    ROBOTS_DISALLOWED = "robots_disallowed"
    ROBOTS_UNAVAILABLE = "robots_unavailable"
    UNSUPPORTED_SCHEME = "unsupported_scheme"
    EXCLUDED = "excluded"


VERDICTS: dict[Reason, Verdict] = {
    reason: verdict
    for verdict, reasons in {
        Verdict.OK: (Reason.OK, Reason.NOT_MODIFIED),
        Verdict.MOVED: (Reason.PERMANENT_REDIRECT, Reason.HTTPS_UPGRADE, Reason.TRIVIAL_REDIRECT),
        Verdict.DEAD: (
            Reason.HTTP_404,
            Reason.HTTP_410,
            Reason.DNS_NOT_FOUND,
            Reason.DNS_NO_ADDRESS,
            Reason.INVALID_URL,
            Reason.SOFT_404,
        ),
        Verdict.FAILING: (
            Reason.HTTP_5XX,
            Reason.HTTP_4XX,
            Reason.CONNECTION_REFUSED,
            Reason.CONNECTION_RESET,
            Reason.UNREACHABLE,
            Reason.CONNECT_TIMEOUT,
            Reason.READ_TIMEOUT,
            Reason.DNS_ERROR,
            Reason.TLS_EXPIRED,
            Reason.TLS_HOSTNAME,
            Reason.TLS_UNTRUSTED,
            Reason.TLS_ERROR,
            Reason.REDIRECT_LOOP,
            Reason.TOO_MANY_REDIRECTS,
            Reason.BAD_REDIRECT,
            Reason.PROTOCOL_ERROR,
            Reason.PRIVATE_ADDRESS,
        ),
        Verdict.BLOCKED: (
            Reason.LOGIN_REQUIRED,
            Reason.PAYMENT_REQUIRED,
            Reason.FORBIDDEN,
            Reason.RATE_LIMITED,
            Reason.LEGAL,
            Reason.BOT_CHALLENGE,
        ),
        Verdict.SKIPPED: (
            Reason.OUT_OF_BUDGET,
            Reason.ROBOTS_DISALLOWED,
            Reason.ROBOTS_UNAVAILABLE,
            Reason.UNSUPPORTED_SCHEME,
            Reason.EXCLUDED,
        ),
    }.items()
    for reason in reasons
}
"""The one verdict that each reason belongs to."""


class Caution(StrEnum):
    """A warning beside a verdict, which it never changes ("warnings" in the database and reports)."""

    TLS_EXPIRES_SOON = "tls_expires_soon"
    FRAGMENT_MISSING = "fragment_missing"
    INSECURE_HTTP = "insecure_http"
    TEMPORARY_REDIRECT = "temporary_redirect"
    CANONICAL_ELSEWHERE = "canonical_elsewhere"
    EMPTY_BODY = "empty_body"
    SLOW = "slow"
    BODY_TRUNCATED = "body_truncated"
    TITLE_MISMATCH = "title_mismatch"
    NOINDEX = "noindex"
    SCRIPT_SHELL = "script_shell"


class State(StrEnum):
    """What follows from a resource's checks over time."""

    NEW = "new"
    HEALTHY = "healthy"
    FAILING = "failing"
    BROKEN = "broken"
    SUSPECT = "suspect"


class FindingClass(StrEnum):
    """What a person makes of a resource, most urgent first; the order of the report."""

    BROKEN = "broken"
    SUSPECT = "suspect"
    MOVED = "moved"
    TLS_EXPIRING = "tls_expiring"
    FAILING = "failing"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    MUTED = "muted"
    HEALTHY = "healthy"


# --- the list -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One row of the list."""

    key: str
    """Lasting identity: the row's number (or id), or the first URL it was seen with."""
    number: int | None = None
    title: str = ""
    url: str
    """The cell's text, trimmed and without userinfo, otherwise as written; may be no URL at all."""
    category: str = ""
    line: int = 0
    """Line of the file on which the row starts, from 1; 0 for a resource that left the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something about the list that a person should know, and that stops nothing."""

    line: int
    text: str
    """One sentence without the row's content (it may hold a password)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceList:
    """The list as read: its resources in file order, and what is odd about it."""

    resources: tuple[Resource, ...]
    notices: tuple[Notice, ...] = ()
    digest: str = ""
    """SHA-256 of the file's bytes, hexadecimal."""


# --- the plan -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave with a page, so that it can be asked whether it changed (RFC 9110 §8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One URL to ask, on behalf of every resource that lists it."""

    uri: str
    """Normal form of the URL, with its fragment; the cell's text when that is not one."""
    resources: tuple[Resource, ...]
    validators: Validators | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The targets of one host, asked one after the other (or `per_host` at a time)."""

    host: str
    """Host key: lower-case host name or address, with `:port` when it is not the scheme's own."""
    targets: tuple[Target, ...]


class NotAskedReason(StrEnum):
    """Why no request was sent for a target."""

    INVALID_URL = "invalid_url"
    UNSUPPORTED_SCHEME = "unsupported_scheme"
    EXCLUDED = "excluded"
    ROBOTS_DISALLOWED = "robots_disallowed"
    ROBOTS_UNAVAILABLE = "robots_unavailable"
    OUT_OF_BUDGET = "out_of_budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAsked:
    """No (further) request was sent, on purpose."""

    reason: NotAskedReason
    target_uri: str = ""
    """What was not asked: the target itself, or a later hop of its redirects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run asks, and what it leaves out without asking."""

    lanes: tuple[Lane, ...]
    """Largest backlog first."""
    not_asked: tuple[tuple[Target, NotAsked], ...] = ()


# --- facts --------------------------------------------------------------------------------------


class FailureKind(StrEnum):
    """Why there is no final response; by exception type and number, never by message."""

    DNS_NOT_FOUND = "dns_not_found"
    DNS_NO_ADDRESS = "dns_no_address"
    DNS_ERROR = "dns_error"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_RESET = "connection_reset"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect_timeout"
    READ_TIMEOUT = "read_timeout"
    TLS_EXPIRED = "tls_expired"
    TLS_HOSTNAME = "tls_hostname"
    TLS_UNTRUSTED = "tls_untrusted"
    TLS_ERROR = "tls_error"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"
    PROTOCOL_ERROR = "protocol_error"
    PRIVATE_ADDRESS = "private_address"


class Phase(StrEnum):
    """How far an exchange came before it failed."""

    RESOLVE = "resolve"
    CONNECT = "connect"
    TLS = "tls"
    RESPONSE = "response"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """No (complete) final response."""

    kind: FailureKind
    phase: Phase
    target_uri: str
    """The hop that failed."""
    code: str = ""
    """The number or type the kind was read from, such as `ECONNREFUSED` or `X509_V_ERR_CERT_HAS_EXPIRED`."""


class RedirectKind(StrEnum):
    """How a response named its next hop."""

    LOCATION = "location"
    REFRESH_FIELD = "refresh_field"
    META_REFRESH = "meta_refresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """A response's statement of where to go next."""

    kind: RedirectKind
    target: str
    """Absolute URI, fragment included; the fragment of the request is inherited (RFC 9110 §10.2.2)."""
    delay: float = 0.0
    """Seconds, for the two refreshes; 0 for `Location`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its response, without the content."""

    target_uri: str
    status_code: int
    fields: tuple[tuple[str, str], ...] = ()
    """The header fields that a rule reads, names in lower case, in the order received."""
    redirect: Redirect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The certificate of the final host, or of the hop whose TLS failed, as far as it could be read."""

    not_before: datetime | None = None
    not_after: datetime | None = None
    issuer: str = ""
    subject: str = ""


class MediaKind(StrEnum):
    """What a page's content is, as far as reading it goes."""

    HTML = "html"
    PDF = "pdf"
    JSON = "json"
    TEXT = "text"
    IMAGE = "image"
    OTHER = "other"
    NONE = "none"
    """There is no content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """There is a final response; its status and fields are those of the last exchange."""

    media_type: str | None = None
    """Essence of `Content-Type` in lower case, as sent."""
    empty: bool = False
    truncated: bool = False
    """Cut at `max_body_bytes` after decoding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was observed of a target and can be judged, at any later time, again.

    Nothing here changes by itself from one night to the next: no clock, no address, no duration.
    """

    outcome: Answer | Failure | NotAsked
    exchanges: tuple[Exchange, ...] = ()
    """Every hop in order, of the attempt that counts."""
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """How long the attempt that counts took; zero for a phase that did not happen."""

    resolve: timedelta = timedelta()
    connect: timedelta = timedelta()
    tls: timedelta = timedelta()
    response: timedelta = timedelta()
    """From the end of the request to the first byte of the response's head, over all hops."""
    total: timedelta = timedelta()
    """Time on the wire of the whole attempt; waiting for a turn does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """What one look at a target brought."""

    facts: Facts
    content: bytes = b""
    """Decoded content of the final response, at most `max_body_bytes`."""
    content_type: str | None = None
    """The final response's `Content-Type` field, as sent."""
    address: str | None = None
    """Address of the final connection, without port."""
    timings: Timings = Timings()
    attempts: int = 1
    validators: Validators | None = None
    retry_after: float | None = None
    """Seconds, when the final response asked for it."""
    sent_at: datetime | None = None
    """When the final response was sent, by its server's clock; nothing to judge by."""

    @property
    def final_uri(self) -> str:
        """The target URI of the last exchange; empty when there was none."""
        return self.facts.exchanges[-1].target_uri if self.facts.exchanges else ""


# --- the page -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A value that a page declares about itself, and where it does."""

    value: str
    origin: str
    """Code of the place, such as `title`, `og`, `twitter`, `jsonld`, `h1`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """A `<meta http-equiv=refresh>` of a page (HTML standard, shared declarative refresh steps)."""

    delay: float
    """Seconds."""
    target: str
    """Absolute http(s) URI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page declares about itself; a field is None when the page does not declare it."""

    kind: MediaKind
    encoding: str | None = None
    """Name by the Encoding standard, lower case."""
    encoding_from: str | None = None
    """`bom`, `http`, `meta`, `xml`, `late_meta`, `utf8` or `fallback`."""
    title: Declared | None = None
    headline: Declared | None = None
    description: Declared | None = None
    language: Declared | None = None
    canonical_url: Declared | None = None
    site_name: Declared | None = None
    image_url: Declared | None = None
    published: Declared | None = None
    """ISO 8601; the raw text is in `published_raw`."""
    published_raw: str | None = None
    author: Declared | None = None
    feed_url: Declared | None = None
    generator: Declared | None = None
    noindex: bool = False
    refresh: Refresh | None = None
    first_heading: str | None = None
    word_count: int = 0
    """Words of visible text."""
    scripts: int = 0
    """Number of script elements."""
    fragment_found: bool | None = None
    """Whether an element has the URL's fragment as id or name; None when the URL has no fragment."""
    text: str = ""
    """Visible text, a line for a block, at most 64 KiB."""


PAGE_FIELDS: tuple[str, ...] = (
    "title",
    "headline",
    "description",
    "language",
    "canonical_url",
    "site_name",
    "image_url",
    "published",
    "author",
    "feed_url",
    "generator",
)
"""The fields of `Page` that carry an origin."""


# --- the check ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a judgement may rest on."""

    resource: Resource
    facts: Facts
    page: Page | None
    """None when nothing could be read, or nothing was asked."""
    elapsed: timedelta | None
    """Time on the wire of the successful attempt."""
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a check concludes."""

    reason: Reason
    warnings: tuple[Caution, ...] = ()
    """In the order of `Caution`."""
    suggested_url: str | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict that the reason belongs to."""
        return VERDICTS[self.reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One resource, judged, in one run."""

    resource: Resource
    judgement: Judgement
    facts: Facts
    page: Page | None = None
    """What the page said; only kept when the verdict is `ok` or `moved`, and None for a 304."""
    checked_at: datetime
    address: str | None = None
    elapsed: timedelta | None = None
    attempts: int = 0
    looks: int = 1
    validators: Validators | None = None

    @property
    def http_status(self) -> int | None:
        """Status code of the last response, if there was one."""
        return self.facts.exchanges[-1].status_code if self.facts.exchanges else None

    @property
    def final_url(self) -> str | None:
        """Where the last response came from."""
        return self.facts.exchanges[-1].target_uri if self.facts.exchanges else None


# --- over time ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a resource stands after its checks so far."""

    state: State = State.NEW
    streak: int = 0
    """Consecutive telling checks with verdict `dead` or `failing`."""
    dead_streak: int = 0
    """How many of them, counted from the last, were `dead` in a row."""
    since: datetime | None = None
    """First check of the streak, or of the present state."""
    last_ok_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known about a listed resource: its standing, and its latest concluded check."""

    resource: Resource
    standing: Standing = Standing()
    check: Check | None = None
    """Its page is the last good one, whatever this check's verdict."""


class ChangeKind(StrEnum):
    """What kind of event a run brought."""

    BROKE = "broke"
    RECOVERED = "recovered"
    MOVED = "moved"
    SUSPECTED = "suspected"
    TITLE = "title"
    DESCRIPTION = "description"
    METADATA = "metadata"
    ADDED = "added"
    REMOVED = "removed"
    URL_CHANGED = "url_changed"
    TLS_EXPIRING = "tls_expiring"
    CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between a resource's last two concluded checks, or of its row in the list."""

    kind: ChangeKind
    resource: Resource
    """As listed now; as last listed for `removed`."""
    before: str | None = None
    after: str | None = None
    field: str | None = None
    """The metadata field, for `metadata`."""


class Trigger(StrEnum):
    """Who started a run."""

    MANUAL = "manual"
    SCHEDULE = "schedule"
    RECHECK = "recheck"
    DEMO = "demo"


class RunStatus(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"
    UNTRUSTED = "untrusted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run, as stored."""

    id: int
    started_at: datetime
    finished_at: datetime | None = None
    trigger: Trigger = Trigger.MANUAL
    status: RunStatus = RunStatus.RUNNING
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that a report is built from."""

    run: Run
    """The last complete run."""
    previous: Run | None
    """The complete run before it; None on the first."""
    records: tuple[Record, ...]
    """Every listed resource, in list order."""
    changes: tuple[Change, ...]
    """Events of the last complete run that brought any, in list order."""
    changed_at: datetime | None = None
    """Start of that run; None when none has brought an event yet."""
    resources_name: str = "resources.csv"
    notices: tuple[Notice, ...] = ()
