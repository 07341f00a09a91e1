"""Pure: text with what changes by itself masked out, so that what is left says whether it changed."""

import html
import re

_OPEN, _CLOSE = r"(\[{\uff08\u3010", r")\]}\uff09\u3011"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_COUNTED = (
    r"(?:answer|comment|download|follower|fork|issue|learner|lesson|like|member|message|notification"
    r"|new|online|people|post|question|rating|repl(?:y|ie)|repositor(?:y|ie)|result|review|star|student"
    r"|subscriber|unread|user|view|vote)s?\b"
)

MASKS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE), mask)
    for name, pattern, mask in (
        ("number in brackets", rf"[{_OPEN}][^{_OPEN}{_CLOSE}]*\d[^{_OPEN}{_CLOSE}]*[{_CLOSE}]", " "),
        ("ISO date and time", r"\b\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2}(?:[T ]\d\d:\d\d\S*)?)?\b", "#"),
        ("date in figures", r"\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b", "#"),
        ("day and month", rf"\b{_DAY}(?: of)? {_MONTH}(?:,? \d{{4}})?(?!\w)", "#"),
        ("month and day or year", rf"\b{_MONTH} (?:{_DAY}(?:,? \d{{4}})?|\d{{4}})\b", "#"),
        ("time of day", r"\b\d{1,2}:\d\d(?::\d\d)?\b", "#"),
        ("age", r"\b\d+ (?:second|minute|hour|day|week|month|year)s? ago\b", "#"),
        ("grouped number", r"\b\d{1,3}(?:[,.'\u2019 ]\d{3})+\b\+?", "#"),
        ("rounded number", r"\b\d+(?:[.,]\d+)?(?: ?[km]\b)?\+|\b\d+(?:[.,]\d+)? ?[km]\b", "#"),
        ("version", r"\b(?:version |v)\d+\S*|\b\d+(?:\.(?:\d+|x\b))+(?:[-+]?(?:a|b|rc|alpha|beta)[\d.]*)?", "#"),
        ("counter", rf"\b\d+(?= {_COUNTED})", "#"),
        ("year or large number", r"\b\d{3,}\b", "#"),
    )
)  # fmt: skip
"""What changes without the page becoming another one, in the order in which it is masked."""

_COUNTERS = tuple(mask for mask in MASKS if mask[0] != "version")

_BLANKS = re.compile(r"\s+")


def masked(text: str) -> str:
    """The text without entities, dates, counters, version numbers and numbers in brackets.

    >>> masked("(3) Flask &amp; friends 3.1.2")
    'Flask & friends #'
    """
    return _masked(text, MASKS)


def without_counters(text: str) -> str:
    """The same, but with its version numbers.

    >>> without_counters("(3) Flask &amp; friends 3.1.2")
    'Flask & friends 3.1.2'
    """
    return _masked(text, _COUNTERS)


def _masked(text: str, masks: tuple[tuple[str, re.Pattern[str], str], ...]) -> str:
    plain = html.unescape(text)
    for _name, pattern, mask in masks:
        plain = pattern.sub(mask, plain)
    return _BLANKS.sub(" ", plain).strip()
