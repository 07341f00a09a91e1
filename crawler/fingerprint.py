"""Pure: what a text has in common with another one, without what changes by itself."""

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


# --- likeness -------------------------------------------------------------------------------------

_MAX_COMPARED = 20_000
"""Characters of a text that are compared."""
_SHINGLE = 3
"""Words that make one shingle."""
_SHORT = 12
"""Texts with fewer words are compared word by word."""
_STEPS = 20
# Scripts written without blanks are compared by character.
_TOKEN = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
_CHANGING = re.compile(r"\d+|(?=[^\d]*\d)\w{8,}")
"""Numbers, and names that only a machine gives."""


def likeness(first: str, second: str, *, ignoring: frozenset[str] = frozenset()) -> float:
    """How much of two texts is the same, 0 to 1, in steps of 0.05.

    That is the share of runs of three words that both have among all that either has; of single
    words when one of the texts is very short. `ignoring` holds words, in any letter case, that
    count for neither. Two texts without words are alike.

    >>> likeness("No such page: raft", "No such page: paxos", ignoring=frozenset({"raft", "paxos"}))
    1.0
    """
    ignored = frozenset(word.casefold() for word in ignoring)
    ours, theirs = _tokens(first, ignored), _tokens(second, ignored)
    if not (ours and theirs):
        return float(ours == theirs)
    size = 1 if min(len(ours), len(theirs)) < _SHORT else _SHINGLE
    one, other = _shingles(ours, size), _shingles(theirs, size)
    return round(_STEPS * len(one & other) / len(one | other)) / _STEPS


def words(text: str) -> frozenset[str]:
    """The words by which `likeness` compares, for what it is to ignore."""
    return frozenset(_TOKEN.findall(text[:_MAX_COMPARED].casefold()))


def _tokens(text: str, ignored: frozenset[str]) -> list[str]:
    found = _TOKEN.findall(text[:_MAX_COMPARED].casefold())
    return [
        "#" if _CHANGING.fullmatch(token) else token for token in found if token not in ignored
    ]


def _shingles(tokens: list[str], size: int) -> set[tuple[str, ...]]:
    return set(zip(*(tokens[start:] for start in range(size)), strict=False))
