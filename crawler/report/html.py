"""Pure: the report as one page for a browser, which asks nobody for anything.

The page's template, style and script are the files of the folder `page`. Every text is escaped where
it stands; the only script that runs is our own, named by its hash in the content security policy.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from crawler import urls
from crawler.model import FindingClass
from crawler.report import words
from crawler.report.contents import Report
from crawler.report.findings import Finding, web_address

_UNSEEN = "unseen"
"""The code of a link without a class: no check has concluded anything yet."""
_CODES = (*FindingClass, _UNSEEN)


_PIECE = 200
"""Parts of a template that make one piece of the page."""


def render(report: Report) -> Iterator[str]:
    """The page, `reports/index.html`, in UTF-8 and in pieces; it shows when the run began."""
    counts = Counter(map(_code, report.findings))
    script = _asset("script.js")
    stream = (
        _jinja()
        .get_template("index.html.j2")
        .stream(
            report=report,
            counts={code: counts[code] for code in _CODES if counts[code]},
            style=_asset("style.css"),
            script=script,
            script_source=_source(script),
        )
    )
    stream.enable_buffering(_PIECE)
    return iter(stream)


@cache
def _jinja() -> Environment:
    """Kept, because compiling the template takes longer than all the rest of a short report."""
    jinja = Environment(
        autoescape=True,
        loader=FunctionLoader(_asset),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    jinja.globals |= {
        "address": web_address,
        "code": _code,
        "host": _host,
        "rank": _CODES.index,
        "words": words,
    }
    return jinja


def _asset(name: str) -> str:
    return files("crawler.report").joinpath("page", name).read_text("utf-8")


def _source(script: str) -> str:
    """The hash-source that allows an inline script; source: CSP 3 §2.3.1."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


def _code(finding: Finding) -> str:
    return finding.kind or _UNSEEN


def _host(url: str) -> str:
    """Where a web address leads, in short; anything else as it is written."""
    address = web_address(url)
    return urls.host(address) if address else url
