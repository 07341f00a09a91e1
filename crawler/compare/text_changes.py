"""Pure: what becomes of the texts that are kept of a resource."""

from crawler.model import Record, State, TextUse


def text_uses(start: Record, record: Record) -> tuple[TextUse, ...]:
    """What a check changes about the texts that are kept; `start` is the record before it."""
    check = record.check
    if check is None or check is start.check:
        return ()
    if record.standing.state is State.BROKEN:
        has_broken = start.standing.state is not State.BROKEN and start.last_good is not None
        return (TextUse.BROKE,) if has_broken else ()
    if check.page is None or check.facts.is_not_modified:
        return ()
    return (TextUse.FIRST if start.last_good is None else TextUse.CHANGED,)
