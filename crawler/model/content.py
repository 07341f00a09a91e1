"""Pure: what changed in the text of a page, and what of it is only noise."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crawler.model.page import Page

# --- what is compared -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A page as its text is compared from night to night.

    Two texts are only compared when both were made by `of`: against a text with navigation and
    footer, a text without them looks like a rewritten page.
    """

    title: str = ""
    heading: str = ""
    """The first heading."""
    text: str = ""
    """Without navigation, header and footer; a line for each block, at most 64 KiB.

    It is what is stored, as it is: lines are masked when two texts are compared.
    """

    @staticmethod
    def of(page: Page) -> "PageText":
        """The page, with its main text, or all its text if it is from the database."""
        return PageText(
            title=page.title.value if page.title else "",
            heading=page.first_heading or "",
            text=page.main_text or page.text,
        )


# --- what is remembered ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NoisyPlace:
    """A place of a page where lines come and go by themselves."""

    neighbour: int
    """Hash of the steady line before it, or the negative hash of the one after it."""
    flips: int
    """On how many nights something came or went there."""
    lines: int
    """The most lines that came there at once."""
    last: date
    """The latest of these nights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """Lines of a change that is not told before later nights have confirmed it."""

    night: date
    """On which it was seen first."""
    added: tuple[int, ...] = ()
    """Hashes of masked lines that came: the change is confirmed if they stay."""
    removed: tuple[int, ...] = ()
    """Hashes of masked lines that went."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """What is remembered of a resource's noise: at most 12 kB as JSON, mostly some hundred bytes.

    Hashes are those of masked lines, 32 bits; no text is kept.
    """

    since: date | None = None
    """The night of the first text at the resource's present URL; None before it."""
    known: tuple[int, ...] = ()
    """Lines that came or went before: they are no news. The latest are last."""
    young: tuple[tuple[int, date], ...] = ()
    """Lines of the compared text that it did not have from the first night on, with their nights."""
    places: tuple[NoisyPlace, ...] = ()
    shapes: tuple[tuple[int, ...], ...] = ()
    """Hashes of the words of lines that came and went; new lines like them are noise, too."""
    awaited: tuple[Awaited, ...] = ()
    """By night."""


# --- what is found --------------------------------------------------------------------------------


class ContentChange(StrEnum):
    """How the text of a page differs from the one it is compared with."""

    SAME = "same"
    """Not at all, or by noise only."""
    EDITED = "edited"
    REWRITTEN = "rewritten"
    """Little of the text is left."""
    REPLACED = "replaced"
    """Nothing of text and title is left."""


class NoiseKind(StrEnum):
    """What kind of noise lines are, as a person would call it."""

    DATE = "date"
    COUNTER = "counter"
    IDENTIFIER = "identifier"
    """What machines make up: hashes, session numbers."""
    ORDER = "order"
    """The lines are the same, in another order."""
    ADVERT = "advert"
    RELATED = "related"
    """What else there is to see: related, popular or latest pages."""
    COMMENTS = "comments"
    CONSENT = "consent"
    """A banner that asks to accept cookies."""
    OTHER = "other"
    """Lines that come and go by themselves, as earlier nights have shown."""


class ListWord(StrEnum):
    """What matters to those who list a page when its words appear or go."""

    LICENCE = "licence"
    PRICE = "price"
    FREE = "free"
    TRIAL = "trial"
    DEPRECATED = "deprecated"
    ARCHIVED = "archived"
    UNMAINTAINED = "unmaintained"
    NO_LONGER = "no_longer"
    MOVED_TO = "moved_to"


class WordPlace(StrEnum):
    """Where on a page a word was found; the first that fits."""

    TITLE = "title"
    HEADING = "heading"
    NOTICE = "notice"
    FIRST_SCREEN = "first_screen"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFinding:
    """A word that matters to a list appeared on a page, or went from it."""

    word: ListWord
    appeared: bool
    """False when it went."""
    place: WordPlace
    sentence: str
    """The sentence with it, of the later page if it appeared, else of the earlier one.

    One line, cleaned, at most `EXCERPT_LENGTH` characters.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePair:
    """A line that was edited, with the line that it became; one is empty when it came or went."""

    before: str = ""
    after: str = ""
    """Each cleaned, at most `EXCERPT_LENGTH` characters, cut around the first difference."""


EXCERPT_LENGTH = 240
"""Characters of a line or sentence that are quoted."""
MAX_PAIRS = 6
"""Pairs of lines that are quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentComparison:
    """What changed between a text that is known and the one of tonight, and what is remembered now."""

    change: ContentChange = ContentChange.SAME
    pairs: tuple[LinePair, ...] = ()
    """The lines that were edited, longest first, at most `MAX_PAIRS`; empty for `same`."""
    lines: int = 0
    """How many lines were edited, came or went, those beyond `MAX_PAIRS` included."""
    words: tuple[WordFinding, ...] = ()
    """At most one for each word; they may be found when the text is otherwise the same."""
    is_confirmed: bool = True
    """False when the change waits for the next night; it is not told yet, and `words` is empty."""
    is_back: bool = False
    """Whether most of tonight's text is what the page had before the known one: no news, but the
    text to compare with from now on."""
    ignored: tuple[tuple[NoiseKind, int], ...] = ()
    """How many lines of tonight's text were taken for noise, by kind; most first."""
    noise: Noise = Noise()
    """To be stored, and given to the next comparison."""
    traces: tuple[int, ...] = ()
    """Hashes of the lines that came and went, to find what changed on many pages of a site."""

    @property
    def is_news(self) -> bool:
        """Whether to tell the change; tonight's text is then the one to compare with from now on.

        As long as it is false, the next night is compared with the same text as tonight.
        """
        return self.change is not ContentChange.SAME and self.is_confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChange:
    """Many pages of a site changed in one night, in the same way or from the ground up."""

    site: str
    keys: tuple[str, ...]
    """Of the resources, in list order; their changes are told once, as this one."""
    compared: int
    """How many resources of the site were compared that night."""
