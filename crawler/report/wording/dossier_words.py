"""Pure: words that only `crawler status` and `crawler noise` need: outages, redirects, probes, what is left out."""

from crawler.model import Ending, Landing, ProbeKind, RedirectKind

ENDINGS: dict[Ending, str] = {
    Ending.RECOVERED: "Then it worked again.",
    Ending.ACCEPTED: "Then its page was accepted.",
    Ending.FIXED_IN_LIST: "Then the list got another URL.",
    Ending.REMOVED: "Then its row was removed.",
}
"""How an outage ended."""

REDIRECTS: dict[RedirectKind, str] = {
    RedirectKind.LOCATION: "from",
    RedirectKind.REFRESH_FIELD: "by its Refresh field from",
    RedirectKind.META_REFRESH: "by its page from",
}
"""Between the status code and the URL of a redirect."""

PROBES: dict[ProbeKind, str] = {
    ProbeKind.SIBLING: "made-up URL beside it",
    ProbeKind.HOME: "front page",
}

LANDINGS: dict[Landing, str] = {
    Landing.ITSELF: "",
    Landing.HOME: " at the front page",
    Landing.WITH_RESOURCE: " at the same place as the resource",
    Landing.MISSING_PAGE: " at a page for missing pages",
    Landing.SIGN_IN: " at a log-in page",
    Landing.ELSEWHERE: " elsewhere",
}
"""Where the redirects of a probe led; stands after its status code."""

LEFT_OUT = (
    "and {more} more. {reports}/findings/ has the links that do not simply work, "
    "`crawler status PATTERN` shows those that fit, and --json prints all of these."
)
"""Below the table of `crawler status`, of a long list."""
MORE_FIT = "{more} more fit; --json prints all of them."
MORE_NOISE = "and {more} more; name those that you want to see."
