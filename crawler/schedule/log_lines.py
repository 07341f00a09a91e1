"""Pure: what the log of `crawler schedule` says of a run or recheck that ended."""

from crawler import guard
from crawler.model import RunStatus
from crawler.report import as_text
from crawler.report.wording import plural
from crawler.run import RunResult


def of_run(result: RunResult) -> list[str]:
    """What is said of a run over the whole list."""
    lines = []
    if result.interrupted_before:
        lines.append("an earlier run had not finished; it is marked as interrupted")
    if result.signal is not None:
        lines.append(f"interrupted; {_kept(result)}")
    elif result.status is not RunStatus.COMPLETE or result.report is None:
        lines.append(f"run ended: {result.status}{_why(result)}")
    else:
        # Its first paragraph is about all links, each of the others about one.
        sentence = as_text.render(result.report).partition("\n\n")[0]
        lines.append(f"run finished: {' '.join(sentence.split())}")
    return lines


def of_recheck(result: RunResult) -> str:
    """What is said of a recheck."""
    if result.signal is not None:
        return f"recheck interrupted; {_kept(result)}"
    if result.status is not RunStatus.COMPLETE:
        return f"recheck ended: {result.status}{_why(result)}"
    if not result.asked:
        return "recheck finished: no link is in trouble"
    links = plural(result.asked, "link", "links")
    return f"recheck finished: {links} looked at, {result.in_trouble} still in trouble"


def _kept(result: RunResult) -> str:
    is_reported = result.report is not None
    return "what was judged so far counts" if is_reported else "the checks made so far are stored"


def _why(result: RunResult) -> str:
    if result.distrust is not None:
        return f"; {guard.explanation(result.distrust)}"
    if result.broken_off:
        return f"; {result.broken_off}; what was judged so far counts"
    return "; nothing was concluded"
