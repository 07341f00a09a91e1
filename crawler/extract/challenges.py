"""Pure: pages with which bot filters ask for proof of a human, recognized by their markup.

A row names what is only on the filter's own page. What it puts into every page that it guards
(Cloudflare's `/scripts/jsd/`, `check.ddos-guard.net`, `js.datadome.co`, `SWJIYLWA`), and a form's
captcha widget, do not count.
"""

import re
from dataclasses import replace

from crawler.extract.marks import Mark, Markup, marks_in
from crawler.extract.visible_text import VisibleText
from crawler.model import Page

MAX_WORDS = 250
"""A page with this many words is more than a challenge, whatever else is on it."""
MAX_NOINDEX_WORDS = 1000
"""The same for a page that search engines are told to leave out."""
_MAX_LETTERS = 20
"""Characters for each of these words; a longer text has more words."""
_MAX_MARKUP = 65_536
"""Characters of markup that are searched; a filter's page is short."""


def _title(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


CHALLENGES: tuple[Mark, ...] = (
    Mark(
        code="challenge_cloudflare",
        contains=("_cf_chl_opt", "cf-challenge-running", "cf-browser-verification"),
    ),
    Mark(
        code="challenge_cloudflare",
        contains=("challenge-form",),
        selector="form#challenge-form[action*='__cf_chl_']",
    ),
    Mark(
        code="challenge_cloudflare",
        contains=("/cdn-cgi/challenge-platform/h/",),
        markup=re.compile(r"/cdn-cgi/challenge-platform/h/[a-z]/orchestrate/"),
    ),
    Mark(code="challenge_aws", contains=("window.gokuProps",)),
    Mark(code="challenge_vercel", title=_title("vercel security checkpoint"), selector="script"),
    Mark(code="challenge_vercel", contains=("/.well-known/vercel/security/",)),
    Mark(
        code="challenge_datadome",
        contains=("captcha-delivery.com/",),
        selector="script[src*='captcha-delivery.com/'], iframe[src*='captcha-delivery.com/']",
    ),
    Mark(
        code="challenge_datadome",
        contains=("geo.captcha-delivery.com",),
        markup=re.compile(r"""['"]host['"]\s*:\s*['"]geo\.captcha-delivery\.com"""),
    ),
    Mark(
        code="challenge_imperva",
        contains=("_Incapsula_Resource?CWUDNSAI", "_Incapsula_Resource?SWUDNSAI"),
        selector="iframe[src*='_Incapsula_Resource']",
    ),
    Mark(
        code="challenge_imperva",
        # A page with nothing but the script that is on ordinary pages, too
        contains=("_Incapsula_Resource?SWJIYLWA",),
        # It begins with `html`, because `:has` searches all descendants of each element it is tried on.
        selector=(
            "html:not(:has(script:not([src*='_Incapsula_Resource']))):not(:has(body *))"
            ":has(script[src*='_Incapsula_Resource'])"
        ),
    ),
    Mark(code="challenge_imperva", title=_title("pardon our interruption"), selector="script"),
    Mark(code="challenge_akamai", contains=("/_sec/cp_challenge/",)),
    Mark(
        code="challenge_akamai",
        contains=("triggerInterstitialChallenge", "/_sec/verify?provider="),
    ),
    Mark(
        code="challenge_human",
        contains=("px-captcha",),
        selector="#px-captcha, #px-captcha-wrapper",
    ),
    Mark(
        code="challenge_human",
        title=_title(r"access to this page has been denied\.?"),
        contains=("_pxAppId",),
    ),
    Mark(code="challenge_sucuri", contains=("sucuri_cloudproxy_js",)),
    Mark(code="challenge_ddos_guard", contains=("/.well-known/ddos-guard/",)),
    Mark(
        code="challenge_anubis",
        contains=("anubis_challenge", "anubis_version"),
        selector="script:is(#anubis_challenge, #anubis_version)",
    ),
    Mark(code="challenge_anubis", contains=("/.within.website/x/cmd/anubis/",)),
    Mark(code="challenge_go_away", contains=(".gammaspectra.live/git/go-away/",)),
    Mark(code="challenge_basedflare", contains=("/.basedflare/",)),
    Mark(
        code="challenge_kasada",
        contains=("window.KPSDK=", "window.KPSDK ="),
        selector="script[src*='/ips.js']",
    ),
    Mark(code="challenge_f5", contains=('window["failureConfig"]', "window['failureConfig']")),
    Mark(
        code="challenge_f5",
        title=_title("request rejected"),
        contains=("support ID", "Support ID"),
    ),
    Mark(code="challenge_f5", contains=("challenge(",), selector="body[onload^='challenge(']"),
    Mark(
        code="challenge_google",
        contains=("captcha-form",),
        selector="form#captcha-form .g-recaptcha[data-s]",
    ),
    Mark(code="challenge_google", contains=("google.com/recaptcha/challengepage/",)),
    Mark(code="challenge_amazon", contains=("/errors/validateCaptcha",)),
    Mark(code="challenge_yandex", contains=("/checkcaptcha?",)),
    Mark(code="challenge_fastly", title=_title("client challenge"), contains=("/_fs-ch-",)),
    Mark(code="challenge_siteground", title=_title("robot challenge screen")),
    Mark(
        code="challenge_siteground",
        contains=("/.well-known/sgcaptcha/?r=", "/.well-known/captcha/?r="),
    ),
    Mark(
        code="challenge_imunify",
        title=_title(r"one moment, please\.\.\."),
        contains=("wsidchk",),
    ),
    Mark(
        code="challenge_wordfence",
        title=_title("your access to this site has been limited(?: by the site owner)?"),
    ),
    Mark(code="challenge_radware", contains=("validate.perfdrive.com/",)),
    Mark(
        code="challenge_radware",
        title=_title("(?:radware (?:bot manager )?|shieldsquare )captcha(?: page)?"),
    ),
    Mark(code="challenge_reblaze", contains=("rbzns={bereshit", "rbzns = {bereshit")),
    Mark(code="challenge_qrator", contains=("/__qrator/",)),
    Mark(code="challenge_safeline", contains=("/.safeline/",)),
    Mark(code="challenge_edgeone", contains=("EO_Bot_Ssid", "__tst_status")),
    Mark(code="challenge_alibaba", contains=("acw_sc__v2", "acw_sc__v3", "/_____tmd_____/punish")),
    Mark(code="challenge_azure", contains=("azwaf_jsclearance", "azwaf_captchaclearance")),
    Mark(code="challenge_distil", contains=("distil_r_captcha", "distil_r_blocked")),
    Mark(code="challenge_reddit", title=_title("reddit - please wait for verification")),
    # Of no particular filter: they need a title and something to solve, and count on short pages only
    Mark(
        code="captcha_named",
        title=_title(
            r"(?:please )?(?:(?:verify|confirm|prove)(?: that)? you(?: a|.)re (?:a )?human"
            r"|are you (?:a |an )?(?:human|robot)\??|human verification|robot check|bot verification"
            r"|bot check|checking your browser.*|checking you are not a bot|ddos-guard"
            r"|just a moment\.*|one moment,? please\.*|security (?:check|verification)"
            r"|(?:security )?captcha(?: (?:check|page|verification))?|unusual traffic.*)"
        ),
        selector="script, iframe[src*='captcha'], img[src*='captcha'], form",
    ),
    Mark(
        code="captcha_widget",
        contains=("g-recaptcha", "h-captcha", "cf-turnstile", "/recaptcha/"),
        selector=(
            "body:not(:has(input:not([type='hidden'], [type='submit']), select))"
            ":has(.g-recaptcha, .h-captcha, .cf-turnstile, iframe[src*='/recaptcha/'])"
        ),
    ),
)
"""The most certain rows come first."""


_FAMILIES = ("challenge_", "captcha_")
"""How the codes of these marks begin, and of no others."""


def challenge_in(page: Page) -> Page | None:
    """A bot filter's page with its marks and numbers, without words; None for any other page."""
    codes = tuple(code for code in page.marks if code.startswith(_FAMILIES))
    if not codes:
        return None
    return Page(
        kind=page.kind,
        word_count=page.word_count,
        scripts=page.scripts,
        noindex=page.noindex,
        marks=codes,
    )


def may_be_challenge(visible: VisibleText, *, noindex: bool) -> bool:
    """Whether a page with this text may be nothing but a challenge."""
    most = MAX_NOINDEX_WORDS if noindex else MAX_WORDS
    return len(visible.whole) <= most * _MAX_LETTERS and visible.words < most


def challenge_marks(markup: Markup, text: str) -> tuple[str, ...]:
    """The codes of the marks in the markup.

    A piece of markup that is in the page's visible text is its subject, and does not count.
    """
    rows = (
        row for row in CHALLENGES if row.title or not any(part in text for part in row.contains)
    )
    return marks_in(replace(markup, text=markup.text[:_MAX_MARKUP]), tuple(rows))
