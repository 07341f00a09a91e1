"""What is said of a worker by what it answers, or does not."""

import asyncio
from pathlib import Path

import pytest
import trustme

from crawler import __version__
from crawler.crawl.cluster.examination import fault_of, state_here


class Client:
    """A cluster whose workers all answer the same, or none of them if that is an error."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    async def run(self, *_: object, workers: list[str], on_error: str) -> dict[str, object]:
        if isinstance(self._answer, Exception):
            raise self._answer
        return dict.fromkeys(workers, self._answer)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ((__version__, True), ""),
        (None, None),
        (OSError("closed"), None),
    ],
)
def test_a_worker_is_usable_or_gone(answer: object, fault: str | None) -> None:
    assert asyncio.run(fault_of(Client(answer), "a", "")) == fault


@pytest.mark.parametrize(
    ("error", "said"),
    [(TypeError("unreadable\nand more"), "unreadable"), (KeyError(), "KeyError")],
)
def test_the_first_line_of_an_error_is_told(error: Exception, said: str) -> None:
    fault = asyncio.run(fault_of(Client(error), "a", ""))
    assert fault is not None
    assert fault.startswith(f"cannot run the crawler ({said}); install ")


def test_a_worker_answers_whether_it_has_the_certificates(tmp_path: Path) -> None:
    bundle = tmp_path / "ours.pem"
    assert state_here("") == (__version__, True)
    assert state_here(str(bundle)) == (__version__, False)
    bundle.write_bytes(trustme.CA().cert_pem.bytes())
    assert state_here(str(bundle)) == (__version__, True)
