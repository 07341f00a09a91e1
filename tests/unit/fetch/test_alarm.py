import asyncio

from crawler.fetch.alarm import Alarm


def test_an_alarm_that_is_set_again_replaces_the_earlier_one() -> None:
    async def main() -> list[str]:
        alarm, called, done = Alarm(), list[str](), asyncio.Event()

        def note(name: str) -> None:
            called.append(name)
            done.set()

        alarm.set(0.0, note, "first")
        alarm.set(0.0, note, "second")
        await done.wait()
        return called

    assert asyncio.run(main()) == ["second"]


def test_an_alarm_that_is_cancelled_calls_nothing() -> None:
    async def main() -> list[None]:
        alarm, called = Alarm(), list[None]()
        alarm.cancel()
        alarm.set(0.0, called.append, None)
        alarm.cancel()
        await asyncio.sleep(0.01)
        return called

    assert asyncio.run(main()) == []
