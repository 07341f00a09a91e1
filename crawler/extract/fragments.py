"""Pure: whether a page has the element that a URL's fragment names."""

from urllib.parse import unquote

from crawler.extract.marks import Markup

_DIRECTIVE = ":~:"
"""What follows is only for browsers. Source: URL fragment text directives, §3.1."""
_ROUTES = ("!", "/")
"""Beginnings of fragments that a script reads: `#!/route`, `#/route`."""
_PREFIXES = ("", "user-content-")
"""GitHub puts the second before ids in its users' texts; a script of its pages removes it again."""


def fragment_found(markup: Markup, url: str, *, complete: bool) -> bool | None:
    """Whether an element has the fragment as its id, or an `<a>` as its name; None when unknown.

    That is the case without a fragment, for a script's route, and if only a part of the page was read.
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
    if not wanted.isdisjoint(markup.ids):
        return True
    anchors = {node.attributes.get("name") for node in markup.tree.css("a[name]")}
    if not wanted.isdisjoint(anchors):
        return True
    return False if complete else None
