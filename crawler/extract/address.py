"""Pure: the web addresses that a page refers to."""

from crawler import urls
from crawler.text import URL_LENGTH


def web_address(base: str, reference: str) -> str | None:
    """The absolute http(s) URL that the reference means; None when it means none, or is too long."""
    # Resolving removes hardly more than it adds, so what is too long before is so after.
    uri = urls.resolve(base, reference) if len(reference) <= URL_LENGTH else None
    if uri is None or len(uri) > URL_LENGTH or not uri.startswith(("http://", "https://")):
        return None
    return uri
