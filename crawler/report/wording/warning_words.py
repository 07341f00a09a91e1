"""Pure: a phrase for every warning."""

from crawler.model import WarningCode

WARNINGS: dict[WarningCode, str] = {
    WarningCode.TLS_EXPIRES_SOON: "its certificate expires soon",
    WarningCode.FRAGMENT_MISSING: "the URL's fragment is not on the page",
    WarningCode.INSECURE_HTTP: "not encrypted (http)",
    WarningCode.TEMPORARY_REDIRECT: "redirects temporarily",
    WarningCode.CANONICAL_ELSEWHERE: "the page names another address as its own",
    WarningCode.EMPTY_BODY: "the page is empty",
    WarningCode.SLOW: "slow",
    WarningCode.BODY_TRUNCATED: "longer than the part that was read",
    WarningCode.TITLE_MISMATCH: "the page's title does not fit the list's",
    WarningCode.NOINDEX: "asks search engines to leave it out",
    WarningCode.SCRIPT_SHELL: "drawn by a script, so its text could not be read",
}
EXPIRES_ON = "its certificate expires on {date}"
