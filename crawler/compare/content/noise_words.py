"""Pure: words by which a person knows a box of adverts, related pages or comments."""

import re

from crawler.compare.content.lines import Line
from crawler.compare.content.masks import AGE
from crawler.model import NoiseKind

MAX_WORDS = 40
"""A longer line is no noise because of its words."""
BOXES = frozenset({NoiseKind.ADVERT, NoiseKind.RELATED, NoiseKind.COMMENTS, NoiseKind.CONSENT})
"""Kinds that give away the lines below them, too."""
_FEW_WORDS = 4
"""A line with no more besides a date or counter says little else."""
_MAX_CHARACTERS = 400
_MAX_HEADING = 60
"""Characters of a heading."""

_IN_LINE: tuple[tuple[NoiseKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            NoiseKind.CONSENT,
            (r"\bcookies?\b.*\b(?:accept|agree|consent|policy|use|settings|allow)|\b(?:accept|use|reject)\b.*\bcookies?\b"
            r"|\bcookie-?(?:einstellungen|hinweis)|\bwir verwenden cookies|\bce site utilise des cookies"
            r"|\butilizamos cookies|\butiliza cookies|\butilizziamo (?:i )?cookie|\bgebruik(?:t|en) cookies"
            r"|(?:используе[мт]) (?:файлы )?cookie|クッキーを使用|使用 ?cookie"),
        ),
        (
            NoiseKind.ADVERT,
            (r"^(?:advert(?:isement|ising)?|ad|ads|sponsored|sponsor(?:s|ed by)?|promoted|promotion|werbung|anzeige"
            r"|publicité|publicidad|publicidade|pubblicità|advertentie|реклама|広告|广告)\b"
            r"|\bads? by\b|^(?:our |this week's |today's )?sponsors?\b|^(?:supported|promoted|presented) by\b"),
        ),
        (
            NoiseKind.RELATED,
            (r"^(?:related|recommended|popular|trending|you (?:may|might) also|more from|read next|up next|recently"
            r"|quote of|tip of|word of|thought (?:of|for)|did you know|picture of|today in)\b.*:"),
        ),
    )
)  # fmt: skip
_HEADINGS: tuple[tuple[NoiseKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            NoiseKind.COMMENTS,
            (r"^(?:(?:#|\d+) )?(?:latest |recent |new )?(?:comments?|discussion|replies|responses|reviews|kommentare"
            r"|commentaires|comentarios|comentários|commenti|reacties|комментарии|コメント|评论)\b"),
        ),
        (
            NoiseKind.ADVERT,
            (r"^(?:advert(?:isement|ising)?s?|ads?|our |gold |silver |weekly |current )*(?:sponsor(?:s|ed)?|ads?"
            r"|advert(?:isement)?s?|partners?|werbung|anzeigen?|реклама|広告|广告)\b(?! (?:us|this|the|my))"),
        ),
        (
            NoiseKind.RELATED,
            (r"^(?:related|recommended|suggested|popular|most (?:popular|read|viewed)|trending|you (?:may|might) also"
            r"|more from|read next|what's new|latest (?:posts|news|articles|jobs|activity|questions)"
            r"|recent(?:ly)? (?:posts|news|articles|comments|jobs|activity|questions|viewed|added|changes)"
            r"|upcoming (?:events|webinars|talks)|quote of|tip of|word of|thought (?:of|for)|did you know|jobs$"
            r"|who's online|ähnliche|verwandte|beliebt|à lire aussi|articles similaires|relacionados|correlati"
            r"|похожие|関連|相关)"),
        ),
    )
)  # fmt: skip


def own_kind(line: Line) -> NoiseKind | None:
    """The kind of noise that a line's own words give away."""
    if len(line.word_list) > MAX_WORDS:
        return None
    if line.kinds and len(line.word_list) - line.words["#"] <= _FEW_WORDS:
        return NoiseKind.COMMENTS if AGE.search(line.folded) else line.kinds[0]
    start = line.masked[:_MAX_CHARACTERS]
    return next((kind for kind, pattern in _IN_LINE if pattern.search(start)), None)


def noise_kind(line: Line, heading: str) -> NoiseKind | None:
    """The kind of noise that the words of a line, or of the steady line before it, give away."""
    own = own_kind(line)
    if own in BOXES or len(line.word_list) > MAX_WORDS:
        return own
    return heading_kind(heading) or own


def heading_kind(heading: str) -> NoiseKind | None:
    """The kind of noise that stands below a line."""
    if len(heading) > _MAX_HEADING:
        return None
    return next((kind for kind, pattern in _HEADINGS if pattern.search(heading)), None)
