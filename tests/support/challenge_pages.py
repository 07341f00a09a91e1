"""Pages of bot filters, cut to what identifies them; and pages that only look like these."""

_NOT_YET = "Enable JavaScript and cookies to continue"


def _page(title: str, body: str = "", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def _script(source: str) -> str:
    return f'<script src="{source}"></script>'


CHALLENGES: dict[str, tuple[int, str]] = {
    "cloudflare": (
        403,
        _page(
            "Just a moment...",
            f"<noscript>{_NOT_YET}</noscript><script>(function(){{window._cf_chl_opt = {{cvId: '3',"
            "cType: 'managed'};var a = document.createElement('script');a.src = "
            "'/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1?ray=1';}());</script>",
            '<meta http-equiv="refresh" content="360">',
        ),
    ),
    "cloudflare-translated": (
        503,
        _page(
            "Nur einen Moment…", "<script>window._cf_chl_opt={cType:'non-interactive'}</script>"
        ),
    ),
    "cloudflare-old": (
        503,
        _page(
            "Just a moment...",
            '<h1><span class="cf-browser-verification">Checking your browser before accessing'
            " practical-raft.test.</span></h1><p>This process is automatic. Your browser will"
            " redirect to your requested content shortly.</p>"
            '<form id="challenge-form" action="/?__cf_chl_jschl_tk__=1" method="POST"></form>',
        ),
    ),
    "aws": (
        202,
        _page(
            "",
            '<div id="challenge-container"></div><script>AwsWafIntegration.checkForceRefresh()'
            "</script><noscript><h1>JavaScript is disabled</h1>In order to continue, we need to"
            " verify that you're not a robot.</noscript>",
            '<script>window.awsWafCookieDomainList = [];window.gokuProps = {"key":"A"};</script>'
            + _script("https://1.token.awswaf.com/1/2/challenge.js"),
        ),
    ),
    "aws-captcha": (
        405,
        _page("Human Verification", "<script>window.gokuProps = {};</script>"),
    ),
    "vercel": (
        429,
        _page(
            "Vercel Security Checkpoint",
            "<p>We're verifying your browser</p>"
            + _script("/.well-known/vercel/security/static/challenge.v2.min.js"),
        ),
    ),
    "datadome": (
        403,
        _page(
            "practical-raft.test",
            "<p id=\"cmsg\">Please enable JS and disable any ad blocker</p><script>var dd={'rt':'c',"
            "'cid':'1','hsh':'2','t':'fe','host':'geo.captcha-delivery.com'}</script>"
            + _script("https://ct.captcha-delivery.com/c.js"),
        ),
    ),
    "imperva-frame": (
        200,
        _page(
            "",
            '<iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=23&xinfo=7">Request'
            " unsuccessful. Incapsula incident ID: 1</iframe>",
            _script("/_Incapsula_Resource?SWJIYLWA=1"),
        ),
    ),
    "imperva-script": (
        200,
        f"<html><head>{_script('/_Incapsula_Resource?SWJIYLWA=5074a7&ns=2')}</head><body></body></html>",
    ),
    "imperva-interruption": (
        405,
        _page("Pardon Our Interruption", "<p>As you were browsing…</p><script>x()</script>"),
    ),
    "akamai": (
        200,
        _page(
            "",
            '<div id="sec-if-cpt-container"></div>' + _script("/_sec/cp_challenge/sec-4-4.js"),
        ),
    ),
    "akamai-interstitial": (
        200,
        _page(
            "",
            "<script>function triggerInterstitialChallenge(){x.open('POST',"
            "'/_sec/verify?provider=interstitial',false)}</script>",
        ),
    ),
    "human": (
        403,
        _page(
            "Access to this page has been denied",
            '<h1>Press &amp; Hold to confirm you are a human</h1><div id="px-captcha"></div>'
            "<script>window._pxAppId = 'PX1';</script>",
        ),
    ),
    "sucuri": (
        307,
        _page(
            "You are being redirected...",
            "<noscript>Javascript is required.</noscript><script>var s={},sucuri_cloudproxy_js='',"
            "S='czM=';</script>",
        ),
    ),
    "ddos-guard": (
        403,
        _page("DDoS-Guard", _script("/.well-known/ddos-guard/js-challenge/index.js")),
    ),
    "anubis": (
        200,
        _page(
            "Making sure you&#39;re not a bot!",
            "<h1>Making sure you're not a bot!</h1><p>You are seeing this because the administrator"
            " of this website has set up Anubis to protect the server.</p>"
            + _script("/.within.website/x/cmd/anubis/static/js/main.mjs"),
            '<script id="anubis_challenge" type="application/json">{"rules":{}}</script>',
        ),
    ),
    "go-away": (
        200,
        _page(
            "Checking you are not a bot",
            _script("/.well-known/.git.gammaspectra.live/git/go-away/cmd/go-away/challenge/x.mjs"),
        ),
    ),
    "kasada": (
        429,
        _page(
            "",
            "<script>window.KPSDK={};KPSDK.now=Date.now;</script>"
            + _script("/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39/ips.js?x=1"),
        ),
    ),
    "f5": (
        200,
        _page(
            "Request Rejected",
            "The requested URL was rejected. Please consult with your administrator."
            "<br><br>Your support ID is: 123<br><a href='javascript:history.back();'>[Go Back]</a>",
        ),
    ),
    "f5-script": (
        200,
        _page(
            "",
            "<noscript>Please enable JavaScript to view the page content. Your support ID is: 1."
            '</noscript><script>window["bobcmd"]="1";window["failureConfig"]="2";</script>',
        ),
    ),
    "google": (
        429,
        _page(
            "https://www.google.com/search?q=raft",
            '<form id="captcha-form" action="index" method="post"><div class="g-recaptcha" data-s="1"></div>'
            "</form>Our systems have detected unusual traffic from your computer network.",
        ),
    ),
    "amazon": (
        200,
        _page(
            "Amazon.com",
            "<h4>Click the button below to continue shopping</h4>"
            '<form method="get" action="/errors/validateCaptcha"><button>Go on</button></form>',
        ),
    ),
    "fastly": (
        200,
        _page(
            "Client Challenge",
            "<noscript>JavaScript is disabled in your browser.</noscript>"
            + _script("/_fs-ch-1T1wmsGaOgGaSxcX/script.js?reload=true"),
        ),
    ),
    "siteground": (
        202,
        _page("Robot Challenge Screen", "<h1>Checking the site connection security</h1>"),
    ),
    "wordfence": (
        503,
        _page("Your access to this site has been limited", "<p>HTTP response code 503</p>"),
    ),
    "alibaba": (
        200,
        "<html><script>var arg1='A4';document.cookie='acw_sc__v2=1';</script></html>",
    ),
    "home-made-title": (
        200,
        _page("Security Check", "<p>Type what you see.</p><img src='/captcha.png'>"),
    ),
    "home-made-widget": (
        200,
        _page(
            "Welcome",
            "<form><div class='h-captcha' data-sitekey='1'></div><input type='submit'></form>",
        ),
    ),
}
"""Status and content, by name of the filter."""

_LONG = "<p>What a captcha asks of people, and what it costs them. " * 30
_RAFT = "<h1>Practical Raft</h1><p>How a log is agreed upon by a majority of machines.</p>"
_WIDGET = '<div class="cf-turnstile" data-sitekey="1"></div>' + _script(
    "https://challenges.cloudflare.com/turnstile/v0/api.js"
)

ORDINARY: dict[str, tuple[int, str]] = {
    "cloudflare-detections": (
        200,
        _page(
            "Practical Raft",
            _RAFT + "<script>(function(){window.__CF$cv$params={r:'1',t:'2'};var a=document"
            ".createElement('script');a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'"
            "}())</script>",
        ),
    ),
    "cloudflare-detections-of-a-stranger": (
        200,
        _page("Something else", _script("/cdn-cgi/challenge-platform/h/g/scripts/jsd/1/main.js")),
    ),
    "contact-form": (
        200,
        _page(
            "Write to us", "<form><input name='name'><textarea></textarea>" + _WIDGET + "</form>"
        ),
    ),
    "newsletter": (200, _page("Practical Raft", _RAFT + "<form>" + _WIDGET + "</form>")),
    "shell-with-recaptcha": (
        200,
        _page(
            "App",
            '<div id="root"></div>' + _script("/app.js"),
            _script("https://www.google.com/recaptcha/api.js?render=1"),
        ),
    ),
    "shell-behind-imperva": (
        200,
        _page(
            "App",
            '<div id="root"></div>' + _script("/app.js"),
            _script("/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3&ns=1"),
        ),
    ),
    "shell-with-aws": (
        200,
        _page(
            "App", '<div id="root"></div>' + _script("https://1.sdk.awswaf.com/1/2/challenge.js")
        ),
    ),
    "behind-datadome": (
        200,
        _page("Practical Raft", _RAFT + _script("https://js.datadome.co/tags.js")),
    ),
    "behind-human": (
        200,
        _page("App", "<script>window._pxAppId='PX1'</script><div id=app></div>"),
    ),
    "behind-ddos-guard": (
        200,
        _page("App", _RAFT + _script("https://check.ddos-guard.net/check.js")),
    ),
    "cloudflare-token-in-links": (
        200,
        _page(
            "App",
            '<a href="/x?__cf_chl_tk=1">Go on</a>',
            '<link rel="canonical" href="https://app.test/?__cf_chl_rt_tk=1">',
        ),
    ),
    "preconnected-to-datadome": (
        200,
        _page("App", "", '<link rel="preconnect" href="https://geo.captcha-delivery.com/">'),
    ),
    "article": (
        200,
        _page("Just a moment...", _LONG + "<script>window._cf_chl_opt={}</script>" + _WIDGET),
    ),
    "code-sample": (
        200,
        _page(
            "Why am I stopped?",
            "<p>Look for <code>window._cf_chl_opt</code> and <code>sucuri_cloudproxy_js</code>.",
        ),
    ),
    "titled-captcha": (200, _page("CAPTCHA", _LONG + "<script>x()</script>")),
    "no-script-at-all": (200, _page("Security check", "<p>Nothing was found.</p>")),
}
"""Pages that are no challenge."""
