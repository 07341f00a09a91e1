"""Pure: a labelled case and the sites that it is played by, as values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from crawler.model import Reason, Verdict, WarningCode


class End(Enum):
    """What the server does after an answer."""

    KEEP = auto()
    CLOSE = auto()
    RESET = auto()
    STALL = auto()


class Door(Enum):
    """What a host does with connections."""

    OPEN = auto()
    REFUSING = auto()
    FULL = auto()
    """The queue takes no more: connecting never comes about."""
    MUTE = auto()
    """Accepts, and never says anything."""
    RESETTING = auto()
    """Resets as soon as it is spoken to."""
    PLAIN = auto()
    """Speaks HTTP where TLS is expected."""


class Name(Enum):
    """What the name server says instead of the address of the player."""

    KNOWN = auto()
    MISSING = auto()
    """NXDOMAIN."""
    NO_ADDRESS = auto()
    """NODATA."""
    FAILURE = auto()
    """SERVFAIL."""
    SILENT = auto()
    PRIVATE = auto()
    """An address of somebody's own network."""
    NO_ROUTE = auto()


class Tls(Enum):
    """The certificate, or what is wrong with it."""

    GOOD = auto()
    ENDS_SOON = auto()
    EXPIRED = auto()
    NOT_YET = auto()
    OTHER_NAME = auto()
    SELF_SIGNED = auto()
    OTHER_AUTHORITY = auto()
    NO_INTERMEDIATE = auto()
    CLIENT_CERTIFICATE = auto()
    UNKNOWN_NAME = auto()
    """The server ends the handshake with an alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request."""

    scheme: str
    host: str
    path: str
    """With the query."""
    fields: Mapping[str, str]
    """Names in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is sent for one request, byte for byte."""

    pieces: tuple[bytes, ...] = ()
    pause: float = 0.0
    """Seconds before each piece but the first."""
    end: End = End.KEEP


Respond = Callable[[Asked], Reply]
Behaviour = Reply | tuple[Reply, ...] | Respond
"""Always the same, one after the other (the last one stays), or as it depends on the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One host; over HTTP it only leads to HTTPS unless it is `plain`."""

    host: str
    pages: Mapping[str, Behaviour]
    """By path with query; `http:/path` and `https:/path` speak for one scheme, and go first."""
    unknown: Respond
    """How every other path is answered; made-up siblings see this."""
    robots: Reply | None = None
    """None: there is none, 404."""
    forbidden: tuple[str, ...] = ()
    """Beginnings of paths that robots.txt forbids us, by hand: a second opinion on the rules."""
    permitted: tuple[str, ...] = ()
    """Beginnings of paths that are allowed all the same."""
    plain: bool = False
    """HTTP gives the same answers as HTTPS."""
    dns: Name = Name.KNOWN
    door: Door = Door.OPEN
    tls: Tls = Tls.GOOD
    ports: tuple[int, ...] = ()
    """Beside 443 and 80; HTTPS."""
    broken_connections: int = 0
    """So many connections are reset before the first answer."""

    def forbids(self, path: str) -> bool:
        """Whether its robots.txt forbids us that path."""
        if path == "/robots.txt" or any(map(path.startswith, self.permitted)):
            return False
        return any(map(path.startswith, self.forbidden))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One resource of a list, how its web behaves, and what the last night's check has to say."""

    name: str
    group: str
    title: str
    url: str
    category: str = "Reading"
    expected: str
    """`verdict/reason`, in the words of the database."""
    sites: tuple[Site, ...] = ()
    before: tuple[tuple[Site, ...], ...] = ()
    """The same web on earlier nights, oldest first."""
    suggested_url: str | None = None
    """None when it is not looked at."""
    warnings: frozenset[WarningCode] = field(default_factory=frozenset)
    """Which have to be among the check's."""
    excluded: bool = False
    """By configuration."""
    substitute: bool = False
    """Something else answers 200 in the resource's place."""
    living: bool = False
    """The page is the resource, and is there."""

    @property
    def verdict(self) -> Verdict:
        """The verdict it is labelled with."""
        return Verdict(self.expected.partition("/")[0])

    @property
    def reason(self) -> Reason:
        """The reason it is labelled with."""
        return Reason(self.expected.partition("/")[2])
