"""Pure: how the hosts of the list answer URLs that nobody ever published."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Custom:
    """How a host answered made-up URLs of one kind."""

    kind: str
    """What such URLs have in common: `judge.probes.probe_key`."""
    honest: bool
    """Whether all of them got 404 or 410."""
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeProfile:
    """What is remembered of a host's customs; it may acquit a page, and never convicts one."""

    origin: str
    customs: tuple[Custom, ...] = ()
    """In the order of their kinds, one for each."""
