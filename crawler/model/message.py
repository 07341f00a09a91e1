"""Pure: a message about a run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What people are told of a run, without anything that a service could read as a format."""

    title: str
    """One line."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A message that some services have not taken."""

    message: Message
    places: tuple[int, ...]
    """Which addresses of `notify.urls` did not take it, counted from 1."""
