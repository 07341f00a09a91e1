"""Pure: which stage of a run a stack of calls belongs to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

STAGES: Sequence[tuple[str, Sequence[str]]] = (
    ("start-up", ("importlib._bootstrap",)),
    ("TLS", ("ssl.py", "asyncio/sslproto.py", "crawler/fetch/tls.py")),
    ("reading", ("crawler/extract/", "selectolax/", "crawler/fetch/reading.py")),
    ("judging", ("crawler/judge/", "crawler/fingerprint.py", "crawler/guard.py")),
    ("comparing", ("crawler/compare/",)),
    ("reports", ("crawler/report/", "jinja2/", "crawler/run/reports.py")),
    ("store", ("crawler/store/", "sqlite_utils/")),
    (
        "transport",
        (
            "crawler/fetch/",
            "httpx/",
            "httpcore/",
            "h11/",
            "anyio/",
            "pycurl/",
            "asyncio/streams.py",
        ),
    ),
    ("plan and list", ("crawler/plan.py", "crawler/resources.py", "crawler/config/")),
    ("crawl", ("crawler/crawl/", "crawler/retry.py", "tenacity/")),
    ("event loop", ("asyncio/", "selectors.py")),
    ("command line", ("crawler/cli/", "click/", "rich/", "crawler/run/")),
)
"""Names of stages, and parts of the files that belong to each. The innermost call that belongs to
one decides; helpers that several stages use (`urls`, `text`, the standard library) count for their
caller."""
OTHER = "other"


def stage_of(files: Iterable[str]) -> str:
    """The stage of a stack, given as the files of its calls, innermost first.

    >>> stage_of(["/lib/json/decoder.py", "/x/crawler/extract/jsonld.py", "/x/crawler/crawl/looks.py"])
    'reading'
    """
    return next((stage for file in files if (stage := _stage_of_file(file))), OTHER)


def shares(counts: Counter[str]) -> tuple[tuple[str, float], ...]:
    """Each stage's share of all samples in percent, the largest first."""
    total = counts.total()
    return tuple((stage, 100 * count / total) for stage, count in counts.most_common())


def _stage_of_file(file: str) -> str | None:
    path = PurePath(file).as_posix()
    for stage, parts in STAGES:
        if any(part in path for part in parts):
            return stage
    return None
