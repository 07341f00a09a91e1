"""Pure: whether a page has the place that a URL's fragment names."""

from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from crawler.extract.marks import Markup

_DIRECTIVE = ":~:"
"""What follows is for the browser alone. Source: URL fragment text directives, §3.1."""
_ROUTES = ("!", "/")
"""Fragments that a script reads: `#!/route`, `#/route`."""
_PREFIXES = ("", "user-content-")
"""GitHub puts the second before the ids of what its users write, and its script takes it off."""


def fragment_found(markup: Markup, url: str, *, complete: bool) -> bool | None:
    """Whether an element has the fragment as id, or an anchor as name; None when that says nothing.

    Which is so without a fragment, for a script's route, and when a part of the page is missing.
    Source: HTML standard, §7.4.6.3 (finding a potential indicated element).
    """
    _, sign, whole = url.partition("#")
    fragment, _, _ = whole.partition(_DIRECTIVE)
    if not sign or fragment.startswith(_ROUTES):
        return None
    decoded = unquote(fragment)
    if fragment == "" or decoded.lower() == "top":
        return True
    wanted = {prefix + name for name in (fragment, decoded) for prefix in _PREFIXES}
    if not wanted.isdisjoint(markup.ids) or not wanted.isdisjoint(_names(markup.tree)):
        return True
    return False if complete else None


def _names(tree: LexborHTMLParser) -> set[str | None]:
    return {node.attributes.get("name") for node in tree.css("a[name]")}
