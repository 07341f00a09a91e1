"""Pure: what was observed of a target."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from crawler.model.listing import NotAsked, Validators
from crawler.model.page import Page

SEEN_CHARACTERS = 1500
"""Of the text of a page that was not taken for the resource."""


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
    """Absolute URL, fragment included; the fragment of the request is inherited (RFC 9110 §10.2.2)."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """There is a final response; its status and fields are those of the last exchange."""

    media_type: str | None = None
    """Essence of `Content-Type` in lower case, as sent."""
    empty: bool = False
    truncated: bool = False
    """Cut at `max_body_bytes` after decoding."""


class ProbeKind(StrEnum):
    """What a probe asks for."""

    SIBLING = "sibling"
    """A made-up URL beside the resource's: same folder, same extension, or the same path with other values."""
    HOME = "home"
    """The front page of the resource's site."""


class Landing(StrEnum):
    """Where a probe's redirects led; without the made-up name, which is another one each time."""

    ITSELF = "itself"
    HOME = "home"
    """The front page of the site."""
    WITH_RESOURCE = "with_resource"
    """The same final URL as the resource's, both after a redirect."""
    MISSING_PAGE = "missing_page"
    """A path that by its name stands for missing pages."""
    SIGN_IN = "sign_in"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What another URL of the resource's host answered, and how alike that is to the resource."""

    kind: ProbeKind
    status_code: int | None = None
    """Of the final response; None when there was none, or it was not asked (robots.txt)."""
    landing: Landing = Landing.ITSELF
    title: str = ""
    """Without the made-up name."""
    first_heading: str = ""
    word_count: int = 0
    likeness: float = 0.0
    """Of the main texts of the resource and the probe, 0 to 1, in steps of 0.05."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probing:
    """What probes beside a resource brought; they are asked only when a page gives reason to doubt."""

    probes: tuple[Probe, ...] = ()
    alike: float = 0.0
    """Likeness of the two siblings to each other, 0 to 1, in steps of 0.05."""
    remembered: bool = False
    """From an earlier night: it may acquit, and never convicts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The last good page, as far as the present one differs from it."""

    title: str = ""
    domain: str = ""
    """Registrable domain it was found on."""
    likeness: float = 0.0
    """Of the texts then and now, 0 to 1, in steps of 0.05."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was observed of a target and can be judged, at any later time, again.

    Nothing here changes by itself from one night to the next: no clock, no address, no duration.
    """

    outcome: Answer | Failure | NotAsked
    exchanges: tuple[Exchange, ...] = ()
    """Every hop in order, of the attempt that counts."""
    certificate: Certificate | None = None
    seen: Page | None = None
    """What a page said that was not taken for the resource, its text cut to `SEEN_CHARACTERS`.

    Of a page that only blocks the way there are marks and numbers, and no words.
    """

    @property
    def first_url(self) -> str:
        """The target URI of the first exchange; empty when there was none."""
        return self.exchanges[0].target_uri if self.exchanges else ""

    @property
    def final_url(self) -> str:
        """The target URI of the last exchange; empty when there was none."""
        return self.exchanges[-1].target_uri if self.exchanges else ""

    @property
    def status_code(self) -> int | None:
        """Status code of the last exchange; None when there was none."""
        return self.exchanges[-1].status_code if self.exchanges else None

    @property
    def succeeded(self) -> bool:
        """Whether there is a final response, and its status is 2xx."""
        return isinstance(self.outcome, Answer) and 200 <= self.exchanges[-1].status_code < 300

    @property
    def is_not_modified(self) -> bool:
        """Whether the final response is a 304: the page is as it was."""
        return isinstance(self.outcome, Answer) and self.status_code == 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What other pages and earlier nights say of a target, beside what it answered itself."""

    probing: Probing | None = None
    """None when no probe was asked for."""
    past: Past | None = None
    """None when the page has title and place of the last good one, or there is no such."""
    collapsed: int = 0
    """How many listed pages of the host ended at the same page in this run, when they are several."""


ALONE = Context()
"""Of a target about which nothing else says anything."""


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
    page: Page | None = None
    """What was read of the final response's content, whatever its status; None when nothing was."""
    address: str | None = None
    """Address of the final connection, without port."""
    timings: Timings = Timings()
    attempts: int = 1
    validators: Validators | None = None
    retry_after: float | None = None
    """Seconds, when the final response asked for it."""
    sent_at: datetime | None = None
    """When the final response was sent, by its server's clock; nothing to judge by."""
