"""Pure: what changes in a line while it says the same: dates, ages, counters, machine-made names."""

import re

from crawler.model import NoiseKind

_MONTH = (
    r"(?:jan(?:uary|uar|vier|eiro)?|ene(?:ro)?|gen(?:naio)?|feb(?:ruary|ruar|rero|braio)?|fév(?:rier)?"
    r"|fev(?:ereiro)?|mar(?:ch|s|zo|ço)?|märz|maart|mrt|apr(?:ile|il)?|avr(?:il)?|abr(?:il)?|may|mayo|mai"
    r"|maio|maggio|mei|jun[ei]?|juin|junio|junho|giugno|jul[iy]?|juil(?:let)?|julio|julho|luglio"
    r"|aug(?:ustus|ust)?|août|agosto|ago|sep(?:tember|tembre|tiembre|t)?|setembro|settembre"
    r"|oct(?:ober|obre|ubre)?|okt(?:ober)?|out(?:ubro)?|ott(?:obre)?|nov(?:ember|embre|iembre|embro)?"
    r"|dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:embre|iembre)?|января|февраля|марта"
    r"|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_OF = r"(?: (?:of|de))?"
_YEAR = r"(?:19|20)\d\d"
_NUMBER = r"\d[\d.]{0,20}(?: ?[km]\b)?\+?"
_COUNTED = (
    r"(?:answer|clap|click|comment|contributor|dependent|download|follower|fork|guest|install|issue|like"
    r"|learner|listener|member|message|notification|online|people|person|pull request|question|rating"
    r"|reaction|read|reader|repl(?:y|ie)|result|review|share|star|student|subscriber|unread|view"
    r"|viewer|visit|visitor|vote|watcher|aufruf|kommentar|besucher|vue|commentaire|visita|comentario"
    r"|comentário|commento)(?:en|e|s|n)?\b"
)
_AGO = (
    r"\b(?:an?|one|\d+) (?:second|sec|minute|min|hour|day|week|month|year)s? ago\b|\bjust now\b"
    r"|\bvor \d+ (?:sekunde|minute|stunde|tag|woche|monat|jahr)e?n?\b|\bil y a \d+ \w+|\bhace \d+ \w+"
    r"|\bhá \d+ \w+|\b\d+ \w+ fa\b|\b\d+ \w+ geleden\b|\b\d+ \w+ назад"
    r"|(?<!\d)\d{1,4} ?(?:(?:分钟|小时|天|个月|年)|(?:分|時間|日|か月))前"
)

AGE = re.compile(_AGO)
"""How long ago something was said, in lower case."""

MASKS: tuple[tuple[NoiseKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (NoiseKind.IDENTIFIER, r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"),
        (NoiseKind.IDENTIFIER, r"\b(?=[a-f]{0,40}\d)(?=\d{0,40}[a-f])[0-9a-f]{7,}\b"),
        (NoiseKind.IDENTIFIER, r"\b(?=[a-z_]{0,40}\d)(?=\d{0,40}[a-z_])\w{16,}={0,2}"),
        (NoiseKind.DATE, r"\b\d{4}-\d\d?-\d\d?(?:[t ]\d\d:\d\d[\d:.+z]*)?"),
        (NoiseKind.DATE, rf"\b{_YEAR}[/.]\d\d?[/.]\d\d?\b|\b\d\d?[-/.]\d\d?[-/.]{_YEAR}\b"),
        (NoiseKind.DATE, r"\b\d\d?/\d\d?/\d\d\b|\b\d{4}年\d\d?月(?:\d\d?日)?"),
        (NoiseKind.DATE, rf"\b{_WEEKDAY}{_DAY}{_OF} {_MONTH}(?:{_OF},? {_YEAR}\b)?"),
        (NoiseKind.DATE, rf"\b{_WEEKDAY}{_MONTH} (?:{_DAY}(?:,? {_YEAR})?|{_YEAR})(?!\w)"),
        (NoiseKind.DATE, r"\b\d\d?:\d\d(?::\d\d)?(?:\.\d+)?(?: ?[ap]\.?m\b\.?)?(?: (?:utc|gmt|cest?)\b)?"),
        (NoiseKind.DATE, _AGO),
        (NoiseKind.DATE, rf"(?<=© ){_YEAR}(?:-{_YEAR})?|(?<=copyright ){_YEAR}(?:-{_YEAR})?"),
        (NoiseKind.COUNTER, rf"\b{_NUMBER}(?= {_COUNTED})|(?<=[★☆⭐] ){_NUMBER}|\b{_NUMBER}(?= ?[★☆⭐])"),
        (NoiseKind.COUNTER, rf"\b{_COUNTED}:? \(?{_NUMBER}\)?"),
    )
)  # fmt: skip
"""Tried in this order on a line in lower case; numbers have no grouping then."""

MAY_MATCH = re.compile(r"\d|\bago\b|\bnow\b")
"""Lines without it have nothing to mask."""
