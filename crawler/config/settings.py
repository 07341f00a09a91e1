"""Pure: every setting with its type, the values that it may have, and its default."""

from dataclasses import dataclass, field
from typing import Annotated

from crawler.config.value_types import (
    Addresses,
    ArchiveKindName,
    ClusterAddress,
    Crontab,
    FilePath,
    FilePaths,
    FindingClasses,
    FormatName,
    Globs,
    HostPatterns,
    OptionalBase,
    OptionalFilePath,
    OptionalWebAddress,
    RecheckHours,
    RequestFields,
    Seconds,
    SecondsOrZero,
    ServiceAddresses,
    StatusCodes,
    TimeZone,
    UserAgent,
    WarningCodes,
    WebAddresses,
    WhichLinks,
    above_zero,
    whole,
)
from crawler.model import REPORTED_WARNINGS

DEFAULT_CONTACT = "https://example.org/set-your-contact"
"""The placeholder in the default user agent; `crawler doctor` warns while it is there."""


LOCAL_CLUSTER = "local"
"""In place of the address of a cluster: workers of this machine, started for the run."""
_PUBLIC_FIELDS = frozenset(
    {
        "accept",
        "accept-charset",
        "accept-datetime",
        "accept-language",
        "cache-control",
        "dnt",
        "referer",
        "user-agent",
    }
)
"""Request fields that say what we want or who we are, in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How pages are asked for; all times in seconds."""

    concurrency: Annotated[int, whole(1, 4096)] = 64
    """Requests at once, to all hosts together."""
    processes: Annotated[int, whole(0, 64)] = 0
    """Processes that ask and read; 1: the process that stores does it all; 0: one per core, if worth it."""
    per_host: Annotated[int, whole(1, 64)] = 1
    """Connections to one host."""
    host_delay: SecondsOrZero = 0.5
    """From the start of one request to a host to the start of the next."""
    connect_timeout: Seconds = 10.0
    read_timeout: Seconds = 20.0
    """Without receiving a byte."""
    total_timeout: Seconds = 45.0
    """For one attempt, redirects and their robots.txt files included, without waiting for a turn."""
    attempts: Annotated[int, whole(1, 100)] = 3
    max_retry_after: SecondsOrZero = 60.0
    recheck_after: SecondsOrZero = 60.0
    """0 means no second look."""
    max_redirects: Annotated[int, whole(0, 100)] = 10
    max_body_bytes: Annotated[int, whole(1, 1_073_741_824)] = 2_097_152
    """After decoding."""
    budget: Seconds = 900.0
    """For the whole run."""
    robots: bool = True
    conditional: bool = True
    exclude: Globs = ()
    """Globs on URLs."""
    allow_private: HostPatterns = ()
    """Host-name patterns and networks."""
    resolve: Addresses = ()
    """Pairs of `host:port` or `*:port` or `*`, and the `address:port` to connect to instead."""
    ca_bundle: OptionalFilePath = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSettings:
    """What is different for one host; None: as for all hosts."""

    per_host: Annotated[int, whole(1, 64)] | None = None
    host_delay: SecondsOrZero | None = None
    robots: bool | None = None
    headers: RequestFields = ()
    """Request fields; a value `env:NAME` has been replaced by that of the variable."""
    credentials_over_http: bool = False
    """Whether those of `headers` that may be secret are sent without encryption too."""
    show_pages: bool = False
    """Whether titles and texts of pages that were read with credentials are stored and reported."""
    accept: StatusCodes = ()
    """Status codes that count as `ok`."""
    insecure: bool = False

    @property
    def has_credentials(self) -> bool:
        """Whether one of the request fields may be secret."""
        return any(map(is_credential, dict(self.headers)))

    @property
    def public_headers(self) -> RequestFields:
        """The request fields that are never secret."""
        return tuple((name, text) for name, text in self.headers if not is_credential(name))


def is_credential(name: str) -> bool:
    """Whether the request field of this name may be secret: all but a few that never are."""
    return name.lower() not in _PUBLIC_FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSettings:
    """Where the crawl runs."""

    cluster: ClusterAddress = ""
    """Address of a scheduler of Dask whose workers run it; `local`: workers of this machine, started
    for the run; empty: no cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmSettings:
    """How many bad checks in a row, over how many hours, make a resource broken."""

    dead: Annotated[int, whole(1, 1000)] = 2
    failing: Annotated[int, whole(1, 1000)] = 3
    span_hours: Annotated[float, above_zero(8760)] = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FixSettings:
    """How the new addresses of lost links are found."""

    search: bool = True
    """Whether every run looks for those of links that are confirmed to be broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardSettings:
    """Addresses that show whether it is our own network when much of the list fails, or ends at one host.

    Without any, such a run is not trusted: nothing shows that it is not.
    """

    canaries: WebAddresses = (
        "https://example.com/",
        "https://www.iana.org/",
        "https://www.wikipedia.org/",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """What the reports point out."""

    fail_on: FindingClasses = ("broken",)
    warnings: WarningCodes = tuple(code.value for code in REPORTED_WARNINGS)
    """The warnings that are in reports."""
    tls_expiry_days: Annotated[int, whole(1, 3650)] = 14
    slow_seconds: Seconds = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSettings:
    """When `crawler schedule` runs."""

    cron: Crontab = "17 3 * * *"
    timezone: TimeZone = "UTC"
    jitter: SecondsOrZero = 0
    """Seconds; each run begins up to this much later, by chance."""
    recheck_hours: RecheckHours = (1, 4, 12)
    """From the start of a run to other looks at resources in trouble; empty for none."""
    ping_url: OptionalWebAddress = ""
    """Where every run tells its start and its end; empty for nowhere. May be a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """Who gets a message when there is something to say about a run."""

    urls: ServiceAddresses = ()
    """Addresses of services, as Apprise reads them; an `env:NAME` has been replaced. They are secrets."""
    weekly_digest: bool = False
    """Whether the first run of a week says how things stand, if it has nothing else to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSettings:
    """How the files of the list are read."""

    format: FormatName = ""
    """Of all files; empty: by the name and the content of each."""
    links: WhichLinks = "auto"
    """Of Markdown and HTML: those in items of lists and cells of tables, or all; `auto`: items in a
    file called README or awesome-…, all in any other."""
    ignore: Globs = ()
    """Globs on URLs that are no resources of the list."""
    base_url: OptionalBase = ""
    """What relative links in Markdown and HTML are relative to; without it they are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """The archive of the web that is asked for captures of lost pages."""

    endpoint: OptionalWebAddress = ""
    """Address of its CDX server, or what comes before the URL in those of its TimeMaps or TimeGate;
    empty: none is asked."""
    kind: ArchiveKindName = "auto"
    """How it is asked; `auto`: by the path of the endpoint."""
    cache: OptionalFilePath = ""
    """Folder in which its answers are remembered; empty: nowhere. Where settings are read, one among
    the user's caches takes its place: what lies beside the list may be somebody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings."""

    resources: FilePaths = ("resources.csv",)
    """Files of the list, or globs; a single one may be written without a list."""
    database: FilePath = "crawler.db"
    reports: FilePath = "reports"
    user_agent: UserAgent = f"resource-crawler/VERSION (+{DEFAULT_CONTACT})"
    """`VERSION` is replaced by that of the crawler; the product token is the part before the slash."""
    fetch: FetchSettings = field(default_factory=FetchSettings)
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    hosts: tuple[tuple[str, HostSettings], ...] = ()
    """Host keys in lower case, with what is different there."""
    confirm: ConfirmSettings = field(default_factory=ConfirmSettings)
    fix: FixSettings = field(default_factory=FixSettings)
    guard: GuardSettings = field(default_factory=GuardSettings)
    report: ReportSettings = field(default_factory=ReportSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)
    list: ListSettings = field(default_factory=ListSettings)
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    variables: tuple[str, ...] = ()
    """Which environment variables are sent to whom, as `TOKEN to example.org (Authorization)`; found
    where settings are read, and not to be set."""

    @property
    def list_name(self) -> str:
        """What the list is called in messages: its file, or what names its files."""
        return ", ".join(self.resources)

    def host(self, host_key: str) -> HostSettings:
        """The settings of one host, by its key; the defaults where it has none."""
        return dict(self.hosts).get(host_key, HostSettings())
