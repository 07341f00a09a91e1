"""Pure: user names and passwords taken out of URLs, and of other text that looks like one."""

import re

from crawler.urls.parts import problem

_NEXT_URL = re.compile(r"(?<=[\s,;|])(?=[a-z][a-z0-9+.-]*://)", re.IGNORECASE)
_USERINFO = re.compile(r"(:[\\/]{2,})[^\\/?#]*@")
# In text that is no URL, signs that look like an at sign count as one.
_AT_SIGN = re.compile(r"@|\uff20|\ufe6b|%40")
_START = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:[\\/\s]*[\\/]|(?:data|javascript|sips?):|)", re.I)
_MAIL_SCHEMES = ("acct:", "mailto:", "xmpp:")
"""Schemes whose at sign is part of an address and comes after no secret."""


def without_userinfo(text: str) -> str:
    """The text without user names and passwords, otherwise as written.

    In a URL, and in any URL inside it, these are before the `@` of the authority. In text that is no
    URL, everything that may be one is removed: in doubt too much. A text that is no URL never becomes
    one.

    >>> without_userinfo("http://user:p/w@exa mple.org")
    'http://exa mple.org'
    """
    if not _AT_SIGN.search(text):
        return text
    kept = "".join(map(_without_userinfo, _NEXT_URL.split(text)))
    if problem(text) and not problem(kept):
        return _beginning(text)
    return kept


def _without_userinfo(text: str) -> str:
    if problem(text) is None:
        return _USERINFO.sub(r"\1", text)
    start = _beginning(text)
    if start == "" and "//" not in text and text.lower().startswith(_MAIL_SCHEMES):
        return text
    # A scheme other than http may be a user name; in `medium.com/@name` the at sign is in the path.
    begin = len(start)
    user = begin if start.lower().startswith("http") else 0
    at = list(_AT_SIGN.finditer(text, begin))
    if not at or ("/" in text[begin : at[0].start()] and ":" not in text[user : at[-1].start()]):
        return text
    return start + text[at[-1].end() :]


def _beginning(text: str) -> str:
    found = _START.match(text)
    return found[0] if found else ""
