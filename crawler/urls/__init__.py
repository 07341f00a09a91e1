"""Pure: everything about URLs: which can be asked, parts, secrets, differences, IP addresses."""

from crawler.urls.differences import https_upgrade, page_key, trivially_different
from crawler.urls.ip_addresses import is_global, private_allowed
from crawler.urls.parts import (
    domain,
    fragment,
    host,
    host_key,
    normal_form,
    origin,
    path,
    port,
    problem,
    registrable_domain,
    resolve,
    scheme,
    target_uri,
    web_host,
    with_fragment,
    without_fragment,
)
from crawler.urls.scripts import mixed_host
from crawler.urls.userinfo import without_userinfo

__all__ = [
    "domain",
    "fragment",
    "host",
    "host_key",
    "https_upgrade",
    "is_global",
    "mixed_host",
    "normal_form",
    "origin",
    "page_key",
    "path",
    "port",
    "private_allowed",
    "problem",
    "registrable_domain",
    "resolve",
    "scheme",
    "target_uri",
    "trivially_different",
    "web_host",
    "with_fragment",
    "without_fragment",
    "without_userinfo",
]
