"""Pure: the pages by which bot filters ask for proof of a human, known by their markup.

A row names what stands on the filter's own page alone. What it puts into every page that it guards
(Cloudflare's `/scripts/jsd/`, `check.ddos-guard.net`, `js.datadome.co`, `SWJIYLWA`), and the widget of
a form, is no row.
"""

import re

from crawler.extract.marks import Mark

CHALLENGE_WORDS = 250
"""A page with this many words is more than a challenge, whatever else is on it."""


def _markup(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _title(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


CHALLENGES: tuple[Mark, ...] = (
    Mark(
        code="challenge_cloudflare",
        markup=_markup(
            r"\b_cf_chl_opt\b|/cdn-cgi/challenge-platform/h/[a-z]/orchestrate/|\b__cf_chl_"
        ),
    ),
    Mark(
        code="challenge_cloudflare",
        selector="#cf-challenge-running, #challenge-form[action*='__cf_chl'], .cf-browser-verification",
    ),
    Mark(code="challenge_aws", markup=_markup(r"\bwindow\.gokuProps\b")),
    Mark(code="challenge_vercel", title=_title("vercel security checkpoint"), selector="script"),
    Mark(code="challenge_vercel", sources=("/.well-known/vercel/security/",)),
    Mark(code="challenge_datadome", sources=("captcha-delivery.com/",)),
    Mark(
        code="challenge_datadome",
        markup=_markup(r"""['"]host['"]\s*:\s*['"]geo\.captcha-delivery\.com"""),
    ),
    Mark(
        code="challenge_imperva",
        selector="iframe:is([src*='_Incapsula_Resource?CWUDNSAI'], [src*='_Incapsula_Resource?SWUDNSAI'])",
    ),
    Mark(
        code="challenge_imperva",
        # Nothing but the script that is on ordinary pages too
        selector=(
            "html:not(:has(script:not([src*='_Incapsula_Resource']))):not(:has(body *))"
            " script[src*='_Incapsula_Resource?SWJIYLWA']"
        ),
    ),
    Mark(code="challenge_imperva", title=_title("pardon our interruption"), selector="script"),
    Mark(code="challenge_akamai", sources=("/_sec/cp_challenge/",)),
    Mark(code="challenge_akamai", selector="#sec-if-cpt-container, #sec-cpt-if"),
    Mark(
        code="challenge_akamai",
        markup=_markup(r"\btriggerInterstitialChallenge\b|/_sec/verify\?provider=interstitial"),
    ),
    Mark(code="challenge_human", selector="#px-captcha, #px-captcha-wrapper"),
    Mark(
        code="challenge_human",
        title=_title(r"access to this page has been denied\.?"),
        markup=_markup(r"\b_pxAppId\b"),
    ),
    Mark(code="challenge_sucuri", markup=_markup(r"\bsucuri_cloudproxy_js\b")),
    Mark(code="challenge_ddos_guard", sources=("/.well-known/ddos-guard/",)),
    Mark(code="challenge_anubis", selector="script:is(#anubis_challenge, #anubis_version)"),
    Mark(code="challenge_anubis", sources=("/.within.website/x/cmd/anubis/",)),
    Mark(code="challenge_go_away", sources=(".gammaspectra.live/git/go-away/",)),
    Mark(code="challenge_basedflare", sources=("/.basedflare/",)),
    Mark(
        code="challenge_kasada",
        markup=_markup(r"\bwindow\.KPSDK\s*=\s*\{\s*\}"),
        sources=("/ips.js",),
    ),
    Mark(code="challenge_f5", markup=_markup(r"""\bwindow\[["']failureConfig["']\]""")),
    Mark(
        code="challenge_f5",
        title=_title("request rejected"),
        markup=_markup(r"[Ss]upport ID(?: is)?:"),
    ),
    Mark(code="challenge_f5", selector="body[onload^='challenge(']"),
    Mark(code="challenge_google", selector="form#captcha-form"),
    Mark(code="challenge_google", sources=("google.com/recaptcha/challengepage/",)),
    Mark(code="challenge_amazon", sources=("/errors/validatecaptcha",)),
    Mark(code="challenge_yandex", sources=("/checkcaptcha?",)),
    Mark(code="challenge_fastly", title=_title("client challenge"), sources=("/_fs-ch-",)),
    Mark(code="challenge_siteground", title=_title("robot challenge screen")),
    Mark(code="challenge_siteground", markup=_markup(r"/\.well-known/(?:sg)?captcha/\?r=")),
    Mark(
        code="challenge_imunify",
        title=_title(r"one moment, please\.\.\."),
        markup=_markup(r"\bwsidchk\b"),
    ),
    Mark(
        code="challenge_wordfence",
        title=_title("your access to this site has been limited(?: by the site owner)?"),
    ),
    Mark(code="challenge_radware", sources=("validate.perfdrive.com/",)),
    Mark(
        code="challenge_radware",
        title=_title("(?:radware (?:bot manager )?|shieldsquare )captcha(?: page)?"),
    ),
    Mark(code="challenge_reblaze", markup=_markup(r"\bwindow\.rbzns\s*=")),
    Mark(code="challenge_qrator", sources=("/__qrator/",)),
    Mark(code="challenge_edgeone", markup=_markup(r"\bEO_Bot_Ssid\b|\b__tst_status\b")),
    Mark(code="challenge_alibaba", markup=_markup(r"\bacw_sc__v[23]\b|/_____tmd_____/punish\b")),
    Mark(
        code="challenge_azure", markup=_markup(r"\bazwaf_(?:js|captcha)clearance\b|\bafd_azwaf_")
    ),
    Mark(code="challenge_distil", markup=_markup(r"\bdistil_r_(?:captcha|blocked)\b")),
    Mark(code="challenge_reddit", title=_title("reddit - please wait for verification")),
    # No filter's own, so they need the title and something to solve, and are for short pages alone
    Mark(
        code="captcha_title",
        title=_title(
            r"(?:please )?(?:(?:verify|confirm|prove)(?: that)? you(?: a|')re (?:a )?human"
            r"|are you (?:a |an )?(?:human|robot)\??|human verification|robot check|bot verification"
            r"|bot check|checking your browser.*|checking you are not a bot|ddos-guard"
            r"|just a moment\.*|one moment,? please\.*|security (?:check|verification)"
            r"|(?:security )?captcha(?: (?:check|page|verification))?|unusual traffic.*)"
        ),
        selector="script, iframe[src*='captcha'], img[src*='captcha'], form",
    ),
    Mark(
        code="captcha_widget",
        selector=(
            "body:not(:has(input:not([type='hidden'], [type='submit']), select))"
            " :is(.g-recaptcha, .h-captcha, .cf-turnstile, iframe[src*='/recaptcha/'])"
        ),
    ),
)
"""What is known; those that stand alone first."""
