"""Pure: which stage of a run the time of each function belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

Name = tuple[str, int, str]
"""File, line and name of a function, as profilers give it; built-in functions have no file."""

Shares = Mapping[str, float]
"""By stage, in parts that sum up to one, or to less where the stage is not known."""

IDLE = ("select.epoll", "select.kqueue", "_thread.lock", "posix.wait")
"""Built-in functions that wait; that time is no work."""
STAGES: Sequence[tuple[str, Sequence[str]]] = (
    ("start-up", ("importlib._bootstrap", "marshal.loads", "imp.create_dynamic")),
    ("TLS", ("/ssl.py", "_ssl.", "asyncio/sslproto.py", "crawler/fetch/tls.py")),
    ("reading", ("crawler/extract/", "selectolax/", "crawler/fetch/page_reader.py")),
    ("judging", ("crawler/judge/", "crawler/fingerprint.py", "crawler/guard.py")),
    ("comparing", ("crawler/compare/",)),
    ("reports", ("crawler/report/", "jinja2/", "crawler/run/reports.py")),
    ("store", ("crawler/store/", "sqlite_utils/", "sqlite3.")),
    ("transport", ("crawler/fetch/", "httpx/", "pycurl", "Curl")),
    ("plan and list", ("crawler/plan.py", "crawler/resources.py", "crawler/config/")),
    ("crawl", ("crawler/crawl/", "crawler/retry.py", "tenacity/")),
    ("event loop", ("asyncio/", "selectors.py")),
    ("command line", ("crawler/cli/", "click/", "rich/", "crawler/run/")),
)
"""Names of stages, and parts of the files or built-in names that belong to each; the first decides."""
OTHER = "other"
_ROUNDS = 12
"""How far a helper may be from the stage that it works for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one function took, without what it called."""

    seconds: float
    callers: Mapping[Name, float]
    """How much of the time with what it called was for each of its callers."""


def by_stage(profile: Mapping[Name, Spent]) -> Mapping[str, float]:
    """Seconds by stage; waiting is left out.

    Helpers that several stages use (`urls`, `text`, the standard library, what is built in) count
    for the stages that call them.
    """
    works_for = {name: _own(name) for name in profile}
    helpers = [name for name, stages in works_for.items() if not stages]
    for _ in range(_ROUNDS):
        works_for |= {name: _mixed(profile[name].callers, works_for) for name in helpers}
    found = dict[str, float]()
    for name, spent in profile.items():
        if not any(part in name[2] for part in IDLE):
            rest = {OTHER: 1 - sum(works_for[name].values())}
            for stage, share in (*works_for[name].items(), *rest.items()):
                found[stage] = found.get(stage, 0.0) + share * spent.seconds
    return {stage: seconds for stage, seconds in found.items() if seconds > 0}


def _own(name: Name) -> Shares:
    stage = stage_of(name)
    return {} if stage is None else {stage: 1.0}


def _mixed(callers: Mapping[Name, float], works_for: Mapping[Name, Shares]) -> Shares:
    """The stages that a helper works for, which are those of its callers."""
    total = sum(callers.values())
    mixed = dict[str, float]()
    for caller, seconds in callers.items():
        for stage, share in works_for.get(caller, {}).items():
            mixed[stage] = mixed.get(stage, 0.0) + share * seconds / total if total else 0.0
    return mixed


def shares(seconds: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Each stage's share in percent, the largest first."""
    total = sum(seconds.values())
    largest = sorted(seconds.items(), key=lambda item: item[1], reverse=True)
    return tuple((stage, 100 * spent / total) for stage, spent in largest)


def stage_of(name: Name) -> str | None:
    """The stage of a function by its own place; None for a helper.

    >>> stage_of(("/x/crawler/extract/jsonld.py", 12, "read"))
    'reading'
    """
    file, _, function = name
    place = function if file == "~" else PurePath(file).as_posix()
    return next((stage for stage, parts in STAGES if any(part in place for part in parts)), None)
