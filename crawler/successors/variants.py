"""Pure: the listed URL in other spellings, which many sites treat as the same or change to."""

from collections.abc import Iterator

from crawler import urls

_EXTENSIONS = (".html", ".htm", ".php", ".aspx", ".md", ".rst")


def variants(url: str) -> tuple[str, ...]:
    """Other spellings of a URL in normal form, the likeliest first, without its fragment.

    >>> variants("http://example.org/a/B.html")
    ('https://example.org/a/B.html', 'http://example.org/a/B/', 'http://example.org/a/B', 'http://example.org/a/b.html', 'http://www.example.org/a/B.html')
    """
    plain = urls.without_fragment(url)
    secure = plain.replace("http:", "https:", 1) if plain.startswith("http:") else plain
    host = urls.host(plain)
    other_host = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    has_www = urls.registrable_domain(host) in {host, host.removeprefix("www.")}
    found = [secure, *_other_ends(plain), _in_lower_case(plain)]
    if has_www and "." in host:
        found.append(plain.replace(host, other_host, 1))
    return tuple(dict.fromkeys(one for one in found if one != plain))


def _other_ends(url: str) -> Iterator[str]:
    path, mark, query = url.partition("?")
    rest = mark + query
    if path.endswith("/"):
        if path.count("/") > 3:
            yield path.removesuffix("/") + rest
            yield path.removesuffix("/") + ".html" + rest
        return
    extension = next((end for end in _EXTENSIONS if path.lower().endswith(end)), "")
    bare = path.removesuffix(path[len(path) - len(extension) :]) if extension else path
    if bare.lower().endswith("/index"):
        yield bare[: -len("index")] + rest
        return
    yield bare + "/" + rest
    yield (bare if extension else bare + ".html") + rest


def _in_lower_case(url: str) -> str:
    origin = urls.origin(url)
    return origin + url.removeprefix(origin).lower()
