"""Pure: the settings in force that reach further than the web, or trust more than is usual."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.config.settings import HostSettings, Settings, is_credential
from crawler.text import clean

_LENGTH = 300
"""Characters of a sentence."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A setting in force that reaches further than the web."""

    key: str
    text: str
    """What it does, in a sentence with the key and without any secret."""


def reach(settings: Settings) -> tuple[Reach, ...]:
    """All such settings."""
    found = (
        *_of_all(settings),
        *(one for name, host in settings.hosts for one in _of(name, host)),
    )
    return tuple(Reach(clean(key), clean(text.format(key=key), _LENGTH)) for key, text in found)


def _of_all(settings: Settings) -> Iterator[tuple[str, str]]:
    fetch = settings.fetch
    places = ", ".join(f"{place} at {address}" for place, address in fetch.resolve)
    if settings.variables:
        sent = "; ".join(settings.variables)
        yield "environment variables", f"Sent to hosts are the {{key}} {_plain(sent)}."
    if fetch.allow_private:
        named = ", ".join(fetch.allow_private)
        yield "fetch.allow_private", f"Private addresses may be asked ({{key}}): {_plain(named)}."
    if fetch.resolve:
        yield "fetch.resolve", f"Connections go elsewhere ({{key}}): {_plain(places)}."
    if settings.schedule.ping_url:
        # Without its address, which is a secret.
        yield "schedule.ping_url", "A service is told when each run begins and ends ({key})."
    if fetch.ca_bundle:
        named = _plain(fetch.ca_bundle)
        yield "fetch.ca_bundle", f"More certificate authorities are trusted ({{key}}): {named}."


def _of(name: str, host: HostSettings) -> Iterator[tuple[str, str]]:
    names = ", ".join(field for field, _ in host.headers if is_credential(field))
    table = f'hosts."{name}"'
    if names:
        yield f"{table}.headers", f"Credentials are sent to {name} ({{key}}): {names}."
    if names and host.credentials_over_http:
        text = f"They are sent to {name} without encryption too ({{key}})."
        yield f"{table}.credentials_over_http", text
    if names and host.show_pages:
        yield f"{table}.show_pages", f"What they open at {name} is stored and reported ({{key}})."
    if host.insecure:
        yield f"{table}.insecure", f"The certificate of {name} is not checked ({{key}})."


def _plain(text: str) -> str:
    """The text, with braces that mean themselves."""
    return text.replace("{", "{{").replace("}", "}}")
