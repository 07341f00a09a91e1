"""Pure: the words that matter to a list, where they stand, and whether they appeared or went."""
# ruff: noqa: RUF001 -- words in other scripts are meant

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.compare.content.lines import Line
from crawler.model import EXCERPT_LENGTH, ListWord, PageText, WordFinding, WordPlace
from crawler.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    word: ListWord
    pattern: re.Pattern[str]
    """Found in folded text."""
    is_notice: bool = False
    """Whether a sentence with it is a notice wherever it stands."""


def _row(word: ListWord, pattern: str, *, is_notice: bool = False) -> _Row:
    return _Row(word=word, pattern=re.compile(pattern), is_notice=is_notice)


ROWS: tuple[_Row, ...] = (
    _row(
        ListWord.ARCHIVED,
        r"\b(?:this |the )?(?:repository|repo|project|package) (?:has been|was|is)(?: now)? archived\b"
        r"|\barchived by the owner\b|^\W*[\w.@/-]+ (?:is|was|has been)(?: now)? archived\b",
        is_notice=True,
    ),
    _row(
        ListWord.ARCHIVED,
        r"\barchived\b|\barchiviert\b|\barchivé|\barchivad[oa]|\barchiviat[oa]|\bgearchiveerd\b"
        r"|\bархивирован|в архиве|已归档|已歸檔|アーカイブされ",
    ),
    _row(
        ListWord.UNMAINTAINED,
        r"\bunmaintained\b|\b(?:not|no longer) (?:being )?(?:actively )?(?:maintained|supported|developed)\b"
        r"|\b(?:looking for|needs?) (?:a )?(?:new )?maintainers?\b|\bend[- ]of[- ]life\b|\babandoned\b"
        r"|\bnicht mehr (?:gepflegt|weiterentwickelt|gewartet|unterstützt)|\bn'est plus (?:maintenue?|supportée?)"
        r"|\bya no (?:se mantiene|tiene soporte)|\bnon (?:è )?più (?:mantenut|supportat)"
        r"|\bnão é mais mantid|\bwordt niet (?:meer|langer) onderhouden|больше не поддерживается"
        r"|不再维护|停止维护|メンテナンスされていません|メンテナンス終了",
        is_notice=True,
    ),
    _row(
        ListWord.DEPRECATED,
        r"\b(?:this |the )?(?:repository|repo|project|package|library|site|guide|page) (?:has been|is)"
        r"(?: now)? deprecated\b|^\W*[\w.@/-]+ (?:is|has been)(?: now)? deprecated\b",
        is_notice=True,
    ),
    _row(
        ListWord.DEPRECATED,
        r"\bdeprecated\b|\bdeprecation\b|\bveraltet\b|\bobsol[eè]t|\bobsolet[ao]\b|\bobsolete\b|\bverouderd\b"
        r"|\bустарел|已弃用|已棄用|非推奨",
    ),
    _row(
        ListWord.MOVED_TO,
        r"\b(?:has|have|we've|was|is|we)(?: been)? (?:now )?moved (?:over )?to\b|\bmoved to (?:https?:|a new|our new)"
        r"|\bnew (?:home|location|address)(?: of \S+|(?= is|:))|\bumgezogen\b|\ba déménagé|\bse ha (?:mudado|trasladado)"
        r"|\bsi è (?:trasferit|spostat)|\bmudou(?:-se)? para|\bis verhuisd|переехал|已迁移到|已迁移至|移転しました",
        is_notice=True,
    ),
    _row(
        ListWord.NO_LONGER,
        r"\bno longer\b|\bnicht (?:mehr|länger)\b|\bne? \w+ plus\b|\bya no\b|\bnon (?:è )?più\b|\bnão \w+ mais\b"
        r"|\bniet (?:meer|langer)\b|больше не\b|不再|なくなりました|終了しました",
    ),
    _row(
        ListWord.TRIAL,
        r"\btrials?\b|\btestversion\b|\bprobezeit\b|\bkostenlos testen\b|\bessai gratuit|\bprueba gratuita"
        r"|\bprova gratuita|\bteste gr[aá]t|\bproefperiode\b|пробн(?:ый|ая) (?:период|верси)|试用|試用|無料体験|トライアル",
    ),
    _row(
        ListWord.FREE,
        r"(?<!-)\bfree\b(?!-|(?: of| from| software foundation| to )\b)|\bkostenlos|\bgratuit|\bgratis\b|\bgrátis\b"
        r"|\bбесплатн|免费|免費|無料",
    ),
    _row(
        ListWord.PRICE,
        r"[$€£¥₹] ?\d|\d ?(?:€|£|¥|₹|₽|usd|eur|gbp|руб)(?!\w)|\bpric(?:e|es|ing)\b|\bpreise?\b|\btarif"
        r"|\bprecios?\b|\bprezz[oi]\b|\bpreços?\b|\bprijs|\bцен[аы]\b|价格|價格|料金|価格",
    ),
    _row(
        ListWord.LICENCE,
        r"\blicen[cs](?:e|ed|ing|es)\b|\blizenz|\blicencia\b|\blicenza\b|\blicença\b|\blicentie\b|\bлицензи"
        r"|许可证|許可證|ライセンス",
    ),
)
"""The first row of a word that a sentence matches counts."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_NOTICE = re.compile(
    r"^\W*(?:note|notice|warning|important|attention|caution|deprecat\w+|archived|announcement"
    r"|hinweis|achtung|wichtig|avis|aviso|atención|attenzione|avviso|atenção|let op|внимание"
    r"|注意|重要|お知らせ)\b"
)
_FIRST_SCREEN = 1_500
"""Characters of a text that are seen first."""
_HEADING_WORDS = 10
_MAX_SCANNED = 4_000
"""Characters of a line in which words are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A sentence with a word that matters, and where it stands."""

    row: _Row
    place: WordPlace
    sentence: str


def word_findings(
    before: PageText, now: PageText, removed: Iterable[Line], added: Iterable[Line]
) -> tuple[WordFinding, ...]:
    """The words that appeared or went in titles and in these lines; each word once."""
    came, went = tuple(_said(now, added)), tuple(_said(before, removed))
    if before.title != now.title:
        came, went = (*_in_title(now), *came), (*_in_title(before), *went)
    findings = (*_findings(came, before, appeared=True), *_findings(went, now, appeared=False))
    first = {finding.word: finding for finding in reversed(findings)}
    return tuple(finding for finding in findings if first[finding.word] is finding)


def _findings(said: Sequence[_Said], other: PageText, *, appeared: bool) -> Iterator[WordFinding]:
    for one in sorted(said, key=lambda one: list(WordPlace).index(one.place)):
        if not _says(other, one.row, one.place):
            yield WordFinding(
                word=one.row.word,
                appeared=appeared,
                place=one.place,
                sentence=clean(one.sentence, EXCERPT_LENGTH),
            )


def _in_title(page: PageText) -> Iterator[_Said]:
    for row, sentence in _sentences(Line(index=0, text=page.title)):
        yield _Said(row=row, place=WordPlace.TITLE, sentence=sentence)


def _said(page: PageText, lines: Iterable[Line]) -> Iterator[_Said]:
    for line in lines:
        for row, sentence in _sentences(line):
            place = _place(page, line, row)
            if place:
                yield _Said(row=row, place=place, sentence=sentence)


def _sentences(line: Line) -> Iterator[tuple[_Row, str]]:
    """The first sentence of a line that each row matches; of the rows of a word the first one."""
    folded = line.folded[:_MAX_SCANNED]
    found: set[ListWord] = set()
    for row in ROWS:
        if row.word not in found and row.pattern.search(folded):
            found.add(row.word)
            yield row, _sentence(line.text[:_MAX_SCANNED], row.pattern)


def _sentence(text: str, pattern: re.Pattern[str]) -> str:
    sentences = _SENTENCE_END.split(text)
    with_word = (s for s in sentences if pattern.search(Line(index=0, text=s).folded))
    return next(with_word, text)


def _place(page: PageText, line: Line, row: _Row) -> WordPlace | None:
    if row.is_notice or _NOTICE.search(line.folded[:_MAX_SCANNED]):
        return WordPlace.NOTICE
    if _is_heading(line, page):
        return WordPlace.HEADING
    # Where the line stands is searched for, as a line knows its number only.
    is_first = page.text.find(line.text) < _FIRST_SCREEN
    return WordPlace.FIRST_SCREEN if is_first else None


def _is_heading(line: Line, page: PageText) -> bool:
    if line.text == page.heading:
        return True
    return len(line.word_list) <= _HEADING_WORDS and line.folded[-1:].isalnum()


def _says(page: PageText, row: _Row, place: WordPlace) -> bool:
    """Whether a page has the word already; in a title or notice, if it is looked for in a notice."""
    if row.pattern.search(Line(index=0, text=page.title).folded):
        return True
    if not row.pattern.search(page.text.casefold()):
        return False
    lines = (Line(index=0, text=text) for text in page.text.split("\n"))
    places = (_place(page, one, row) for one in lines if row.pattern.search(one.folded))
    if place is WordPlace.NOTICE:
        return WordPlace.NOTICE in places
    return any(places)
