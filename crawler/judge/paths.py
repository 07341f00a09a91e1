"""Pure: what the names in a URL's path say about the page behind it."""

import re
from itertools import pairwise
from urllib.parse import parse_qsl, unquote

from crawler import urls

SIGN_IN_NAMES = frozenset(
    {
        "anmelden",
        "authorize",
        "authwall",
        "connexion",
        "einloggen",
        "iniciar-sesion",
        "inloggen",
        "log-in",
        "log-on",
        "login",
        "login-form",
        "login-page",
        "loginform",
        "loginpage",
        "logon",
        "require-login",
        "servicelogin",
        "sign-in",
        "sign-on",
        "signin",
        "signon",
        "special:userlogin",
        "sso",
        "userlogin",
        "wp-login",
    }
)
SIGN_IN_PAIRS = frozenset(
    {
        ("adfs", "ls"),
        ("oauth2", "auth"),
        ("openid-connect", "auth"),
        ("session", "new"),
        ("sessions", "new"),
    }
)
SIGN_IN_HOSTS = frozenset({"login", "signin", "sso"})
"""Names of hosts within a registered domain."""
IDENTITY_PROVIDERS = frozenset(
    {
        "accounts.google.com",
        "appleid.apple.com",
        "auth.openai.com",
        "id.atlassian.com",
        "idmsa.apple.com",
        "passport.yandex.ru",
    }
)
"""Hosts where others send their visitors for signing in, whatever the path."""

CHALLENGE_HOSTS = frozenset({"geo.captcha-delivery.com", "validate.perfdrive.com"})
CHALLENGE_ENDS = frozenset(
    {("captcha",), ("sgcaptcha",), ("showcaptcha",), ("sorry", "index"), ("validatecaptcha",)}
)
"""Last names of a path."""

CONSENT_HOSTS = frozenset(
    {"consent", "consents", "cookie-consent", "guce", "myprivacy", "privacygate", "zustimmung"}
)
"""Names of hosts within a registered domain that ask for consent and show nothing else."""

MISSING_NAMES = frozenset(
    {
        "404",
        "404-error",
        "404-not-found",
        "404-page",
        "404error",
        "404notfound",
        "404page",
        "error-404",
        "error404",
        "not-found",
        "notfound",
        "page-not-found",
        "page404",
        "pagenotfound",
    }
)
MAINTENANCE_NAMES = frozenset(
    {"down-for-maintenance", "maintenance", "maintenance-mode", "under-maintenance", "wartung"}
)
ERROR_NAMES = frozenset({"error", "error-page", "errorpage"})

READING_NAMES = frozenset(
    {"article", "articles", "blog", "doc", "docs", "documentation", "tutorial", "tutorials"}
)
"""Below these, a name is what a page is about and not what it is for: `/docs/login`, `/docs/error`."""

RETURN_NAMES = frozenset(
    {
        "came-from",
        "continue",
        "dest",
        "destination",
        "next",
        "redirect",
        "redirect-to",
        "redirect-uri",
        "redirect-url",
        "redirecturl",
        "return",
        "return-to",
        "return-url",
        "returnto",
        "returnurl",
    }
)
"""Parameters of a query by which a page knows where its visitors want to go afterwards."""

_PARAMETERS_OR_EXTENSION = re.compile(r";.*|\.[a-z0-9]{1,6}(?:;.*)?$")


def leads_to_sign_in(url: str) -> bool:
    """Whether the page's purpose is signing in, by the names in its path or its host's own name."""
    names = _names(url)
    if urls.host(url) in IDENTITY_PROVIDERS:
        return True
    if not READING_NAMES.isdisjoint(names) and not _is_a_stop(url):
        return False
    in_path = not SIGN_IN_NAMES.isdisjoint(names) or not SIGN_IN_PAIRS.isdisjoint(pairwise(names))
    return in_path or not SIGN_IN_HOSTS.isdisjoint(_names_within_domain(url))


def _is_a_stop(url: str) -> bool:
    """Whether the page is on the way to another one."""
    parameters = (name for name, _ in parse_qsl(urls.without_fragment(url).partition("?")[2]))
    return any(name.lower().replace("_", "-") in RETURN_NAMES for name in parameters)


def leads_to_challenge(url: str) -> bool:
    """Whether the page's purpose is telling people from robots, by its host or the end of its path."""
    names = _names(url)
    if urls.host(url) in CHALLENGE_HOSTS:
        return True
    if not READING_NAMES.isdisjoint(names) or "wiki" in names:
        return False
    return not CHALLENGE_ENDS.isdisjoint({names[-1:], names[-2:]})


def leads_to_consent(url: str) -> bool:
    """Whether the page's purpose is asking for consent, by its host's own name."""
    return not CONSENT_HOSTS.isdisjoint(_names_within_domain(url))


def leads_to_missing_page(url: str) -> bool:
    """Whether the page is, by the last name of its path, the one that stands for missing pages."""
    names = _names(url)
    return bool(names) and (names[-1] in MISSING_NAMES or leads_to_error(url))


def leads_to_error(url: str) -> bool:
    """Whether the page is, by the last name of its path, the one that stands for errors of any kind."""
    names = _names(url)
    return bool(names) and names[-1] in ERROR_NAMES and READING_NAMES.isdisjoint(names)


def leads_to_maintenance(url: str) -> bool:
    """Whether the page is, by the last name of its path, a notice about work on the site."""
    names = _names(url)
    return bool(names) and names[-1] in MAINTENANCE_NAMES and READING_NAMES.isdisjoint(names)


FRONT_NAMES = frozenset({"home", "homepage", "main", "start", "startpage", "welcome"})
LANGUAGES = frozenset(
    """
    ar be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko lt lv
    mk mn ms nb nl nn no pl pt ro ru sk sl sq sr sv ta th tr uk ur uz vi zh
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Two-letter codes that sites make folders of. Source: ISO 639-1."""
FRONT_KEYS = frozenset(
    {"lang", "language", "locale", "hl", "ref", "source", "from", "redirect", "error"}
)
"""Parameters that leave a front page what it is."""

_LOCALE = re.compile(r"([a-z]{2})(?:-[a-z]{2,4})?")


def is_front(url: str) -> bool:
    """Whether the URL is, by its path, a site's front page, or that of a language."""
    names = _names(url)
    if len(names) > 2 or not _has_only(url, FRONT_KEYS):
        return False
    rest = names[1:] if names and _is_locale(names[0]) else names
    return not rest or (len(rest) == 1 and (rest[0] in FRONT_NAMES or is_index(url)))


def _has_only(url: str, keys: frozenset[str]) -> bool:
    query = urls.without_fragment(url).partition("?")[2]
    return not query or all(
        key in keys or key.startswith("utm_")
        for key, _ in parse_qsl(query, keep_blank_values=True)
    )


def _is_locale(name: str) -> bool:
    found = _LOCALE.fullmatch(name)
    return found is not None and found[1] in LANGUAGES


def is_index(url: str) -> bool:
    """Whether the path ends in the name of an index file."""
    return urls.path(url).rpartition("/")[2].lower().startswith(("index.", "default."))


def last_name(url: str) -> str:
    """The last name of the path, without extension; empty for the root."""
    return _names(url)[-1] if _names(url) else ""


def _names(url: str) -> tuple[str, ...]:
    segments = unquote(urls.path(url)).lower().replace("_", "-").split("/")
    return tuple(_PARAMETERS_OR_EXTENSION.sub("", segment) for segment in segments if segment)


def _names_within_domain(url: str) -> list[str]:
    host = urls.host(url)
    return host.removesuffix(urls.registrable_domain(host)).split(".")
