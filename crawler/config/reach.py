"""Pure: the settings in force that reach further than the web, or trust more than is usual."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.config.settings import LOCAL_CLUSTER, HostSettings, Settings, is_credential
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
        *_of_cluster(settings.crawl.cluster),
        *(one for name, host in settings.hosts for one in _of(name, host)),
    )
    return tuple(Reach(clean(one.key), clean(one.text, _LENGTH)) for one in found)


def _of_all(settings: Settings) -> Iterator[Reach]:
    fetch = settings.fetch
    if settings.variables:
        key = "environment variables"
        yield Reach(key, f"Sent to hosts are the {key} {'; '.join(settings.variables)}.")
    if fetch.allow_private:
        key, named = "fetch.allow_private", ", ".join(fetch.allow_private)
        yield Reach(key, f"Private addresses may be asked ({key}): {named}.")
    if fetch.resolve:
        key = "fetch.resolve"
        places = ", ".join(f"{place} at {address}" for place, address in fetch.resolve)
        yield Reach(key, f"Connections go elsewhere ({key}): {places}.")
    if settings.schedule.ping_url:
        key = "schedule.ping_url"
        # Without its address, which is a secret.
        yield Reach(key, f"A service is told when each run begins and ends ({key}).")
    if settings.archive.endpoint:
        key = "archive.endpoint"
        yield Reach(key, f"An archive is asked for lost pages, by their URLs ({key}).")
    if settings.notify.urls:
        key = "notify.urls"
        yield Reach(key, f"Messages about runs go to services ({key}).")
    if fetch.ca_bundle:
        key = "fetch.ca_bundle"
        yield Reach(key, f"More certificate authorities are trusted ({key}): {fetch.ca_bundle}.")


def _of_cluster(address: str) -> Iterator[Reach]:
    if address not in {"", LOCAL_CLUSTER}:
        key = "crawl.cluster"
        yield Reach(key, f"Other machines crawl, and are sent the settings ({key}): {address}.")


def _of(name: str, host: HostSettings) -> Iterator[Reach]:
    names = ", ".join(field for field, _ in host.headers if is_credential(field))
    table = f'hosts."{name}"'
    if names:
        key = f"{table}.headers"
        yield Reach(key, f"Credentials are sent to {name} ({key}): {names}.")
    if names and host.credentials_over_http:
        key = f"{table}.credentials_over_http"
        yield Reach(key, f"They are sent to {name} without encryption too ({key}).")
    if names and host.show_pages:
        key = f"{table}.show_pages"
        yield Reach(key, f"What they open at {name} is stored and reported ({key}).")
    if host.insecure:
        key = f"{table}.insecure"
        yield Reach(key, f"The certificate of {name} is not checked ({key}).")
