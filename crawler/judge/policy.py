"""Pure: what a judgement is told besides the evidence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The settings that a judgement depends on, for the host of the resource."""

    tls_expiry_days: int = 14
    slow_seconds: float = 5
    accept: tuple[int, ...] = ()
    """Status codes that count as `ok`, whatever else comes with them."""
