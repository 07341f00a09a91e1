"""Pure: what a run has to say to people who do not look at the reports, as a short message in plain text.

Services read Markdown, HTML or codes of their own into a text. Here nothing means anything: what could
is replaced by a character that looks like it, and only listed URLs and their new addresses are links.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from crawler.model import Change, Message
from crawler.report import as_text
from crawler.report.contents import Report
from crawler.report.events import group_of
from crawler.report.wording.event_words import COUNTED, EventGroup
from crawler.text import clean

MAX_CHARACTERS = 1_500
"""Of a text: chat services take 2,000, and a phone shows less."""
_TITLE_CHARACTERS = 120
_SHOWN = 8
"""Links of a group that are named."""
_TOLD = (EventGroup.NEW, EventGroup.BACK)
_MORE = "… and more: the report has it."

_LOOK_ALIKES = str.maketrans(
    {
        "@": "@\u200b",
        "#": "#\u200b",
        "*": "\N{ASTERISK OPERATOR}",
        "_": "\N{FULLWIDTH LOW LINE}",
        "~": "\N{TILDE OPERATOR}",
        "`": "'",
        "|": "¦",
        "\\": "\N{SET MINUS}",
        "[": "(",
        "]": ")",
        "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        "&": "\N{FULLWIDTH AMPERSAND}",
    }
)
_BARE_ADDRESS = re.compile(r"(?<=www)\.|:(?=//)", re.IGNORECASE)
_ADDRESS_LINE = re.compile(r"( *(?:Now at |New address: )?)(https?://\S+)")
_ENCODED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "@*_~`|\\[]<>"})


def is_news(changes: Iterable[Change]) -> bool:
    """Whether one of the changes is worth a message: new trouble, or the end of it."""
    return any(group_of(change) in _TOLD for change in changes)


def of_news(report: Report, changes: Iterable[Change]) -> Message:
    """What is new by these changes, and what works again; after the first look, what needs a person."""
    if report.is_first_look:
        return _message(report, "first look", as_text.paragraphs(report))
    told = {(change.kind, change.resource.key) for change in changes}
    events = {
        group: [e for e in report.events_of(group) if (e.change.kind, e.resource.key) in told]
        for group in _TOLD
    }
    counts = (f"{len(found)} {COUNTED[group]}" for group, found in events.items() if found)
    return _message(report, ", ".join(counts), as_text.news(report, events, _SHOWN))


def of_week(report: Report) -> Message:
    """How things stand, and what needs a person."""
    return _message(report, "this week", as_text.standing(report))


def of_end(list_name: str, about: str, text: str) -> Message:
    """How a run ended that brought no report, or what else is to say of runs."""
    return Message(title=_title(list_name, about), text=bounded(plain(text)))


def joined(messages: Sequence[Message]) -> Message | None:
    """One message for all of them; None for none."""
    if not messages:
        return None
    texts = [messages[0].text, *(f"{one.title}\n{one.text}" for one in messages[1:])]
    return Message(title=messages[0].title, text=bounded("\n\n".join(texts)))


def plain(text: str) -> str:
    """The text, each line of it cleaned, in which no service finds a link, a mention or a format.

    A line that is a web address, with or without a word before it, stays one.
    """
    return "\n".join(map(_plain_line, text.splitlines()))


def bounded(text: str, length: int = MAX_CHARACTERS) -> str:
    """The lines of a text that fit, with a remark if some are left out."""
    if len(text) <= length:
        return text
    kept = text[: length - len(_MORE) - 1].rpartition("\n")[0].rstrip()
    return f"{kept}\n{_MORE}"


def _message(report: Report, about: str, paragraphs: Iterator[str]) -> Message:
    text = "\n\n".join(map(plain, paragraphs))
    return Message(title=_title(report.snapshot.resources_name, about), text=bounded(text))


def _title(list_name: str, about: str) -> str:
    return plain(clean(f"Links of {list_name}: {about}", _TITLE_CHARACTERS))


def _plain_line(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip(" "))]
    found = _ADDRESS_LINE.fullmatch(line)
    if found:
        return f"{found[1]}{found[2].translate(_ENCODED)}"
    arrow = "→ " if line.lstrip().startswith("-> ") else ""
    words = clean(line.lstrip().removeprefix("-> ") if arrow else line)
    return f"{indent}{arrow}{_BARE_ADDRESS.sub(_spaced, words.translate(_LOOK_ALIKES))}"


def _spaced(found: re.Match[str]) -> str:
    return f"{found[0]}\u200b"
