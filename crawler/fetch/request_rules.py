"""IO: what holds for all requests of an attempt: where it may go, and how much of a response it reads."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from crawler.fetch.attempt_budget import AttemptBudget
from crawler.model import Failure, NotAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a URL must not be requested."""

    outcome: NotAsked | Failure
    may_pass: bool = True
    """Whether the next attempt may be allowed."""
    retry_after: float | None = None
    """Seconds that the server wants us to wait before the next attempt."""


class Gate(Protocol):
    """Decides whether a URL may be requested."""

    async def __call__(self, url: str, budget: AttemptBudget, /) -> Refusal | None:
        """None when the URL may be requested; called before every hop, while no turn is held.

        The gate's own requests are paid for by the attempt's budget.
        """


class PagesToRead(Enum):
    """Which responses are read as pages. The refresh in a page that is read is followed."""

    NONE = auto()
    """Contents are kept as they are, of whatever type."""
    SUCCESSFUL = auto()
    """Responses with a 2xx status code."""
    ALL = auto()
    """Error responses too: they may be a bot filter's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRules:
    """What holds for all requests of an attempt."""

    gate: Gate
    max_redirects: int
    max_body_bytes: int
    pages: PagesToRead
    is_conditional: bool = False
    """Whether a target that has not changed may be answered with 304 (RFC 9110 §13)."""
