"""Pure: what was observed of a target."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from crawler.model.page import Page
from crawler.model.probing import Probing
from crawler.model.targets import NotAsked, Validators

SEEN_CHARACTERS = 1500
"""How much is kept of the start of the text of a page that was not taken for the resource."""
SEEN_AT_END = 500
"""The same of its end."""


class FailureKind(StrEnum):
    """Why there is no final response; read from exception types and numbers, never from messages."""

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
    """In which phase an exchange failed."""

    RESOLVE = "resolve"
    CONNECT = "connect"
    TLS = "tls"
    RESPONSE = "response"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """There is no final response, or no complete one."""

    kind: FailureKind
    phase: Phase
    target_uri: str
    """The hop that failed."""
    code: str = ""
    """The number or type that gave the kind, such as `ECONNREFUSED` or `X509_V_ERR_CERT_HAS_EXPIRED`."""


class RedirectKind(StrEnum):
    """How a response names its next hop."""

    LOCATION = "location"
    REFRESH_FIELD = "refresh_field"
    META_REFRESH = "meta_refresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Where a response says to go next."""

    kind: RedirectKind
    target: str
    """Absolute URL, fragment included; it inherits the fragment of the request (RFC 9110 §10.2.2)."""
    delay: float = 0.0
    """Seconds, for the two refreshes; 0 for `Location`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its response, without the content."""

    target_uri: str
    status_code: int
    fields: tuple[tuple[str, str], ...] = ()
    """The header fields that some rule reads; names in lower case, in the order received."""
    redirect: Redirect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The certificate of the final host, or of the hop whose TLS failed; what could not be read is empty."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The last good page, compared with the present one."""

    title: str = ""
    domain: str = ""
    """Registrable domain it was found on."""
    likeness: float = 0.0
    """Of both texts, 0 to 1, in steps of 0.05."""
    heading: str = ""
    """Its first heading."""
    language: str = ""
    """As declared; empty when it was not."""
    agreement: float | None = None
    """Share of the listed title's words that it had, 0 to 1; None when there are none, or unknown."""
    elsewhere: bool = False
    """Whether it was found at another URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a target answered: all that is needed to judge it again later.

    It stays equal from night to night if the target does: no times, no addresses, no durations.
    """

    outcome: Answer | Failure | NotAsked
    exchanges: tuple[Exchange, ...] = ()
    """All hops of the attempt that counts, in order."""
    certificate: Certificate | None = None
    seen: Page | None = None
    """A page that was not taken for the resource, its text cut to its start and end.

    Of a blocked page only its marks and numbers are kept, and no words.
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
    """What other pages and earlier nights say about a target."""

    probing: Probing | None = None
    """None when there were no probes."""
    past: Past | None = None
    """None when title and domain are those of the last good page, or there was no such page."""
    collapsed: int = 0
    """How many listed pages of the site ended as the same page in this run; 0 when it is one."""


NO_CONTEXT = Context()
"""Nothing is known from other pages or earlier nights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """How long the phases of the attempt that counts took; zero for one that did not happen."""

    resolve: timedelta = timedelta()
    connect: timedelta = timedelta()
    tls: timedelta = timedelta()
    response: timedelta = timedelta()
    """From the end of the request to the first byte of the response, summed over all hops."""
    total: timedelta = timedelta()
    """How long the servers took in the whole attempt: to accept, to answer, and to send everything.

    Without names that were resolved, waiting for the host's turn, and what our own machine took.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """The result of one look at a target."""

    facts: Facts
    page: Page | None = None
    """Read from the final response's content, whatever its status; None when nothing was read."""
    address: str | None = None
    """IP address of the final connection, without port."""
    timings: Timings = Timings()
    attempts: int = 1
    validators: Validators | None = None
    retry_after: float | None = None
    """Seconds; None when the final response does not ask to wait."""
    sent_at: datetime | None = None
    """When the final response was sent, by its server's clock; not used for judging."""
    had_credentials: bool = False
    """Whether a request had credentials of the settings: then the page is not for everybody."""
