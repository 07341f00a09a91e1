"""Pure: what stands in the place of pages that are gone, or before them, as real services serve it."""
# ruff: noqa: RUF001 -- texts in other scripts are meant

from tests.corpus.looks import WORDPRESS, Look

MINTLIFY_MISSING = """<!DOCTYPE html><html lang="en" class="light"><head><meta charSet="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>Tesselbase Docs</title><meta name="generator" content="Mintlify"/><meta property="og:site_name" content="Tesselbase Docs"/><link rel="stylesheet" href="/mintlify-assets/_next/static/css/8a31.css" data-precedence="next"/></head>
<body><div id="navbar"><a href="/">Tesselbase Docs home page</a><button aria-label="Open search">Search...</button><a href="https://tesselbase.dev/support">Support</a><a href="https://app.tesselbase.dev">Dashboard</a></div>
<div class="flex flex-col items-center"><span class="rounded-full">404</span><h1>Page not found!</h1><p>We couldn't find the page. Maybe you were looking for one of these pages below?</p>
<ul><li><a href="/quickstart"><p>Quickstart</p><p>Create a table, insert a row and read it back in under five minutes.</p></a></li>
<li><a href="/concepts/storage"><p>Storage engine</p><p>How pages are laid out on disk, and what a checkpoint does.</p></a></li>
<li><a href="/api-reference/introduction"><p>Introduction</p><p>Authentication, errors and pagination of the HTTP API.</p></a></li></ul></div>
<footer><a href="https://mintlify.com?utm_source=tesselbase">Powered by Mintlify</a></footer></body></html>"""

VIDEO_SHELL = """<!DOCTYPE html><html style="font-size: 10px;font-family: Roboto, Arial, sans-serif;" lang="en" darker-dark-theme><head><script nonce="k1">var ytcfg={d:function(){return {}}};</script>
<title>{title}</title>{head}<link rel="shortcut icon" href="https://s.vidnest.tv/favicon.ico"></head>
<body dir="ltr" no-y-overflow><script nonce="k1">var ytInitialPlayerResponse = {status};</script><ytd-app><div id="watch-page-skeleton" class="watch-skeleton"></div></ytd-app>
<div id="footer"><a href="/about/">About</a><a href="/press/">Press</a><a href="/creators/">Creators</a><a href="/t/terms">Terms</a><a href="/t/privacy">Privacy</a><a href="/howyoutubeworks">How it works</a></div></body></html>"""
VIDEO = (
    VIDEO_SHELL.replace(
        "{title}", "What the heck is the event loop anyway? | Philip Roberts - VidNest"
    )
    .replace(
        "{head}",
        '<meta property="og:title" content="What the heck is the event loop anyway? | Philip Roberts"><meta name="description" content="JavaScript programmers like to use words like event-loop, non-blocking, callback.">',
    )
    .replace("{status}", '{"playabilityStatus":{"status":"OK"}}')
)
VIDEO_UNAVAILABLE = (
    VIDEO_SHELL.replace("{title}", " - VidNest")
    .replace("{head}", '<meta name="title" content="">')
    .replace("{status}", '{"playabilityStatus":{"status":"ERROR","reason":"Video unavailable"}}')
)

SHAREPOINT_MISSING = """<!DOCTYPE html><html lang="fi-FI" dir="ltr"><head><meta name="GENERATOR" content="Microsoft SharePoint" /><meta http-equiv="X-UA-Compatible" content="IE=10" />
<title>Sivua ei löytynyt</title><script type="text/javascript" src="/_layouts/15/init.js?rev=g1"></script></head>
<body><form method="post" action="./PageNotFoundError.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTI1"/>
<div id="s4-workspace"><div class="top-nav"><a href="/Sivut/default.aspx">Joenrannan kunta</a><ul><li><a href="/asuminen">Asuminen</a></li><li><a href="/kirjasto">Kirjasto</a></li><li><a href="/paatoksenteko">Päätöksenteko</a></li></ul></div>
<div id="DeltaPlaceHolderMain"><h1>Sivua ei löytynyt</h1><p>Hakemaasi sivua ei valitettavasti löytynyt. Sivu on voitu siirtää tai poistaa sivustouudistuksen yhteydessä. Voit hakea sisältöä sivuston haulla.</p></div>
<div class="footer">Joenrannan kunta, Rantatie 4. Vaihde 013 555 100. Saavutettavuusseloste</div></div></form></body></html>"""

HUNGARIAN_MISSING = """<!DOCTYPE html><html lang="hu"><head><meta charset="utf-8"><title>A keresett oldal nem található | Múzeumtér</title><link rel="stylesheet" href="/themes/mt/style.css"></head>
<body class="not-front"><header><a href="/">Múzeumtér</a><nav><ul><li><a href="/kiallitasok">Kiállítások</a></li><li><a href="/gyujtemeny">Gyűjtemény</a></li><li><a href="/muzeumpedagogia">Múzeumpedagógia</a></li><li><a href="/jegyek">Jegyek</a></li></ul></nav></header>
<main><h1>A keresett oldal nem található</h1><p>Lehet, hogy a címet rosszul írta be, vagy az oldal időközben megszűnt. Ajánljuk figyelmébe legújabb kiállításainkat.</p>
<section><h2>Vas és tűz</h2><p>Kovácsmesterség a Bakonyban a tizenhetedik századtól máig, hatvan tárggyal és egy működő fújtatóval. Augusztus végéig.</p>
<h2>Vízen járók</h2><p>Dunai hajósok, halászok és molnárok élete fényképeken. A hajómodelleket a Neszmélyi Hajóskör készítette.</p>
<h2>Gyerekeknek</h2><p>Szombatonként tíz órától papírmerítés, agyagozás és térképrajzolás. A részvétel ingyenes, de regisztrációhoz kötött.</p></section></main>
<footer>Nyitva keddtől vasárnapig 10 és 18 óra között. 8200 Veszprém, Vár utca 12.</footer></body></html>"""

ARABIC_MISSING = Look("خطّ عربي", WORDPRESS, "ar")(
    "الصفحة غير موجودة",
    "<p>عفوا، لا يمكن العثور على الصفحة التي تبحث عنها. ربما نقلت أو حذفت. جرّب البحث أو عد إلى الصفحة الرئيسية.</p>",
).replace("<body class=", '<body dir="rtl" class=')

DOCUSAURUS_MISSING = """<!doctype html><html lang="en" dir="ltr" class="plugin-native plugin-id-default" data-has-hydrated="false"><head><meta charset="UTF-8"><meta name="generator" content="Docusaurus v3.9.2">
<title data-rh="true">Page Not Found | QuartzDB</title><meta data-rh="true" property="og:title" content="Page Not Found | QuartzDB"><link rel="stylesheet" href="/assets/css/styles.e3b0.css"><script src="/assets/js/main.77aa.js" defer="defer"></script></head>
<body class="navigation-with-keyboard"><div id="__docusaurus"><div role="region" aria-label="Skip to main content"><a class="skipToContent_fXgn" href="#__docusaurus_skipToContent_fallback">Skip to main content</a></div>
<nav aria-label="Main" class="navbar navbar--fixed-top"><a class="navbar__brand" href="/"><b class="navbar__title">QuartzDB</b></a><a href="/docs/intro">Docs</a><a href="/blog">Blog</a></nav>
<main class="container margin-vert--xl"><h1 class="hero__title">Page Not Found</h1><p>We could not find what you were looking for.</p><p>Please contact the owner of the site that linked you to the original URL and let them know their link is broken.</p></main>
<footer class="footer footer--dark">Copyright © 2036 QuartzDB. Built with Docusaurus.</footer></div></body></html>"""

COURSE_GONE = """<!DOCTYPE html><html lang="nb"><head><meta charset="utf-8"><title>Kurset er ikke lenger tilgjengelig – Kystskolen</title></head>
<body><header><a href="/">Kystskolen</a> <a href="/katalog">Kurskatalog</a> <a href="/logg-inn">Logg inn</a></header><main><h1>Dette kurset er ikke lenger tilgjengelig</h1>
<p>Navigasjon for seilere ble avsluttet høsten 2035. Se gjerne på våre andre kurs innen sjøvett og båtførerprøven.</p></main></body></html>"""

NEW_HOME = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{site}</title><meta name="generator" content="Webflow"></head>
<body><nav><a href="/">{site}</a> <a href="/team">Team</a> <a href="/news">News</a> <a href="/contact">Contact</a></nav><main><h1>{site}</h1>
<p>We have a new website. Read what we are working on, meet the people behind it, and follow us on the usual networks.</p><h2>News</h2><p>Our spring newsletter is out. Subscribe to get the next one by mail.</p></main><footer>© {site}</footer></body></html>"""

ONLYDOMAINS = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><head><title>Domain parked by OnlyDomains</title><meta name="description" content="" /><meta name="keywords" content="" /></head>
<body><table><tr><td class="header"><a href="https://www.onlydomains.com/?utm_medium=free_parking&utm_source={host}"><img src="img/onlydomains.png" alt="Only Domains" class="logo"/></a><h2>Domain Parked by OnlyDomains</h2></td></tr>
<tr><td class="parking-text"><h1>Are you missing something?</h1><p>OnlyDomains has four simple hosting packages for startups and brands.</p><a href="https://www.onlydomains.com/hosting/?utm_medium=free_parking&utm_source={host}" class="btn">Explore Hosting Options</a></td></tr>
<tr><td><h2>Why host your domain with OnlyDomains?</h2><ul><li>Uptime guarantee</li><li>Fast network</li><li>Customer support</li></ul></td></tr></table></body></html>"""

DONDOMINIO = """<!DOCTYPE HTML>
<html dir="ltr" lang="es"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><meta name="author" content="Soluciones Corporativas IP, SLU" />
<meta name="description" content="Este dominio ha sido registrado por medio del agente registrador DonDominio.com" /><meta name="keywords" content="parking, dominio, dominios, hosting" />
<title>{host} | Registrado en DonDominio</title></head><body><div id="wrapper"><div id="header"><p>Parking del dominio</p><h1>{host}</h1></div>
<div id="content-text"><p>Bienvenido a la página de parking de {host}.</p><p>Este dominio ha sido registrado en <a href="http://www.dondominio.com/13/">DonDominio</a>. Puedes consultar el whois del dominio.</p></div>
<div id="content-cta"><a href="http://www.dondominio.com/13/buscar/{host}/" rel="nofollow">Buscar dominios similares</a></div><div id="promos"><h2>Registro de dominios</h2><h2>Alojamiento Web</h2><h2>Certificados SSL</h2></div>
<p id="yourdomain">Si has registrado tú este dominio, inicia sesión con tu cuenta para empezar a crear tu web.</p></div></body></html>
<!-- DonDominio Parking Page generated on 2036-05-01 03:17:00 in 0,0019 seconds. -->"""

ATOM = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tidewell.com is for sale | Atom</title><meta name="description" content="Tidewell.com is a premium domain name. Buy it now or pay in monthly instalments.">
<link rel="canonical" href="https://www.atom.com/name/Tidewell"></head><body><header><a href="/">Atom</a><a href="/premium-domains-for-sale">Premium domains</a><a href="/naming-contests">Naming contests</a></header>
<main><h1>Tidewell.com</h1><p>$7,899 or $329 a month for 24 months</p><button>Buy now</button><button>Make an offer</button><p>Free logo included. Money-back guarantee of 30 days. Transfer within 24 hours.</p>
<h2>About this name</h2><p>A calm compound of tide and well, suggesting the sea, health and steady return. Possible uses: wellness, spas, water technology.</p></main></body></html>"""

AFTERMARKET = """<!DOCTYPE html><html lang="pl"><head><meta charset="utf-8"><title>{host} - domena na sprzedaż | AfterMarket.pl</title><meta name="description" content="Domena {host} jest na sprzedaż. Kup teraz lub złóż ofertę."></head>
<body><div class="top"><a href="https://www.aftermarket.pl/">AfterMarket.pl - giełda domen</a></div><h1>{host}</h1><h2>Ta domena jest na sprzedaż</h2><p>Cena Kup Teraz: 2 460 zł brutto. Możesz też złożyć ofertę sprzedającemu albo wziąć domenę w dzierżawę.</p>
<form action="https://www.aftermarket.pl/domena/{host}/"><button>Przejdź do oferty</button></form><p>Transakcja jest bezpieczna: pieniądze trafią do sprzedającego dopiero po przekazaniu domeny.</p></body></html>"""

EXPIRED_RU = """<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Срок регистрации домена истёк</title><link rel="stylesheet" href="https://parking.reg.ru/assets/style.css"></head>
<body class="b-page b-page_type_parking"><script>window.trackScriptLoad=function(){}</script><header><a href="https://www.reg.ru">REG.RU</a></header><main><h1 class="b-text">{host}</h1><h2>Срок регистрации домена истёк</h2>
<p>Если вы администратор домена, продлите его в личном кабинете. После окончания периода продления домен может зарегистрировать любой желающий.</p><a href="https://www.reg.ru/domain/new/check?domains={host}">Продлить домен</a></main></body></html>"""

BEGET = """<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Домен не прилинкован ни к одной из директорий на сервере!</title><style>body{font-family:Arial}</style></head>
<body><div class="wrapper"><a href="https://beget.com"><img src="data:image/png;base64,iVBOR" alt="Beget"></a><h1>Домен не прилинкован ни к одной из директорий на сервере!</h1>
<p>Чтобы сайт заработал, прилинкуйте домен к нужной директории в разделе «Сайты» панели управления. Изменения вступят в силу в течение 10–15 минут.</p><a href="https://cp.beget.com">Перейти в панель управления</a></div></body></html>"""

XAMPP = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Welcome to XAMPP</title><link href="/dashboard/stylesheets/all.css" rel="stylesheet" /></head>
<body class="index"><nav class="top-bar"><a href="/dashboard/index.html">Apache Friends</a><ul><li><a href="/applications.html">Applications</a></li><li><a href="/dashboard/faq.html">FAQs</a></li><li><a href="/dashboard/phpinfo.php">PHPInfo</a></li><li><a href="/phpmyadmin/">phpMyAdmin</a></li></ul></nav>
<div class="hero"><h1><img src="/dashboard/images/xampp-logo.svg" />XAMPP <span>Apache + MariaDB + PHP + Perl</span></h1></div><h2>Welcome to XAMPP for Windows 8.2.12</h2>
<p>You have successfully installed XAMPP on this system! Now you can start using Apache, MariaDB, PHP and other components. You can find more info in the FAQs section.</p>
<p>XAMPP is meant only for development purposes. It has certain configuration settings that make it easy to develop locally but that are insecure if you want to have your installation accessible to others.</p></body></html>"""

ISPCONFIG = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Welcome!</title></head><body><div id="container"><div id="header"><h1>Welcome to {host}!</h1></div>
<div id="content"><p>This is the default index page of your website.</p><p>This file may be deleted or overwritten without any difficulty. This is produced by the file <b>index.html</b> in the <b>web</b> directory.</p>
<p>For questions or problems please contact support.</p></div><div id="footer"><p>Powered by <a href="https://www.ispconfig.org">ISPConfig</a></p></div></div></body></html>"""

XSERVER = """<!DOCTYPE html><html lang="ja"><head><meta charset="UTF-8"><title>無効なURLです</title></head><body><div id="base"><h1>無効なURLです。</h1>
<p>プログラム設定の反映待ちである可能性があります。<br>しばらく時間をおいて再度アクセスをお試しください。</p></div></body></html>"""

OVH = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Site en construction</title><meta name="robots" content="noindex"></head><body><header><img src="/__ovh/ovhcloud.svg" alt="OVHcloud"></header>
<main><h1>Félicitations !</h1><p>Votre domaine a bien été créé chez OVHcloud !</p><p>Accédez à votre espace client pour gérer votre domaine, installer votre site web ou configurer vos adresses e-mail.</p>
<ul><li><a href="https://www.ovhcloud.com/fr/web-hosting/">Hébergement web</a></li><li><a href="https://help.ovhcloud.com/">Guides</a></li></ul></main></body></html>"""

TIDE_ATLAS = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tide Atlas handbook</title></head><body><h1>Tide Atlas handbook</h1>
<p>How we gauge, count and draw: the rules for volunteers along the estuary. Read the staff at slack water, note the wind, and never round in the field.</p><p>Chapter two is about boats, chapter three about birds that roost on the posts, and chapter four about what to do with a broken gauge.</p></body></html>"""

RIFUGI = Look("Rifugi Alti", WORDPRESS, "it")
DOLOMITES = RIFUGI(
    "Il giro del Sella in due giorni",
    "<p>Si parte da Passo Gardena di buon'ora, si sale al Pisciadù per il sentiero e non per la ferrata, e si dorme al Boè. Il secondo giorno si scende al Pordoi e si chiude l'anello per i prati.</p><p>Acqua solo ai rifugi; a fine giugno nei canaloni c'è ancora neve.</p>",
)
BETTING = RIFUGI(
    "Deneme Bonusu Veren Siteler 2036",
    "<p>Deneme bonusu veren siteler arasında çevrim şartsız seçenekleri sizin için sıraladık. Yeni üyelere özel 500 TL deneme bonusu, yüzde yüz hoş geldin bonusu ve anında çekim imkânı.</p><p>Güncel giriş adresleri, canlı bahis oranları ve slot oyunları için hemen üye olun. Yatırım şartsız bonuslar her gün yenilenir.</p>"
    * 2,
    head='<link rel="amphtml" href="https://deneme-giris.amp.cfd/">',
)

THAI_SLOTS = """<!DOCTYPE html><html lang="th"><head><meta charset="utf-8"><title>สล็อตเว็บตรง แตกง่าย ไม่ผ่านเอเย่นต์ 2036</title><meta name="description" content="เว็บตรงอันดับหนึ่ง ฝากถอนไม่มีขั้นต่ำ รองรับวอเลท"></head>
<body><header><a href="/register">สมัครสมาชิก</a> <a href="/login">เข้าสู่ระบบ</a></header><h1>สล็อตเว็บตรง แตกง่าย</h1><p>รวมเกมสล็อตทุกค่ายไว้ในเว็บเดียว ฝากถอนอัตโนมัติภายในสิบวินาที สมัครใหม่รับเครดิตฟรีทันที</p>
<p>บาคาร่าสด ยิงปลา หวยออนไลน์ และแทงบอล พร้อมโปรโมชั่นทุกวัน ทีมงานดูแลตลอดยี่สิบสี่ชั่วโมง</p></body></html>"""

PRIZE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Congratulations, you are today's visitor!</title><meta name="robots" content="noindex,nofollow"></head>
<body><h1>Dear customer, you have been selected</h1><p>Answer three short questions within 2 minutes and 14 seconds for a chance to receive a new phone. Only 5 gifts remain.</p><button>Start</button><script>history.pushState(null,'',location.href)</script></body></html>"""
TUTORIAL = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Dithering explained with pixels</title></head><body><h1>Dithering explained</h1>
<p>Four grey levels are enough for a face, if the error of each pixel is handed on to its neighbours. Floyd and Steinberg give seven sixteenths to the right, three, five and one to the row below.</p><p>Ordered dithering needs no neighbours: compare each pixel with a matrix that repeats. Drag the slider to see both.</p></body></html>"""

MONGERS = """<!DOCTYPE html><html lang="pl"><head><meta charset="utf-8"><title>Wrocław.pm - Wrocław Perl Mongers</title></head><body><h1>Wrocław Perl Mongers</h1>
<p>Spotykamy się w pierwszy czwartek miesiąca o 18:30 w Barbarze. Ostatnio: Marta o testach własności, Paweł o Raku po roku w produkcji. Slajdy i nagrania są w archiwum od 2004 roku.</p></body></html>"""
DENTIST = Look("Gabinet Uśmiech", WORDPRESS, "pl")(
    "Implanty i stomatologia estetyczna",
    "<p>Nasz gabinet przyjmuje pacjentów od poniedziałku do soboty. Implanty, licówki, wybielanie i leczenie kanałowe pod mikroskopem; pierwsza konsultacja jest bezpłatna.</p><p>Zadzwoń lub umów wizytę przez formularz. Parking dla pacjentów na dziedzińcu.</p>",
)

TAKEOVER = """<!DOCTYPE html><html><head><title>Subdomain takeover PoC</title></head><body><h1>Subdomain takeover</h1><p>This is a proof of concept by h4rbour for a bug bounty report. No harm intended.</p><!-- h4rbour --></body></html>"""
VERSION_DOCS = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Force layouts - Loomgraph</title></head><body><nav><a href="/">Loomgraph</a><a href="/layouts/">Layouts</a></nav><h1>Force layouts</h1>
<p>Nodes repel each other and edges pull like springs. Start with a strength of minus thirty and a distance of forty; raise the decay when the drawing will not settle.</p><p>Pin a node by setting its fx and fy, and give heavy nodes a larger radius of collision.</p></body></html>"""

ANUBIS = """<!doctype html><html lang="en"><head><title>Making sure you&#39;re not a bot!</title><link rel="stylesheet" href="/.within.website/x/xess/xess.min.css?cachebuster=v1.26.4"><meta name="viewport" content="width=device-width, initial-scale=1.0"><meta name="robots" content="noindex,nofollow">
<script id="anubis_version" type="application/json">"v1.26.4"</script><script id="anubis_challenge" type="application/json">{"rules":{"algorithm":"fast","difficulty":4},"challenge":{"issuedAt":"2036-05-01T03:17:00Z","id":"01a0e49a-14cd-7c6b-8599-7159692835bb","method":"fast","spent":false}}</script>
<script id="anubis_base_prefix" type="application/json">""</script></head><body id="top"><main><h1 id="title" class="centered-div">Making sure you&#39;re not a bot!</h1>
<div class="centered-div"><img id="image" style="width:100%;max-width:256px;" src="/.within.website/x/cmd/anubis/static/img/pensive.webp?cacheBuster=v1.26.4"><p id="status">Loading...</p>
<script async type="module" src="/.within.website/x/cmd/anubis/static/js/main.mjs?cacheBuster=v1.26.4"></script><div id="progress" role="progressbar"><div class="bar-inner"></div></div>
<details><summary>Why am I seeing this?</summary><p>The administrator of this website has set up Anubis to protect the server against companies that scrape aggressively for AI. That can and does cause downtime, which makes the site's resources inaccessible for everyone.</p>
<p>Anubis is a compromise. It asks for a proof of work in the vein of Hashcash; for one visitor the extra load is negligible, for mass scrapers it adds up.</p><p>Please note that Anubis requires modern JavaScript features, which plugins like JShelter disable. Please disable them for this domain.</p></details>
<noscript><p>Sadly, you must enable JavaScript to get past this challenge. A solution without it is a work in progress.</p></noscript></div>
<footer><p>Protected by <a href="https://github.com/TecharoHQ/anubis">Anubis</a> From <a href="https://techaro.lol">Techaro</a>.</p></footer></main></body></html>"""

SGCAPTCHA = """<html><head><link rel="icon" href="data:;"><meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2Fsaddle-stitch%2F&y=ipc:203.0.113.7:2093761820.118"></meta></head></html>"""
SGCAPTCHA_SCREEN = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Robot Challenge Screen</title><meta name="robots" content="noindex, nofollow"></head>
<body><div class="main-wrapper"><h2>Checking the site connection security</h2><p>leatherbook.co.uk is checking your connection. This takes a few seconds.</p></div><script>const sgchallenge="20:2093761820:6b1e:";const sgsubmit_url="/.well-known/sgcaptcha/?r=%2Fsaddle-stitch%2F";</script></body></html>"""

CONSENT = """<!DOCTYPE html><html id="atomic" lang="de-DE"><head><meta charset="utf-8"><title>Yahoo ist Teil der Yahoo Markenfamilie</title><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body class="js-disabled blur-preview-tpl" id="consent-page"><div class="consent-wizard"><form method="post" class="consent-form" action="?sessionId=3_cc-session_d6"><input type="hidden" name="csrfToken" value="q1"><input type="hidden" name="sessionId" value="3_cc-session_d6"><input type="hidden" name="originalDoneUrl" value="https://www.gadgetkurier.de/test/loetkolben-2036">
<h1>Ihre Privatsphäre ist uns wichtig</h1><p>Wenn Sie auf „Alle akzeptieren“ klicken, verwenden wir und unsere 244 Partner Cookies und personenbezogene Daten, um Inhalte und Werbung zu personalisieren und zu messen.</p>
<button type="submit" name="agree" value="agree">Alle akzeptieren</button> <button type="submit" name="reject" value="reject">Alle ablehnen</button> <a href="/v2/partners">Datenschutzeinstellungen verwalten</a></form></div></body></html>"""

SIGN_IN = """<!-- Copyright (C) Microsoft Corporation. All rights reserved. --><!DOCTYPE html><html dir="ltr" class="" lang="da"><head><title>Log på din konto</title><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><meta name="PageID" content="ConvergedSignIn" /><meta name="SiteID" content="" /><meta name="robots" content="none" />
<script type="text/javascript">//<![CDATA[
$Config={"fShowPersistentCookiesWarning":false,"urlMsaSignUp":"https://login.live.com/oauth20_authorize.srf","pgid":"ConvergedSignIn"};
//]]></script></head><body data-bind="defineGlobals: ServerData" class="cb" style="display: none"><noscript>JavaScript er påkrævet for at logge på.</noscript><div><!-- ko if: svr.fShowCookieBanner --><!-- /ko --></div></body></html>"""
