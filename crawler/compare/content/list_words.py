"""Pure: the words that matter to a list, where they stand, and whether they appeared or went."""
# ruff: noqa: RUF001 -- words in other scripts are meant

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.compare.content.lines import Line, fold
from crawler.model import EXCERPT_LENGTH, ListWord, PageText, WordFinding, WordPlace
from crawler.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    word: ListWord
    pattern: re.Pattern[str]
    """Found in folded text."""
    is_notice: bool = False
    """Whether a sentence with it is a notice wherever it stands."""
    names: re.Pattern[str] | None = None
    """What a page must name, too, to say the same: another licence is news."""


def _row(word: ListWord, pattern: str, *, is_notice: bool = False, names: str = "") -> _Row:
    found, named = re.compile(pattern, re.MULTILINE), re.compile(names) if names else None
    return _Row(word=word, pattern=found, is_notice=is_notice, names=named)


_THING = (
    r"(?:repository|repo|project|package|library|module|plugin|extension|app|application|tool|software"
    r"|product|service|site|website|course|guide|page)"
)
"""What a list has links to: a sentence says something else of a function, a file or a person."""
_IS_NOW = r"(?:(?:is|was|has been)(?: now)?|is being)"
_NOT = r"(?<!not )(?<!not been )(?<!never )(?<!n't )(?<!n't been )"

ROWS: tuple[_Row, ...] = (
    _row(
        ListWord.ARCHIVED,
        rf"\b{_THING} {_IS_NOW} archived\b(?! (?:in|at|every|after|by the (?:internet|wayback))\b)"
        r"|\barchived by the owner\b|^[^\w\n]*(?!it\b)[\w.@/-]+ (?:is|was|has been)(?: now)? archived\b"
        r"|^[^\w\n]*(?:archived|public archive)[^\w\n]*$"
        r"|\b(?:repository|projekt|paket) (?:wurde|ist) archiviert|\b(?:dépôt|projet) (?:est|a été) archivé"
        r"|\b(?:repositorio|proyecto) (?:ha sido|está) archivado|\b(?:repositório|projeto) (?:foi|está) arquivado"
        r"|\b(?:repository|progetto) è (?:stato )?archiviato|репозиторий (?:был )?(?:за)?архивирован"
        r"|仓库已\w{0,4}归档|リポジトリは\w{0,6}アーカイブ",
        is_notice=True,
    ),
    _row(
        ListWord.ARCHIVED,
        rf"{_NOT}\barchived\b(?! (?:from|every|after|in|at)\b)|\barchiviert\b|\barchivé|\barchivad[oa]"
        r"|\barquivad[oa]|\barchiviat[oa]|\bgearchiveerd\b|\bархивирован|в архиве|已归档|已歸檔|アーカイブされ",
    ),
    _row(
        ListWord.UNMAINTAINED,
        r"(?<!not )\bunmaintained\b|(?:\bnot|\bno longer|n't) (?:being )?(?:actively )?maintained\b"
        r"|\b(?:no longer|not) (?:in|under) (?:active )?(?:development|maintenance)\b|\bno longer developed\b"
        r"|(?:\bno longer|n't|\bnot|\bstopped) (?:actively )?maintain(?:ing)? (?:this|it|the)\b"
        rf"|\b{_THING} (?:is|are|was) (?:not|no longer) (?:being )?(?:actively )?(?:supported|developed)\b(?! (?:by|in|on)\b)"
        r"|\blooking for (?:a )?(?:new )?maintainers?\b|\bneeds (?:a )?(?:new )?maintainers?\b"
        r"|\bmaintainers? (?:wanted|needed)\b|^[^\w\n]*end[- ]of[- ]life\b|^[^\w\n]*(?:abandoned|discontinued)(?=[^\w\n]*$| ?[:!.])"
        rf"|\b{_THING} (?:has reached|reached|is)(?: now)?(?: its)? (?:at )?(?:end[- ]of[- ]life|eol)\b"
        rf"|\b{_THING} {_IS_NOW} (?:abandoned|discontinued)\b|\b{_THING} is (?:now )?in maintenance mode\b"
        r"|\bnicht mehr (?:gepflegt|weiterentwickelt|gewartet)|\bn'est plus (?:maintenue?|supportée?)"
        r"|\bya no (?:se mantiene|tiene soporte)|\bnon (?:è )?più (?:mantenut|supportat)"
        r"|\bnão é mais mantid|\bwordt niet (?:meer|langer) onderhouden|больше не поддерживается"
        r"|不再维护|停止维护|メンテナンスされていません|メンテナンス終了",
        is_notice=True,
    ),
    _row(
        ListWord.DEPRECATED,
        rf"\b{_THING} {_IS_NOW} (?:deprecated|superseded)\b"
        r"|^[^\w\n]*(?!it\b)[\w.@/-]+ (?:is|has been)(?: now)? deprecated\b",
        is_notice=True,
    ),
    _row(
        ListWord.DEPRECATED,
        rf"{_NOT}\bdeprecated\b|\bdeprecation\b|\bveraltet\b|\bobsol[eè]t|\bobsolet[ao]\b|\bobsolete\b"
        r"|\bverouderd\b|\bустарел|已弃用|已棄用|非推奨",
    ),
    _row(
        ListWord.MOVED_TO,
        rf"\b(?:{_THING}|docs|documentation|blog|wiki|forum|development|we|we've)(?: has| have| was| is)?(?: been)?"
        r" (?:now )?(?:moved|migrated) (?:over )?to\b(?! the (?:next|end|top|bottom)\b)"
        rf"|\b(?:{_THING}|docs|documentation|blog|wiki|forum|we) (?:has|have) (?:now )?moved\b(?! to\b)"
        r"|\b(?:moved|migrated) to (?:https?:|a new (?:home|site|address|place|repo\w*|org\w*|account|host|location|url|domain)"
        r"|our new"
        r"|(?:git(?:hub|lab)|codeberg|sourcehut|bitbucket)\b)"
        r"|\bnew home of \S+|\bnew (?:home|location|address)(?: of (?:this|the project|the site)|(?= is|:))"
        r"|\b(?:wir sind|(?:projekt|seite|website|webseite|blog|shop|forum|repository|dokumentation) ist)"
        r"\b.{0,60}\bumgezogen|\ba déménagé|\bse ha (?:mudado|trasladado)"
        r"|\bsi è (?:trasferit|spostat)|\bmudou(?:-se)? para|\bis verhuisd|переехал|已迁移到|已迁移至|移転しました",
        is_notice=True,
    ),
    _row(
        ListWord.NO_LONGER,
        r"^(?![^\w\n]*(?:fix|bug|chang|improv)\w*\b).*\bno longer\b(?! (?:needs?|necessary|required|crash|fail|rais|throw|than)\w*\b)"
        r"|\bnicht (?:mehr(?! als\b)|länger)\b|\bn(?:e |')\w+ plus\b(?! que?\b)|\bya no\b|\bnon (?:è )?più\b(?! (?:di|che)\b)"
        r"|\bnão \w+ mais\b(?! (?:que|do que|de)\b)|\bniet (?:meer(?! dan\b)|langer)\b|больше не\b|不再|なくなりました|終了しました",
    ),
    _row(
        ListWord.TRIAL,
        r"(?<!clinical )(?<!randomized )(?<!randomised )(?<!controlled )(?<!on )(?<!no )\btrials?\b"
        r"(?! and error\b| (?:of|against) (?:the|an?|his|her|former)\b|-and-)|\bfree trials?\b"
        r"|\btestversion\b|\bprobezeit\b|\bkostenlos testen\b|\bessai gratuit|\bprueba gratuita"
        r"|\bprova gratuita|\bteste gr[aá]t|\bproefperiode\b|пробн(?:ый|ая) (?:период|верси)|试用|試用|無料体験|トライアル",
    ),
    _row(
        ListWord.FREE,
        r"(?<!-)(?<!not )(?<!not a )(?<!n't )(?<!no longer )(?<!feel )(?<!you are )(?<!you're )(?<!gluten )(?<!sugar )(?<!lock )"
        r"\bfree\b(?!-|(?: from| software foundation| bytes?| lists?| memory| space| disk| threads?| variables?"
        r"| will| speech| shipping| delivery| returns)\b| of (?!charge|cost)"
        r"| to (?!use|join|read|download|attend|access|enrol|watch|play|try|all\b|every|start))"
        r"|(?<!nicht )(?<!nicht mehr )\bkostenlos|(?<!plus )(?<!pas )\bgratuit(?!ous)|(?<!niet )\bgratis\b|\bgrátis\b"
        r"|\bбесплатн|免费|免費|無料",
    ),
    _row(
        ListWord.PRICE,
        r"[$€£¥₹] ?\d[\d.]*(?![\d.]| ?(?:bn|billion|m|million|trillion)\b)|\d ?(?:€|£|¥|₹|₽|usd|eur|gbp|руб)(?!\w)"
        r"|\bpric(?:e|es|ing)\b(?! of (?:failure|success|freedom)\b)|\bpreise?\b|\btarif(?!f)"
        r"|\bprecios?\b|\bprezz[oi]\b|\bpreços?\b|\bprijs|\bцен[аы]\b|价格|價格|料金|価格",
    ),
    _row(
        ListWord.LICENCE,
        r"(?<!driver's )(?<!driving )\blicen[cs](?:e|ed|ing|es)\b|\blizenz|\blicencia\b|\blicenza\b|\blicença\b"
        r"|\blicentie\b|\bлицензи|许可证|許可證|ライセンス",
        names=r"\b(?:mit|isc|bsd|apache|[al]?gpl|lesser|affero|mpl|mozilla|epl|eclipse|eupl|cc0|cc[- ]by[\w-]*|unlicense"
        r"|creative commons|busl?|bsl|business source|sspl|server side public|elastic|polyform|proprietary|commercial)\b",
    ),
)
"""The first row of a word that a sentence matches counts."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_NOTICE = re.compile(
    r"^\W*(?:(?:note|notice|warning|important|attention|caution|announcement)(?= that\b| this\b| please\b| notice\b|\W*$|\W*[:!.,-])"
    r"|(?:deprecat\w+|archived)(?=\W*$|\W*[:!.\])*-]| in favou?r\b| on\b)"
    r"|(?:hinweis|achtung|wichtig|avis|aviso|atención|attenzione|avviso|atenção|let op|внимание"
    r"|注意|重要|お知らせ)\b)"
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
        if not _says(other, one):
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


def _says(page: PageText, said: _Said) -> bool:
    """Whether a page has the word already; in a title or notice, if it is looked for in a notice."""
    row, names = said.row, _names(said.row, Line(index=0, text=said.sentence).folded)
    title = Line(index=0, text=page.title).folded
    if row.pattern.search(title) and names <= _names(row, title):
        return True
    if not row.pattern.search(fold(page.text)):
        return False
    every = (Line(index=0, text=text) for text in page.text.split("\n"))
    lines = [line for line in every if row.pattern.search(line.folded)]
    placed = [(line, place) for line in lines if (place := _place(page, line, row))]
    if said.place is WordPlace.NOTICE:
        placed = [(line, place) for line, place in placed if place is WordPlace.NOTICE]
    named = set[str]().union(*(_names(row, line.folded) for line, _ in placed))
    return bool(placed) and names <= named


def _names(row: _Row, folded: str) -> set[str]:
    return set(row.names.findall(folded)) if row.names else set()
