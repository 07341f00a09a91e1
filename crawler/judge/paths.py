"""Pure: what a URL's path and host say about the page behind it: a sign-in page, a front page, ..."""

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
"""Host names below a registrable domain, such as `login` in `login.example.org`."""
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
"""Hosts to which other sites send their visitors for signing in, whatever the path."""

CHALLENGE_HOSTS = frozenset({"geo.captcha-delivery.com", "validate.perfdrive.com"})
CHALLENGE_ENDS = frozenset(
    {("captcha",), ("sgcaptcha",), ("showcaptcha",), ("sorry", "index"), ("validatecaptcha",)}
)
"""How the path ends."""

CONSENT_HOSTS = frozenset(
    """
    consent consent-manager consents cookie-consent cookie-wall cookiewall guce myprivacy privacy-gate
    privacygate zustimmung
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Host names below a registrable domain that ask for consent and show nothing else."""
CONSENT_NAMES = frozenset(
    """
    accept-cookies collectconsent consent consent-page consent-wall cookie-consent cookie-wall cookieconsent
    cookies cookiewall gdpr gdpr-consent privacy privacy-consent privacy-gate privacy-wall privacygate
    """.split()  # noqa: SIM905 - likewise
)
"""How the path ends."""

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
"""Below these, a name is the subject of a page and not its purpose: `/docs/login`, `/docs/error`."""

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
"""Query parameters with the URL to which visitors return afterwards."""

_PARAMETERS_OR_EXTENSION = re.compile(r";.*|\.[a-z0-9]{1,6}(?:;.*)?$")


def is_sign_in_page(url: str) -> bool:
    """Whether the page's purpose is signing in, by its host or the names in its path."""
    if urls.host(url) in IDENTITY_PROVIDERS:
        return True
    names = _names(url)
    if not READING_NAMES.isdisjoint(names) and not _has_return_parameter(url):
        return False
    in_path = not SIGN_IN_NAMES.isdisjoint(names) or not SIGN_IN_PAIRS.isdisjoint(pairwise(names))
    return in_path or not SIGN_IN_HOSTS.isdisjoint(_names_below_domain(url))


def _has_return_parameter(url: str) -> bool:
    parameters = (name for name, _ in parse_qsl(urls.without_fragment(url).partition("?")[2]))
    return any(name.lower().replace("_", "-") in RETURN_NAMES for name in parameters)


def is_challenge_page(url: str) -> bool:
    """Whether the page's purpose is telling people from robots, by its host or the end of its path."""
    if urls.host(url) in CHALLENGE_HOSTS:
        return True
    names = _names(url)
    if not READING_NAMES.isdisjoint(names) or "wiki" in names:
        return False
    return not CHALLENGE_ENDS.isdisjoint({names[-1:], names[-2:]})


def is_consent_page(url: str) -> bool:
    """Whether the page's purpose is asking for consent, by its host."""
    return not CONSENT_HOSTS.isdisjoint(_names_below_domain(url))


def is_consent_path(url: str, source: str) -> bool:
    """Whether the path ends like that of a consent page, and the query says to lead back to `source`."""
    names, query = _names(url), urls.without_fragment(url).partition("?")[2]
    leads_back = any(urls.host(source) in value for _, value in parse_qsl(query))
    return bool(names) and names[-1] in CONSENT_NAMES and leads_back


def is_missing_page(url: str) -> bool:
    """Whether the last name of the path is that of a site's page for missing pages or for errors."""
    names = _names(url)
    return bool(names) and (names[-1] in MISSING_NAMES or is_error_page(url))


def is_error_page(url: str) -> bool:
    """Whether the last name of the path is that of a site's page for errors of any kind."""
    names = _names(url)
    return bool(names) and names[-1] in ERROR_NAMES and READING_NAMES.isdisjoint(names)


def is_maintenance_page(url: str) -> bool:
    """Whether the last name of the path is that of a maintenance notice."""
    names = _names(url)
    return bool(names) and names[-1] in MAINTENANCE_NAMES and READING_NAMES.isdisjoint(names)


FRONT_NAMES = frozenset({"home", "homepage", "main", "start", "startpage", "welcome"})
LANGUAGES = frozenset(
    """
    ar be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko lt lv
    mk mn ms nb nl nn no pl pt ro ru sk sl sq sr sv ta th tr uk ur uz vi zh
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Two-letter codes that sites use as folder names. Source: ISO 639-1."""
FRONT_KEYS = frozenset(
    {"lang", "language", "locale", "hl", "ref", "source", "from", "redirect", "error"}
)
"""Query parameters with which a front page is still a front page, besides `utm_*`."""

_LOCALE = re.compile(r"([a-z]{2})(?:-[a-z]{2,4})?")


def is_front_page(url: str) -> bool:
    """Whether the URL is, by its path and query, a site's front page, or that of a language."""
    names = _names(url)
    if len(names) > 2 or is_chosen_by_query(url):
        return False
    rest = names[1:] if names and _is_locale(names[0]) else names
    return not rest or (len(rest) == 1 and (rest[0] in FRONT_NAMES or is_index_file(url)))


def is_chosen_by_query(url: str) -> bool:
    """Whether the query has other parameters than those with which a page is still the same page."""
    query = urls.without_fragment(url).partition("?")[2]
    return bool(query) and not all(
        key in FRONT_KEYS or key.startswith("utm_")
        for key, _ in parse_qsl(query, keep_blank_values=True)
    )


def _is_locale(name: str) -> bool:
    found = _LOCALE.fullmatch(name)
    return found is not None and found[1] in LANGUAGES


def is_home_of(deep: str, front: str) -> bool:
    """Whether `front` is the front page of the site that `deep` belongs to.

    That is the front page of the same host or of its registrable domain; another host of the
    domain is another site. A leading `www.` does not count.
    """
    if not is_front_page(front):
        return False
    own, other = (urls.host(url).removeprefix("www.") for url in (deep, front))
    return other in {own, urls.registrable_domain(own)}


def is_index_file(url: str) -> bool:
    """Whether the path ends in the name of an index file."""
    return urls.path(url).rpartition("/")[2].lower().startswith(("index.", "default."))


def last_name(url: str) -> str:
    """The last name of the path, without extension; that of the folder of an index file; empty for the root."""
    names = _names(url)
    if is_index_file(url):
        names = names[:-1]
    return names[-1] if names else ""


def _names(url: str) -> tuple[str, ...]:
    """The names in the path, in lower case, without extensions, and with `-` for `_`."""
    segments = unquote(urls.path(url)).lower().replace("_", "-").split("/")
    return tuple(_PARAMETERS_OR_EXTENSION.sub("", segment) for segment in segments if segment)


def _names_below_domain(url: str) -> list[str]:
    host = urls.host(url)
    return host.removesuffix(urls.registrable_domain(host)).split(".")
