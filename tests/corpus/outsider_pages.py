"""Pure: pages that are alive and look like rot, as real services serve them."""
# ruff: noqa: RUF001 -- texts in other scripts are meant

from tests.corpus.looks import MEDIAWIKI, WORDPRESS, Look

APACHE_404 = """<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
<html><head>
<title>404 Not Found</title>
</head><body>
<h1>Not Found</h1>
<p>The requested URL was not found on this server.</p>
<hr>
<address>Apache/2.4.62 (Debian) Server</address>
</body></html>"""

# What the documentation keeps under the name of a module that left the standard library: the page
# is the one listed, its title is the listed one, and only its text says what became of the module.
PYDOC_STUB = """<!DOCTYPE html>
<html lang="en" data-content_root="../">
  <head>
    <meta charset="utf-8" />
    <meta property="og:title" content="cgi — Common Gateway Interface support" />
    <meta property="og:type" content="website" />
    <title>cgi — Common Gateway Interface support &#8212; Python 3.15.2 documentation</title>
    <link rel="stylesheet" type="text/css" href="../_static/pydoctheme.css?v=23252803" />
    <script src="../_static/doctools.js?v=9bcbadda"></script>
  </head><body>
    <div class="related" role="navigation" aria-label="Related"><h3>Navigation</h3>
      <ul><li class="right"><a href="../genindex.html">index</a></li><li class="right"><a href="../py-modindex.html">modules</a> |</li>
        <li><a href="https://www.python.org/">Python</a> &#187;</li><li class="nav-item"><a href="removed.html">Removed Modules</a> &#187;</li></ul></div>
    <div class="document"><div class="documentwrapper"><div class="bodywrapper"><div class="body" role="main">
  <section id="module-cgi">
<h1>cgi — Common Gateway Interface support<a class="headerlink" href="#module-cgi">¶</a></h1>
<div class="deprecated-removed"><p><span class="versionmodified">Deprecated since version 3.11, removed in version 3.13.</span></p></div>
<p>This module is no longer part of the Python standard library. It was removed in Python 3.13 after being deprecated in Python 3.11. The removal was decided in PEP 594.</p>
<p>A fork of the module on PyPI can be used instead: legacy-cgi. The last version of Python that provided the module was Python 3.12.</p>
</section></div></div></div></div>
    <div class="footer">&copy; Copyright 2001 Python Software Foundation. Last updated on Apr 29, 2036.</div>
  </body></html>"""

WAYBACK = """<!DOCTYPE html>
<html lang="en"><head><script src="//archive.org/includes/athena.js" type="text/javascript"></script>
<script type="text/javascript" src="https://web-static.archive.org/_static/js/bundle-playback.js?v=6gcvYQ3h" charset="utf-8"></script>
<link rel="stylesheet" type="text/css" href="https://web-static.archive.org/_static/css/banner-styles.css" />
<!-- End Wayback Rewrite JS Include -->
<title>Rook Haven: the Philidor and Lucena positions</title></head>
<body bgcolor="#ffffff"><!-- BEGIN WAYBACK TOOLBAR INSERT -->
<div id="wm-ipp-base" lang="en" style="display:none;direction:ltr;"><div id="wm-ipp"><a href="/web/" title="Wayback Machine home page">Wayback Machine</a>
<span>14 captures</span> <span>05 Mar 2009 - 11 Nov 2016</span> <span>About this capture</span> <span>COLLECTED BY Alexa Crawls</span></div></div>
<!-- END WAYBACK TOOLBAR INSERT -->
<h2>The Philidor and Lucena positions</h2>
<p>With rook and pawn against rook everything turns on two positions. In Philidor's the defender keeps his rook on the sixth rank until the pawn steps there, and then checks from behind. In Lucena's the attacker builds a bridge on the fourth rank.</p>
<p>Play both sides against a friend until you no longer have to think. <a href="/web/20120305101010/http://www.rookhaven.example/links.html">Links</a></p>
</body></html>
<!--
     FILE ARCHIVED ON 10:10:10 Mar 05, 2012 AND RETRIEVED FROM THE INTERNET ARCHIVE ON 03:17:00 May 01, 2036.
-->"""
WAYBACK_MISSING = """<!DOCTYPE html><html lang="en"><head><title>Internet Archive Wayback Machine</title></head><body class="navia">
<div id="error"><h2>Hrm.</h2><p class="code">The Wayback Machine has not archived that URL.</p>
<p>This page is not available on the web because page does not exist. Try to see all captures under this path.</p></div></body></html>"""

TELEGRAM = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Telegram: View @kombinatorika_daily</title>
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<meta property="og:title" content="Комбинаторика каждый день">
<meta property="og:site_name" content="Telegram">
<meta property="og:description" content="Одна задача утром, её решение вечером. Архив с 2019 года.">
<meta name="robots" content="noindex, nofollow">
<script>window.matchMedia&&window.matchMedia('(prefers-color-scheme: dark)').matches&&document.documentElement.classList.add('theme_dark');</script>
<link href="//telegram.org/css/telegram.css?247" rel="stylesheet"></head>
<body class="no_transition"><div class="tgme_page_wrap"><div class="tgme_head_wrap"><a href="//telegram.org/" class="tgme_logo">Telegram</a>
<a class="tgme_head_right_btn" href="//telegram.org/dl">Download</a></div>
<div class="tgme_body_wrap"><div class="tgme_page"><div class="tgme_page_title" dir="auto"><span dir="auto">Комбинаторика каждый день</span></div>
<div class="tgme_page_extra">4 812 subscribers</div>
<div class="tgme_page_description" dir="auto">Одна задача утром, её решение вечером. Архив с 2019 года.</div>
<div class="tgme_page_action"><a class="tgme_action_button_new" href="tg://resolve?domain=kombinatorika_daily">View in Telegram</a></div>
<div class="tgme_page_context_link_wrap"><a class="tgme_page_context_link" href="/s/kombinatorika_daily">Preview channel</a></div></div></div></div></body></html>"""
TELEGRAM_NOBODY = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Telegram: Contact @{path}</title>
<meta property="og:title" content="Telegram: Contact @{path}"><meta property="og:site_name" content="Telegram">
<meta name="robots" content="noindex, nofollow"><link href="//telegram.org/css/telegram.css?247" rel="stylesheet"></head>
<body class="no_transition"><div class="tgme_page_wrap"><div class="tgme_head_wrap"><a href="//telegram.org/" class="tgme_logo">Telegram</a>
<a class="tgme_head_right_btn" href="//telegram.org/dl">Download</a></div>
<div class="tgme_body_wrap"><div class="tgme_page"><div class="tgme_icon_user"></div>
<div class="tgme_page_description">If you have <strong>Telegram</strong>, you can contact <a href="tg://resolve?domain={path}">@{path}</a> right away.</div>
<div class="tgme_page_action"><a class="tgme_action_button_new" href="tg://resolve?domain={path}">Send Message</a></div></div></div></div></body></html>"""

ARCHIVED_REPOSITORY = """<!DOCTYPE html><html lang="en" data-color-mode="auto"><head><meta charset="utf-8">
<title>GitHub - marta-kowal/tinylisp: A Lisp in two hundred lines of C, with a garbage collector · GitHub</title>
<meta name="description" content="A Lisp in two hundred lines of C, with a garbage collector - marta-kowal/tinylisp">
<meta property="og:url" content="https://github.com/marta-kowal/tinylisp"></head>
<body class="logged-out env-production page-responsive"><a href="#start-of-content" class="px-2 py-4 show-on-focus">Skip to content</a>
<header role="banner"><a href="/login?return_to=https%3A%2F%2Fgithub.com%2Fmarta-kowal%2Ftinylisp">Sign in</a><a href="/signup">Sign up</a></header>
<main id="js-repo-pjax-container"><div class="flash flash-warn flash-full border-top-0 text-center text-bold py-2">This repository was archived by the owner on Mar 3, 2035. It is now read-only.</div>
<div id="repository-container-header"><a href="/marta-kowal">marta-kowal</a> / <strong><a href="/marta-kowal/tinylisp">tinylisp</a></strong> <span class="Label">Public archive</span></div>
<div class="flash flash-error" hidden><p>You can’t perform that action at this time. You signed in with another tab or window. Reload to refresh your session.</p></div>
<article class="markdown-body entry-content"><h1>tinylisp</h1><p>No longer maintained. It was written to learn how eval and apply hang together, it does that, and nothing more will come.</p>
<pre>make &amp;&amp; ./tinylisp examples/queens.lisp</pre></article></main>
<template id="site-details-dialog"><include-fragment>Sorry, something went wrong.</include-fragment></template></body></html>"""
GITHUB_404 = """<!DOCTYPE html><html lang="en"><head><title>Page not found · GitHub · GitHub</title></head><body class="logged-out"><main>
<img alt="404 “This is not the web page you are looking for”" src="data:image/png;base64,iVBOR"><p>Find code, projects, and people on GitHub:</p></main></body></html>"""

MISSING_BOOKS = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Page introuvable – Bibliothèque municipale de Rouvray</title>
<meta name="generator" content="SPIP 4.3.2"><link rel="stylesheet" href="local/cache-css/spip.css"></head>
<body class="pas_surlignable page_article"><div class="page"><header><strong id="logo_site_spip"><a href="/">Bibliothèque municipale de Rouvray</a></strong></header>
<nav class="menu-liste"><a href="/-Horaires-">Horaires</a> <a href="/-Expositions-">Expositions</a> <a href="/-Catalogue-">Catalogue</a></nav>
<main><h1 class="crayon article-titre-212">Page introuvable</h1>
<div class="chapo"><p>Une exposition sur les livres perdus, du 12 avril au 30 juin, salle Jeanne-Laval.</p></div>
<div class="texte"><p>Il manque la page 84 au seul exemplaire connu des Chansons de Rouvray : arrachée, brûlée, mangée par les souris, nul ne le sait. Autour de cette absence, la bibliothèque réunit trente-deux ouvrages dont une page au moins a disparu, et les lettres de ceux qui l'ont cherchée.</p>
<p>Visites guidées le samedi à quinze heures, entrée libre. Le catalogue, imprimé par l'atelier du Moulin, comporte à dessein une page blanche.</p></div></main>
<footer>Se connecter | Plan du site | RSS 2.0</footer></div></body></html>"""

LOST_MANGA = """<!DOCTYPE html><html lang="ja"><head><meta charset="UTF-8">
<title>お探しのページは見つかりませんでした ― 失われた原稿を追って｜神田まんが資料室</title>
<meta name="description" content="戦前の雑誌から消えた連載漫画の原稿を探す連載エッセイ、第一回。"></head>
<body class="single single-column"><div id="container"><header id="header"><a href="/">神田まんが資料室</a></header>
<nav id="navi"><ul><li><a href="/news">お知らせ</a></li><li><a href="/column">連載</a></li><li><a href="/access">交通案内</a></li></ul></nav>
<main><article><h1 class="entry-title">お探しのページは見つかりませんでした</h1><p class="sub">失われた原稿を追って　第一回</p>
<p>昭和十四年、ある少年雑誌の最終号から四ページだけが抜き取られていた。作者は戦地で亡くなり、版元の倉庫は空襲で焼けた。残っていたのは、読者が送った一枚のはがきだけである。</p>
<p>図書館の窓口で何度も聞いた言葉が、この連載の題になった。全国の古書店と旧家を訪ね、十一年かけて三ページまで見つけた記録を、毎月一回お届けする。</p></article></main>
<footer>© 神田まんが資料室</footer></div></body></html>"""

BARGE_FOR_SALE = """<!DOCTYPE html>
<html lang="nl-NL"><head><meta charset="UTF-8"><title>TE KOOP: tjalk Vrouwe Antje (1908)</title>
<meta name="description" content="De Friese roefschipper-tjalk Vrouwe Antje uit 1908 zoekt een nieuwe schipper. Geschiedenis, tekeningen en foto's van honderd jaar varen.">
<meta name="generator" content="JouwWeb"><link rel="stylesheet" href="https://primary.jwwb.nl/public/css/site.css"></head>
<body id="top" class="jw-is-no-slideshow"><div class="jw-menu"><a href="/">Te koop</a> <a href="/geschiedenis">Geschiedenis</a> <a href="/tekeningen">Tekeningen</a> <a href="/contact">Contact</a></div>
<div class="jw-section"><h1>Te koop</h1><p>Na vierendertig jaar doen wij de Vrouwe Antje weg. Zij werd in 1908 bij Barkmeijer in Stroobos gebouwd, voer tot 1961 turf en aardappelen, en is sinds 1974 een varend monument.</p>
<p>Vraagprijs 148.000 euro. Doe een bod, of kom eerst een dag meevaren vanuit Lemmer. De geschiedenis en de bouwtekeningen blijven hier staan, ook na de verkoop.</p></div>
<footer>© Familie Wiersma</footer></body></html>"""

# The marketplace is the resource here: its name on a list of parking hosts says nothing about it.
DOMAIN_MARKET = """<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Buy &amp; sell domains | Domain marketplace and parking | Sedo</title>
<meta name="description" content="Sedo is a marketplace for domain names: more than 19 million domains are for sale, by auction, at a fixed price or by offer.">
<link rel="canonical" href="https://www.sedo.com/us/"></head>
<body class="sedo-home"><header><a href="/us/">Sedo</a><nav><a href="/us/buy-domains/">Buy domains</a><a href="/us/sell-domains/">Sell domains</a><a href="/us/park-domains/">Park domains</a><a href="/us/knowledge/">Knowledge</a></nav></header>
<main><h1>Find the right domain for sale</h1><form action="/search/" role="search"><input name="keyword" placeholder="Enter a domain or a keyword"><button>Search</button></form>
<h2>Buy this week</h2><p>Great domains end their auctions on Thursday. Make an offer, or buy now at a fixed price; the transfer is ours to look after.</p>
<h2>Why Sedo</h2><p>Two million members, transfers in twenty languages, and an escrow account for every deal since 2001. Domain owners earn with parking until a buyer comes.</p></main>
<footer><a href="/us/about-us/">About us</a><a href="/us/imprint/">Imprint</a></footer></body></html>"""

CONSTRUCTION_SIGNS = (
    """<HTML><HEAD><TITLE>Please Be Patient-- This Page is Under Construction!</TITLE></HEAD>
<BODY BGCOLOR="#000000" TEXT="#00FF00" LINK="#00FF00"><CENTER>
"""
    + "\n".join(f'<IMG SRC="sign{n:03}.gif">' for n in range(1, 120))
    + """
<P><IMG SRC="construction.gif"></CENTER></BODY></HTML>"""
)

# A report of past maintenance, in the words that a page shows while it lasts.
MAINTENANCE_REPORT = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Brightwater Status - Scheduled maintenance of the EU database cluster</title>
<meta name="description" content="Brightwater's Status Page - Scheduled maintenance of the EU database cluster.">
<link rel="alternate" type="application/atom+xml" href="https://status.brightwater.cloud/history.atom" title="Brightwater Status History - Atom Feed"></head>
<body class="status incident"><div class="layout-content status status-incident"><a class="page-name" href="/">Brightwater</a>
<div class="incident-info"><h1 class="incident-name whitespace-pre-wrap impact-maintenance">Scheduled maintenance of the EU database cluster</h1>
<div class="subheader">Scheduled Maintenance Report for Brightwater</div></div>
<div class="incident-updates-container"><div class="row update-row"><div class="update-title span3">Completed</div><div class="update-body span9">The scheduled maintenance has been completed. 41 replicas were moved one by one; the longest write pause was 1.8 seconds.</div><div class="update-timestamp">Apr 2, 2035 - 05:40 UTC</div></div>
<div class="row update-row"><div class="update-title span3">In progress</div><div class="update-body span9">Scheduled maintenance is currently in progress. The service may be temporarily unavailable. We will provide updates as necessary.</div></div>
<div class="row update-row"><div class="update-title span3">Scheduled</div><div class="update-body span9">We will be down for maintenance for a few seconds per shard. We will be back soon.</div></div></div>
<div class="page-footer"><a href="/">← Current Status</a> <a class="powered-by" href="https://www.atlassian.com/software/statuspage">Powered by Atlassian Statuspage</a></div></div></body></html>"""

KERNEL_MAIL = """<html><head><title>[PATCH v2] mm/filemap: return early when page not found - Marta Kowalska</title>
<link rel=alternate title="Atom feed" href="../new.atom" type="application/atom+xml"><style>pre{white-space:pre-wrap}*{font-size:100%;font-family:monospace}</style></head>
<body><form action="../"><pre><a href="../?t=20360214">linux-mm-notes archive mirror</a>
<input name=q type=text /><input type=submit value=search /> <a href=../_/text/help/>help</a></pre></form>
<pre><a href="#r" id=t>*</a> <b>[PATCH v2] mm/filemap: return early when page not found</b>
<b>From:</b> Marta Kowalska @ 2036-02-14 10:12 UTC (<a href=../raw>permalink</a> / raw)
  <b>To:</b> linux-mm-notes; +Cc: linux-kernel

find_get_entry() returns NULL when the page is not found in the cache,
and the caller dereferences it one line later. Return -ENOENT instead.

Signed-off-by: Marta Kowalska &lt;marta@kowalska.example&gt;
---
 mm/filemap.c | 4 ++--
 1 file changed, 2 insertions(+), 2 deletions(-)
</pre></body></html>"""

LANGUAGE_DOOR = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Kanalarchiv | Archives des canaux | Archivio dei canali | Archiv dals chanals</title>
<meta name="viewport" content="width=device-width"><link rel="alternate" hreflang="de" href="/de/"><link rel="alternate" hreflang="fr" href="/fr/">
<link rel="alternate" hreflang="it" href="/it/"><link rel="alternate" hreflang="rm" href="/rm/"><link rel="alternate" hreflang="en" href="/en/"></head>
<body class="splash"><ul><li><a href="/de/">Deutsch</a></li><li><a href="/fr/">Français</a></li><li><a href="/it/">Italiano</a></li><li><a href="/rm/">Rumantsch</a></li><li><a href="/en/">English</a></li></ul></body></html>"""

AGE_GATE = """<!DOCTYPE html><html lang="cs"><head><meta charset="utf-8"><title>Pivovar U Tří jezevců</title>
<link rel="stylesheet" href="/assets/app.css"></head><body class="age-gate-open"><div class="age-gate" role="dialog" aria-modal="true"><h1>Je vám už 18 let?</h1>
<p>Obsah těchto stránek je určen pouze osobám starším 18 let. Vstupem potvrzujete, že je vám 18 let a že souhlasíte s používáním cookies.</p>
<button data-age="yes">Ano, vstoupit</button> <a href="https://www.seznam.cz/">Ne, odejít</a></div><div id="app" data-page="home"></div><script src="/assets/app.js" defer></script></body></html>"""

DOCSIFY = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="UTF-8"><title>机器人操作入门</title>
<meta http-equiv="X-UA-Compatible" content="IE=edge,chrome=1"><meta name="description" content="从零开始的机器人操作教程">
<link rel="stylesheet" href="//cdn.jsdelivr.net/npm/docsify@4/lib/themes/vue.css"></head>
<body><div id="app">加载中...</div>
<script>window.$docsify = { name: '机器人操作入门', repo: 'robobook/robobook', loadSidebar: true, notFoundPage: true }</script>
<script src="//cdn.jsdelivr.net/npm/docsify@4"></script></body></html>"""
GITHUB_PAGES_404 = """<!DOCTYPE html><html><head><meta http-equiv="Content-type" content="text/html; charset=utf-8"><title>Page not found &middot; GitHub Pages</title></head>
<body><div class="container"><h1>404</h1><p><strong>File not found</strong></p><p>The site configured at this address does not contain the requested file.</p></div></body></html>"""

NOTION = """<!doctype html><html class="notion-html" lang="en-US"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,height=device-height,initial-scale=1">
<title>Notion</title><link rel="shortcut icon" href="/images/favicon.ico"><meta name="description" content="A collaborative AI workspace, built on your company context. Build and orchestrate agents right alongside your team's projects, meetings, and connected apps.">
<meta property="og:site_name" content="Notion"><meta property="og:title" content="The AI workspace that works for you. | Notion"><script defer src="/_assets/app-6f1b2c.js"></script></head>
<body class="notion-body"><noscript><div>JavaScript must be enabled in order to use Notion.<br>Please enable JavaScript to continue.</div></noscript>
<div id="notion-app"></div><script>window.CONFIG={env:"production",isAdminMode:!1}</script></body></html>"""

WIKI_DE = Look("Handwerkswiki", MEDIAWIKI, "de")
WIKI_REDIRECT = WIKI_DE(
    "Stechbeitel",
    """<div class="mw-redirectedfrom">(Weitergeleitet von <a href="/w/index.php?title=Stemmeisen&amp;redirect=no" class="mw-redirect">Stemmeisen</a>)</div>
<p>Der <b>Stechbeitel</b> ist ein Werkzeug zur Holzbearbeitung, mit dem Schlitze, Zapfenlöcher und Aussparungen ausgearbeitet werden. Die Klinge ist an der Spiegelseite plan, die Fase wird je nach Holz auf 25 bis 35 Grad geschliffen.</p>
<p>Lochbeitel haben eine dickere Klinge und vertragen den Klüpfel; japanische Nomi sind aus zwei Lagen Stahl geschmiedet und auf der Spiegelseite hohl.</p>""",
    head='<link rel="canonical" href="https://de.handwerkswiki.org/wiki/Stechbeitel">',
)

# A theme that writes the front page as canonical into every page: wrong, common, and no sign of rot.
ROOT_CANONICAL = Look("Erbario di casa", WORDPRESS, "it")(
    "Seccare e montare le piante",
    """<p>Le piante si raccolgono asciutte, mai dopo la pioggia, e si stendono tra fogli di giornale il giorno stesso. Nei primi tre giorni la carta si cambia ogni mattina, poi ogni due.</p>
<p>Per montarle bastano strisce di carta gommata larghe tre millimetri; la colla sul fiore rovina il colore. Sull'etichetta vanno il nome, il luogo, la quota, la data e chi ha raccolto.</p>""",
    head='<link rel="canonical" href="https://www.erbariodicasa.it/"><meta property="og:url" content="https://www.erbariodicasa.it/">',
)


def garden_log(post: str, text: str) -> str:
    """A blog's front page, which carries the newest post and its title."""
    return f"""<!DOCTYPE html><html lang="da"><head><meta charset="UTF-8"><title>{post} – Havelog</title><meta name="generator" content="Hugo 0.151.0">
<link rel="alternate" type="application/rss+xml" href="/index.xml" title="Havelog"></head><body><header><a href="/">Havelog</a> <a href="/om/">Om mig</a> <a href="/arkiv/">Arkiv</a></header>
<main><article class="post"><h2><a href="/seneste/">{post}</a></h2>{text}<p><a href="/seneste/#kommentarer">Skriv en kommentar</a></p></article></main><footer>Kirsten Lund, Ribe</footer></body></html>"""


PRUNING = garden_log(
    "Beskæring af gamle æbletræer",
    "<p>Et træ på firs år skal ikke have ungdommen tilbage på én vinter. Jeg tager højst en femtedel af kronen, begynder med det døde, og lader vandskuddene på oversiden gå til juli.</p><p>Saven skal være skarp, og snittet ved kraven.</p>",
)
HENS = garden_log(
    "Hvorfor mine høns fælder i april",
    "<p>Fjer overalt, og ingen æg siden påske. Dyrlægen i Gram så på dem i fem minutter: for meget lys i hønsehuset om vinteren, så uret er gået i stå. Nu slukker jeg klokken seks.</p><p>Til dem der spurgte: nej, de fryser ikke.</p>",
)

COOKIE_ARTICLE = """<!DOCTYPE html><html lang="en" class="grade-c"><head><meta charset="utf-8"><title>Tidal mixing in narrow harbours | Harbour Science</title>
<meta name="citation_title" content="Tidal mixing in narrow harbours"/><meta name="citation_author" content="Okafor, Ngozi"/><meta name="dc.type" content="OriginalPaper"/>
<script>(function(i){var a=document.cookie.match('euconsent')})();</script></head>
<body class="article-page"><header><a href="/">Harbour Science</a> <a data-track="click" href="https://idp.harbourscience.org/auth/personal/harbour?redirect_uri=https://www.harbourscience.org/articles/s41-036-0007-x">Log in</a></header>
<main><article><h1 class="c-article-title">Tidal mixing in narrow harbours</h1><h2>Abstract</h2><p>Harbours with entrances under forty metres exchange less than a third of their water per tide. We tracked dye and drifters through eleven basins and show that a sill of half a metre halves the exchange once more.</p>
<h2>Introduction</h2><p>Silt follows water. Dredging costs of small ports have doubled within a decade, and models that treat the basin as well mixed miss by a factor of three.</p></article></main></body></html>"""

KOREAN_LOOK = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=euc-kr"><title>{title} - 옛책방</title></head>
<body><table width="760" align="center"><tr><td><a href="/">옛책방</a> | <a href="/board.php">게시판</a> | <a href="/guest.php">방명록</a></td></tr><tr><td><b>{title}</b><br>{text}</td></tr>
<tr><td align="center">옛책방은 1999년부터 운영하고 있습니다</td></tr></table></body></html>"""
KOREAN = KOREAN_LOOK.format(
    title="한지 제본 배우기",
    text="닥나무로 만든 한지는 천 년을 간다고 한다. 다섯 구멍을 뚫어 실로 묶는 오침안정법은 조선 시대 책의 기본이다. 송곳과 바늘, 명주실과 밀랍만 있으면 집에서도 할 수 있다. 먼저 종이를 반으로 접고 접힌 쪽이 바깥을 향하게 쌓는다.",
)
KOREAN_MISSING = KOREAN_LOOK.format(title="알림", text="페이지를 찾을 수 없습니다.")

DATADOME_ARTICLE = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Restaurer une chaise paillée | Le Journal des Ateliers</title>
<script>window.ddjskey='E6EAF460AA2A8322D66B42C85B62F9';window.ddoptions={ajaxListenerPath:true};</script><script src="https://js.datadome.co/tags.js" async></script></head>
<body><header><a href="/">Le Journal des Ateliers</a></header><main><h1>Restaurer une chaise paillée</h1>
<p>Ôtez l'ancienne paille au sécateur, en photographiant chaque étape. Le seigle se mouille une heure avant d'être tordu ; trop sec il casse, trop humide il se relâche en séchant.</p>
<p>On commence par les coins, toujours de l'avant vers l'arrière, et l'on bourre à mesure. Comptez douze heures pour une assise ordinaire.</p></main></body></html>"""

IMPERVA_PAGE = """<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>Biblioteca Popular Almafuerte - Horarios y sala infantil</title>
<script type="text/javascript" src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3&ns=1&cb=1204519817" async></script></head>
<body><h1>Biblioteca Popular Almafuerte</h1><p>Lunes a viernes de 9 a 20, sábados de 10 a 14. La sala infantil abre los miércoles por la tarde, con lectura en voz alta a las cinco.</p>
<p>Calle 66 n.º 512, La Plata. Para asociarse basta un documento.</p></body></html>"""

CLOUDFLARE_PAGE = """<!DOCTYPE html><html lang="pt-PT"><head><meta charset="utf-8"><title>Marés em Aveiro</title></head>
<body><h1>Hoje</h1><p>Preia-mar 04:12 (3,1 m) e 16:38 (3,3 m). Baixa-mar 10:21 (0,8 m) e 22:47 (0,7 m).</p>
<script>(function(){function c(){var b=a.contentDocument||a.contentWindow.document;if(b){var d=b.createElement('script');d.innerHTML="window.__CF$cv$params={r:'a4454a895a20420b',t:'MjA5Mzc2MTgyMA=='};var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';document.getElementsByTagName('head')[0].appendChild(a);";b.getElementsByTagName('head')[0].appendChild(d)}}if(document.body){var a=document.createElement('iframe');a.height=1;a.width=1;a.style.position='absolute';document.body.appendChild(a);c()}})();</script></body></html>"""

POST_404 = Look("Ebru Günlüğü", WORDPRESS, "tr")(
    "Evde ebru teknesi kurmak",
    """<p>Kitreyi bir gece önceden ıslatın; su yağmur suyu ya da dinlenmiş musluk suyu olsun. Tekne çinko yerine fotoğraf küveti de olabilir, yeter ki dört parmak derin olsun.</p>
<p>Boyaya damlatılan öd ne kadar çoksa boya o kadar açılır. Önce açık renkleri serpin, bizi her seferinde silin, kâğıdı bir köşeden yavaşça yatırın.</p>""",
    body_class="post-template-default single single-post postid-404 single-format-standard",
)

ERROR_CLASS = """<!DOCTYPE html><html lang="en-US" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8"><title>Error - JavaScript | Webref</title>
<meta name="description" content="Error objects are thrown when runtime errors occur."><link rel="canonical" href="https://webref.dev/en-US/docs/Web/JavaScript/Reference/Error"></head>
<body><nav class="top-navigation"><a href="/en-US/">Webref</a></nav><main id="content"><article><h1>Error</h1><p><strong>Error</strong> objects are thrown when runtime errors occur. The Error object can also be used as a base object for user-defined exceptions.</p>
<h2 id="description">Description</h2><p>Runtime errors result in new Error objects being created and thrown. The cause option keeps the error that was caught on the way.</p></article></main></body></html>"""
LINKING_HUB = """<HTML><HEAD><TITLE>Redirecting</TITLE><meta HTTP-EQUIV="REFRESH" content="2; url='/retrieve/articleSelectSinglePerm?Redirect=S0377'"></HEAD>
<BODY><p>Redirecting</p><script>window.setTimeout(function(){},2000)</script></BODY></HTML>"""
HUB_ARTICLE = """<!DOCTYPE html><html lang="en-US"><head><title>Scheduling ferries with few berths - Harbour Operations</title><meta name="citation_doi" content="10.5555/j.hop.2031.04.012"></head>
<body><main><h1>Scheduling ferries with few berths</h1><h2>Abstract</h2><p>Small terminals serve more lines than they have berths. We give a model with time windows, prove that it is hard already for two berths, and solve the instances of nine Norwegian terminals to optimality within a minute.</p>
<h2>Keywords</h2><p>Timetabling, berth allocation, integer programming</p></main></body></html>"""
NEW_MANUAL = """<!DOCTYPE html><html class="writer-html5" lang="en"><head><meta charset="utf-8"><title>Soldering guide &mdash; Tinkerbench 4.2 documentation</title></head>
<body class="wy-body-for-nav"><section><h1>Soldering guide</h1><p>The wiki has become this manual. Heat the pad and the pin together for one second, feed the solder from the other side, and take the iron away last.</p>
<p>Cold joints are dull and round; reheat them with a drop of flux. Lead-free alloys want 350 degrees and a clean tip.</p></section></body></html>"""
