"""Pure: the web addresses that a page refers to."""

from crawler import urls
from crawler.text import URL_LENGTH


def web_address(base: str, reference: str) -> str | None:
    """The absolute http(s) URL of a reference; None when it is none, or is too long."""
    # Resolving hardly shortens a reference, so one that is too long stays too long.
    url = urls.resolve(base, reference) if len(reference) <= URL_LENGTH else None
    if url is None or len(url) > URL_LENGTH or not url.startswith(("http://", "https://")):
        return None
    return url
