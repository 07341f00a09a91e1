"""IO: which pages need not be sent again, and the settings that decide what is read of them."""

import hashlib
from collections.abc import Callable

from crawler import __version__
from crawler.config import Settings
from crawler.model import Resource, Validators
from crawler.store import Store


def validators_of(store: Store, settings: Settings) -> Callable[[Resource], Validators | None]:
    """Gives the validators of a resource's page; None for a URL that was replaced since.

    Other request fields may bring another page (RFC 9110 §12.5), and other rules may read it
    differently: after a change of such settings or of the version, all pages are requested anew.
    """
    digest, is_wanted = settings_digest(settings), settings.fetch.conditional

    def of(resource: Resource) -> Validators | None:
        return store.resources.validators(resource, digest) if is_wanted else None

    return of


def settings_digest(settings: Settings) -> str:
    """SHA-256 of the settings that decide which page a server sends, and what is read of it."""
    read = (__version__, settings.user_agent, settings.fetch.max_body_bytes, settings.hosts)
    return hashlib.sha256(repr(read).encode()).hexdigest()
