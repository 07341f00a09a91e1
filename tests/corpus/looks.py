"""Pure: what pages look like that well-known systems make: navigation, footers, scripts and all."""

from dataclasses import dataclass
from string import Template

WORDPRESS = Template("""<!DOCTYPE html>
<html lang="$lang">
<head>
<meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title &#8211; $site</title>
<meta name="generator" content="WordPress 6.5.3">
<link rel="stylesheet" href="/wp-content/themes/twentytwentyone/style.css?ver=2.2">
<script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7.1" id="jquery-core-js"></script>
$head</head>
<body class="$body_class wp-embed-responsive">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/">$site</a></p>
<nav class="primary-navigation"><ul class="menu-wrapper">
<li><a href="/">Home</a></li><li><a href="/about/">About</a></li><li><a href="/archive/">Archive</a></li>
<li><a href="/contact/">Contact</a></li></ul></nav></header>
<main id="main" class="site-main"><article><header class="entry-header"><h1 class="entry-title">$h1</h1></header>
<div class="entry-content">$body</div></article></main>
<aside class="widget-area"><section class="widget widget_search"><form role="search" method="get" action="/">
<input type="search" name="s" placeholder="Search &hellip;"><button>Search</button></form></section>
<section class="widget widget_recent_entries"><h2>Recent Posts</h2><ul><li><a href="/hello-spring/">Hello, spring</a></li>
<li><a href="/on-notebooks/">On notebooks</a></li><li><a href="/tools-i-use/">Tools I use</a></li></ul></section></aside>
<footer class="site-footer"><div class="site-info">$site. Proudly powered by <a href="https://wordpress.org/">WordPress</a>.</div></footer>
</body></html>""")

MKDOCS = Template("""<!doctype html>
<html lang="$lang" class="no-js">
<head><meta charset="utf-8"><meta name="generator" content="mkdocs-1.6.0, mkdocs-material-9.5.27">
<title>$title - $site</title><link rel="stylesheet" href="/assets/stylesheets/main.76a95c52.min.css">$head</head>
<body dir="ltr" class="$body_class" data-md-color-scheme="default">
<header class="md-header"><nav class="md-header__inner"><a href="/" title="$site" class="md-header__button md-logo"></a>
<div class="md-header__title">$site</div></nav></header>
<div class="md-container"><main class="md-main"><div class="md-sidebar md-sidebar--primary"><nav class="md-nav">
<ul><li><a href="/">Overview</a></li><li><a href="/install/">Installation</a></li><li><a href="/guide/">User guide</a></li>
<li><a href="/reference/">API reference</a></li><li><a href="/faq/">Frequently request questions</a></li></ul></nav></div>
<div class="md-content"><article class="md-content__inner md-typeset"><h1 id="top">$h1</h1>$body</article></div></main>
<footer class="md-footer"><div class="md-copyright">Made with <a href="https://squidfunk.github.io/mkdocs-material/">Material for MkDocs</a></div></footer></div>
<script src="/assets/javascripts/bundle.fe8b6f2b.min.js"></script></body></html>""")

SPHINX = Template("""<!DOCTYPE html>
<html class="writer-html5" lang="$lang" data-content_root="./">
<head><meta charset="utf-8"><title>$title &mdash; $site documentation</title>
<link rel="stylesheet" type="text/css" href="/_static/css/theme.css?v=19f00094"><script src="/_static/doctools.js"></script>$head</head>
<body class="wy-body-for-nav $body_class"><div class="wy-grid-for-nav"><nav data-toggle="wy-nav-shift" class="wy-nav-side">
<a href="/" class="icon icon-home">$site</a><div role="search"><form action="/search.html"><input name="q" placeholder="Search docs"></form></div>
<div class="wy-menu wy-menu-vertical"><ul><li><a href="/intro.html">Introduction</a></li><li><a href="/quickstart.html">Quickstart</a></li>
<li><a href="/api.html">API</a></li><li><a href="/changelog.html">Changelog</a></li></ul></div></nav>
<section class="wy-nav-content-wrap"><div class="wy-nav-content"><div role="main" class="document"><section id="top">
<h1>$h1<a class="headerlink" href="#top" title="Link to this heading">&#182;</a></h1>$body</section></div>
<footer><hr><p>&#169; Copyright 2036, the authors. Built with <a href="https://www.sphinx-doc.org/">Sphinx</a> using a
<a href="https://github.com/readthedocs/sphinx_rtd_theme">theme</a> provided by <a href="https://readthedocs.org">Read the Docs</a>.</p></footer>
</div></section></div></body></html>""")

MEDIAWIKI = Template("""<!DOCTYPE html>
<html class="client-nojs" lang="$lang" dir="ltr"><head><meta charset="UTF-8"><title>$title - $site</title>
<meta name="generator" content="MediaWiki 1.41.1">$head</head>
<body class="mediawiki ltr sitedir-ltr ns-0 ns-subject skin-vector $body_class">
<div id="content" class="mw-body" role="main"><h1 id="firstHeading" class="firstHeading">$h1</h1>
<div id="bodyContent" class="vector-body"><div id="siteSub">From $site</div><div id="mw-content-text" class="mw-body-content"><div class="mw-parser-output">$body</div></div></div></div>
<div id="mw-navigation"><nav><ul><li><a href="/wiki/Main_Page">Main page</a></li><li><a href="/wiki/Special:RecentChanges">Recent changes</a></li>
<li><a href="/wiki/Special:Random">Random page</a></li></ul></nav></div>
<footer id="footer"><ul><li>Content is available under Creative Commons Attribution-ShareAlike unless otherwise noted.</li>
<li><a href="/wiki/Privacy">Privacy policy</a></li></ul></footer></body></html>""")

DISCOURSE = Template("""<!DOCTYPE html><html lang="$lang"><head><meta charset="utf-8"><title>$title - $site</title>
<meta name="generator" content="Discourse 3.3.0.beta2 - https://github.com/discourse/discourse">$head</head>
<body class="crawler $body_class"><header><a href="/">$site</a></header><div id="main-outlet" class="wrap" role="main">
<div id="topic-title"><h1>$h1</h1></div><div class="post">$body</div></div>
<footer class="container wrap"><nav class="crawler-nav"><ul><li><a href="/">Home</a></li><li><a href="/categories">Categories</a></li>
<li><a href="/guidelines">Guidelines</a></li></ul></nav><p>Powered by <a href="https://www.discourse.org">Discourse</a>, best viewed with JavaScript enabled</p></footer></body></html>""")

JEKYLL = Template("""<!DOCTYPE html>
<html lang="$lang"><head><meta charset="utf-8"><title>$title | $site</title><meta name="generator" content="Jekyll v3.9.5">
<link rel="stylesheet" href="/assets/css/style.css">$head</head><body class="$body_class">
<header class="site-header"><div class="wrapper"><a class="site-title" rel="author" href="/">$site</a></div></header>
<main class="page-content" aria-label="Content"><div class="wrapper"><h1>$h1</h1>$body</div></main>
<footer class="site-footer"><p>subscribe <a href="/feed.xml">via RSS</a></p></footer></body></html>""")

NEXT = Template("""<!DOCTYPE html><html lang="$lang"><head><meta charSet="utf-8"/><meta name="viewport" content="width=device-width"/>
<title>$title | $site</title>$head<link rel="preload" href="/_next/static/css/9c2bd8.css" as="style"/></head>
<body class="$body_class"><div id="__next"><header><a href="/">$site</a><nav><a href="/features">Features</a><a href="/pricing">Pricing</a>
<a href="/docs">Docs</a><a href="/blog">Blog</a></nav></header><main><h1>$h1</h1>$body</main>
<footer><p>$site, Inc. All rights reserved.</p><a href="/privacy">Privacy</a><a href="/terms">Terms</a></footer></div>
<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{}},"buildId":"k3Jx0w"}</script></body></html>""")

NEWS = Template("""<!DOCTYPE html>
<html lang="$lang"><head><meta charset="utf-8"><title>$title | $site</title>$head
<script async src="https://www.googletagmanager.com/gtag/js?id=G-0XAMPLE"></script></head><body class="$body_class">
<header><a href="/">$site</a><nav><ul><li><a href="/politics">Politics</a></li><li><a href="/economy">Economy</a></li>
<li><a href="/science">Science</a></li><li><a href="/culture">Culture</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><h1>$h1</h1>$body</main>
<aside><h2>Most read</h2><ol><li><a href="/1">Trains will run later at night from autumn</a></li><li><a href="/2">The harbour gets a new bridge</a></li>
<li><a href="/3">What the census says about villages</a></li></ol></aside>
<footer><p>About us</p><p>Imprint</p><p>Terms of use</p></footer></body></html>""")

PLAIN = Template("""<html lang="$lang"><head><meta charset="utf-8"><title>$title</title>$head</head>
<body class="$body_class"><h1>$h1</h1>
$body
</body></html>""")


@dataclass(frozen=True, slots=True)
class Look:
    """A site's way of presenting its pages."""

    site: str
    style: Template
    lang: str = "en"

    def __call__(
        self, title: str, body: str, *, head: str = "", body_class: str = "page", h1: str = ""
    ) -> str:
        """A page; its first heading is the title unless `h1` is given."""
        return self.style.substitute(
            site=self.site,
            title=title,
            h1=h1 or title,
            body=body,
            head=head,
            body_class=body_class,
            lang=self.lang,
        )
