"""Pure: the tables of what was measured, in Markdown."""

from benchmarks.scale import hosts
from benchmarks.scale.hosts import Scale
from benchmarks.scale.running import COORDINATOR, SCHEDULER, WORKERS, Ran

_COLUMNS = (
    "way",
    "URL/s",
    "wall s",
    "CPU ms a URL",
    "of it the coordinator's",
    "server's",
    "coordinator MB",
    "scheduler MB",
    "workers MB, all / largest",
    "requests a URL",
    "connections a URL",
    "kB a URL",
    "URLs asked more often",
    "events",
)


def head(scale: Scale) -> str:
    """The table's head, and before it what is crawled."""
    urls = len(hosts.rows(scale))
    return "\n".join(
        (
            "",
            f"{urls:,} URLs on {scale.hosts:,} hosts at {scale.addresses:,} addresses, pages of {scale.size.value}.",
            "",
            f"| {' | '.join(_COLUMNS)} |",
            f"|{'---|' * len(_COLUMNS)}",
        )
    )


def line(ran: Ran, alone: Ran | None) -> str:
    """A run as a line; `alone` is the run in one process with which it is compared, if any."""
    coordinator, workers = ran.taken[COORDINATOR], ran.taken[WORKERS]
    again = "" if alone is None else f"{asked_again(ran, alone):,}"
    traffic = ran.traffic
    cells = (
        ran.way.name,
        f"{ran.urls / ran.wall:.0f}",
        f"{ran.wall:.1f}",
        f"{_ms(ran.cpu, ran):.2f}",
        f"{_ms(coordinator.cpu, ran):.2f}",
        f"{_ms(ran.server_cpu, ran):.2f}",
        f"{coordinator.peak / 1e6:.0f}",
        f"{ran.taken[SCHEDULER].peak / 1e6:.0f}" if SCHEDULER in ran.taken else "",
        f"{workers.peak / 1e6:.0f} / {workers.largest / 1e6:.0f}" if workers.peak else "",
        f"{traffic.requests / ran.urls:.2f}",
        f"{traffic.connections / ran.urls:.2f}",
        f"{(traffic.received + traffic.sent) / ran.urls / 1e3:.1f}",
        again,
        f"{len(ran.outcome.events):,}",
    )
    return f"| {' | '.join(cells)} |"


def asked_again(ran: Ran, alone: Ran) -> int:
    """How many more requests for listed places there were than in another run."""
    known = alone.traffic.asked
    return sum(
        max(0, count - known[place]) for place, count in ran.traffic.asked.items() if known[place]
    )


def _ms(seconds: float, ran: Ran) -> float:
    return 1000 * seconds / ran.urls
