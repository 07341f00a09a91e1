"""IO: default pages, as packages install them or in our own words.

Where a package is not installed, a page with the same marks takes its place. Hence no case depends on what
is installed.
"""
# ruff: noqa: RUF001 -- typographic and foreign characters are meant

from pathlib import Path

HELP = (
    "Point the name of your domain at this machine and wait until the world knows about it.",
    "Copy the files of your site into the document root, and see that the server may read them.",
    "Edit the configuration, test it, and have the server read it again.",
    "Modules are switched on and off by links in a folder of their own.",
    "Logs are below /var/log; look there first when something does not answer as expected.",
    "Report bugs of the package to the distribution, after a look at those that are known.",
)
"""What default pages explain at length."""


def shown(title: str, *text: str, heading: str = "", helps: int = 0) -> str:
    """A default page in our own words: its marks, and as much help as its model gives."""
    top = f"<h1>{heading}</h1>" if heading else ""
    paragraphs = "".join(f"<p>{one}</p>" for one in (*text, *(HELP * 4)[:helps]))
    name = f"<title>{title}</title>" if title else ""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{name}<style>body {{ width: 60em }}</style></head><body>{top}{paragraphs}</body></html>"


def installed(path: str, otherwise: str) -> str:
    """The page that a package of this machine holds, or else the other one."""
    file = Path(path)
    return file.read_text(encoding="utf-8") if file.is_file() else otherwise


CADDY = installed(
    "/usr/share/caddy/index.html",
    shown(
        "Caddy works!",
        "Your web server is working. Now make it work for you.",
        heading="Congratulations! おめでとう!",
        helps=24,
    ),
)
NGINX = installed(
    "/usr/share/nginx/html/index.html",
    shown(
        "Welcome to nginx!",
        "If you see this page, the nginx web server is successfully installed and working.",
        heading="Welcome to nginx!",
    ),
)
APACHE = installed(
    "/usr/share/apache2/default-site/index.html",
    shown(
        "Apache2 Debian Default Page: It works",
        "Apache2 Debian Default Page",
        "It works!",
        "This is the default welcome page used to test the Apache2 server after installation on Debian systems.",
        helps=24,
    ),
)
TOMCAT = installed(
    "/usr/share/tomcat10-root/default_root/index.html",
    shown(
        "Apache Tomcat",
        "If you're seeing this page via a web browser, it means you've setup Tomcat successfully.",
        heading="It works !",
        helps=9,
    ),
)
LIGHTTPD = installed(
    "/usr/share/lighttpd/index.html",
    shown(
        "Welcome page",
        "The owner of this web site has not put up any web pages yet.",
        heading="Placeholder page",
        helps=14,
    ),
)
JETTY = installed(
    "/usr/share/jetty9/default-root/index.html",
    shown(
        "Welcome to Jetty 9 on Debian",
        "Jetty is a Java HTTP Server and Servlet Container.",
        heading="Welcome to Jetty 9 on Debian",
        helps=5,
    ),
)
MINI_HTTPD = installed("/usr/share/mini-httpd/html/index.html", shown("Welcome page", "It works!"))
PASSENGER = installed(
    "/usr/share/passenger/standalone_default_root/index.html",
    shown("", "There's no website configured on this host name."),
)
YAWS = installed(
    "/usr/share/yaws/www/index.html",
    shown(
        "Test Page for Yaws Installation",
        heading="Seeing this instead of the website you expected?",
        helps=4,
    ),
)
OCSIGEN = installed(
    "/usr/share/ocsigenserver/index.html", "<html><body><p>It works !</p></body></html>"
)

TOMCAT_UPSTREAM = shown(
    "Apache Tomcat/10.1.34",
    "If you're seeing this, you've successfully installed Tomcat. Congratulations!",
    heading="Apache Tomcat/10.1.34",
    helps=12,
)
NGINX_NEW = shown(
    "Welcome to nginx!",
    "If you see this page, nginx is successfully installed and working. Further configuration is required.",
    heading="Welcome to nginx!",
    helps=12,
)
DJANGO = shown(
    "The install worked successfully! Congratulations!",
    "You are seeing this page because DEBUG=True is in your settings file and no URL is configured.",
    heading="The install worked successfully! Congratulations!",
)
RAILS = shown(
    "Ruby on Rails 7.1.3",
    "Rails version: 7.1.3",
    "Rack version: 3.0.9",
    "Ruby version: ruby 3.2.3",
)
LARAVEL = shown(
    "Laravel",
    "Documentation",
    "Laracasts",
    "Laravel News",
    "Laravel v11.9.2 (PHP v8.3.9)",
    helps=3,
)
SYMFONY = shown(
    "Welcome to Symfony!",
    "You're seeing this page because you haven't configured any homepage URL.",
    heading="Welcome to Symfony 7.1.3",
    helps=2,
)
PHPINFO = shown(
    "PHP 8.2.7 - phpinfo()",
    "System Linux web1 6.1.0",
    "Configuration File (php.ini) Path /etc/php/8.2/fpm",
    *(f"directive_{n}.value no value no value" for n in range(300)),
    heading="PHP Version 8.2.7",
)
WORDPRESS_SETUP = shown(
    "WordPress › Installation",
    "Welcome",
    "Fill in the information below, and WordPress will be ready.",
    helps=1,
)
ROCKY = shown(
    "HTTP Server Test Page powered by: Rocky Linux",
    "This page is used to test the proper operation of an HTTP server.",
    heading="HTTP Server <strong>Test Page</strong>",
    helps=12,
)
ALMA = shown(
    "Test Page for the HTTP Server on AlmaLinux",
    "This page is used to test the proper operation of the HTTP server.",
    heading="AlmaLinux Test Page",
    helps=14,
)
FEDORA = shown(
    "Test Page for the HTTP Server on Fedora",
    "If you can read this page, the web server installed at this site is working properly.",
    heading="Fedora Webserver Test Page",
    helps=12,
)
AMAZON = shown(
    "Test Page for the Apache HTTP Server on the Amazon Linux AMI",
    "This page is used to test the proper operation of the Apache HTTP server.",
    heading="Amazon Linux AMI Test Page",
    helps=11,
)
WEB_PANEL = shown(
    "HTTP Server Test Page powered by CentOS-WebPanel.com", heading="Testing 123..", helps=5
)
PLESK = shown(
    "Web Server's Default Page",
    "This is a default webpage generated for {host} by Plesk.",
    heading="Log in to Plesk to create websites",
    helps=8,
)
VESTA = """<html><head><title>{host} &mdash; Coming Soon</title><meta name="description" content="This is a default index page for a new domain."></head><body><h1>{host}</h1><p>Powered by VESTA</p></body></html>"""
BAOTA = shown(
    "恭喜，站点创建成功！",
    "这是默认index.html，本页面由系统自动生成",
    "本页面在FTP根目录下的index.html",
    "您可以修改、删除或覆盖本页面",
    heading="恭喜, 站点创建成功！",
)
BAOTA_MISSING = shown(
    "没有找到站点",
    "您的请求在Web服务器中没有找到对应的站点！",
    "可能原因：您没有将此域名或IP绑定到对应站点!",
    heading="没有找到站点",
)
SYNOLOGY = shown(
    "Hello! Welcome to Synology Web Station!",
    "Web Station has been enabled. Put a page of your own in its place.",
)
FUNCTIONS = shown(
    "Your Azure Function App is up and running.",
    "Azure Functions lets you run code in response to events.",
    helps=3,
)
BEANSTALK = shown(
    "Elastic Beanstalk",
    "Your first AWS Elastic Beanstalk Node.js application is now running on your own environment in the AWS Cloud.",
    heading="Congratulations",
    helps=2,
)
XAMPP_DE = shown(
    "Willkommen zu XAMPP",
    "XAMPP wurde erfolgreich auf diesem System eingerichtet.",
    heading="XAMPP für Windows 8.2.12",
    helps=7,
)
STRATO = shown(
    "Hier entsteht eine neue Internetpräsenz",
    "Diese Domain wurde für einen Kunden von STRATO eingerichtet.",
    heading="Hier entsteht eine neue Internetpräsenz.",
)
GLASSFISH = shown(
    "GlassFish Server - Server Running",
    "Your server is now running",
    "To replace this page, overwrite the file index.html in the document root.",
    helps=8,
)
WILDFLY = shown(
    "Welcome to WildFly",
    "Your WildFly instance is running.",
    heading="Welcome to WildFly",
    helps=2,
)
SUSPENDED_ES = shown(
    "Cuenta suspendida",
    "Póngase en contacto con su proveedor.",
    heading="Esta cuenta ha sido suspendida",
)
SUSPENDED_RU = shown(
    "Сайт заблокирован", "Обратитесь в службу поддержки хостинга.", heading="Сайт заблокирован"
)
CLOUD_RUN = shown("Congratulations | Cloud Run", heading="It's running!", helps=1)
OPEN_LITESPEED = shown("Open LiteSpeed", heading="Congratulation", helps=6)
CYBER_PANEL = shown(
    "",
    "You have installed CyberPanel, please remove this page and upload your website.",
    heading="CyberPanel Installed",
)
HESTIA_SUSPENDED = shown("SUSPEND", "Your site has been suspended", heading="SUSPEND")
STRATO_NEW = shown("STRATO", heading="Sie sehen hier eine soeben freigeschaltete Homepage")
