"""Pure: the settings as values, with their defaults."""

from dataclasses import dataclass, field

DEFAULT_CONTACT = "https://example.org/set-your-contact"
"""The placeholder in the default user agent; `crawler doctor` warns while it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How pages are asked for; all times in seconds."""

    concurrency: int = 64
    """Requests on the wire at once, all hosts together."""
    processes: int = 0
    """That ask and read, 1 for none beside the one that stores; 0 means as many as cores when it pays."""
    per_host: int = 1
    """Connections to one host."""
    host_delay: float = 0.5
    """From the start of one request to a host to the start of the next."""
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    """Without a byte."""
    total_timeout: float = 45.0
    """On the wire for one attempt, redirects and their robots.txt files included."""
    attempts: int = 3
    max_retry_after: float = 60.0
    recheck_after: float = 60.0
    """0 means no second look."""
    max_redirects: int = 10
    max_body_bytes: int = 2_097_152
    """After decoding."""
    budget: float = 900.0
    """For the whole run."""
    robots: bool = True
    conditional: bool = True
    exclude: tuple[str, ...] = ()
    """Globs on URLs."""
    allow_private: tuple[str, ...] = ()
    """Host-name patterns and networks."""
    resolve: tuple[tuple[str, str], ...] = ()
    """Pairs of `host:port` or `*:port` or `*`, and the `address:port` to connect to instead."""
    ca_bundle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSettings:
    """What is different for one host; None means as everywhere."""

    per_host: int | None = None
    host_delay: float | None = None
    robots: bool | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """Request fields, values already taken from the environment where they said `env:NAME`."""
    accept: tuple[int, ...] = ()
    """Status codes that count as `ok`."""
    insecure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmSettings:
    """When a streak of bad checks is believed."""

    dead: int = 2
    failing: int = 3
    span_hours: float = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardSettings:
    """How a network that is down is told from a list that is dead."""

    canaries: tuple[str, ...] = (
        "https://example.com/",
        "https://www.iana.org/",
        "https://www.wikipedia.org/",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """What the reports point out."""

    fail_on: tuple[str, ...] = ("broken",)
    tls_expiry_days: int = 14
    slow_seconds: float = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSettings:
    """When `crawler schedule` runs."""

    cron: str = "17 3 * * *"
    timezone: str = "UTC"
    jitter: float = 0
    recheck_hours: tuple[float, ...] = (1, 4, 12)
    ping_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """Who is told."""

    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set, with its default."""

    resources: str = "resources.csv"
    database: str = "crawler.db"
    reports: str = "reports"
    user_agent: str = f"resource-crawler/VERSION (+{DEFAULT_CONTACT})"
    """`VERSION` stands for the crawler's own; the product token is what comes before the slash."""
    fetch: FetchSettings = field(default_factory=FetchSettings)
    hosts: tuple[tuple[str, HostSettings], ...] = ()
    """Host keys in lower case, and what is different there."""
    confirm: ConfirmSettings = field(default_factory=ConfirmSettings)
    guard: GuardSettings = field(default_factory=GuardSettings)
    report: ReportSettings = field(default_factory=ReportSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)

    def host(self, host_key: str) -> HostSettings:
        """What is different for a host; the defaults when nothing is."""
        return dict(self.hosts).get(host_key, HostSettings())
