"""What the log of `crawler schedule` says of a run that did not complete."""

from crawler import guard
from crawler.guard import Portal
from crawler.model import RunStatus
from crawler.run import RunResult
from crawler.schedule import log_lines

PORTAL = Portal(host="wifi.test", resources=9, landed=9, canaries=0)
LOST = "crawl.cluster: the connection to the scheduler was lost"


def test_what_a_lost_cluster_has_told_is_said_to_count() -> None:
    broken_off = RunResult(status=RunStatus.INTERRUPTED, broken_off=LOST)
    (line,) = log_lines.of_run(broken_off)
    assert line == f"run ended: interrupted; {LOST}; what was judged so far counts"


def test_of_a_run_that_is_not_trusted_nothing_is_said_to_count() -> None:
    distrusted = RunResult(status=RunStatus.UNTRUSTED, distrust=PORTAL, broken_off=LOST)
    (line,) = log_lines.of_run(distrusted)
    assert line == f"run ended: untrusted; {guard.explanation(PORTAL)}"
