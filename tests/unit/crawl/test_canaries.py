"""The canaries: one that answers is enough."""

import asyncio

import pytest

from crawler.crawl.canaries import any_of


@pytest.mark.parametrize(
    ("answers", "expected"),
    [((), False), ((False, False), False), ((False, True), True), ((True, None), True)],
)
def test_one_yes_is_enough_and_the_others_are_not_waited_for(
    answers: tuple[bool | None, ...], expected: bool
) -> None:
    async def question(answer: bool | None) -> bool:
        if answer is None:
            await asyncio.Event().wait()
        return bool(answer)

    assert asyncio.run(any_of(map(question, answers))) is expected
