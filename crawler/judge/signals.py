"""Pure: what the fetched page alone shows about being the resource; none of it is proof."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from crawler import fingerprint, urls
from crawler.judge import paths, phrases
from crawler.judge.hops import Hop, hops_of
from crawler.judge.name_fit import NameFit
from crawler.judge.page_names import MISSING, PageNames, plain
from crawler.judge.thresholds import (
    HALF_AGREEMENT,
    HIGH_AGREEMENT,
    KEPT_LIKENESS,
    LONG_WORD,
    NOTICE_WORDS,
    OOPS_WORDS,
    PHRASE_WORDS,
    SHELL_WORDS,
)
from crawler.judge.titles import PlaceText, Title, agreement, mention, share_no_word
from crawler.model import (
    SEEN_CHARACTERS,
    Accepted,
    Context,
    Evidence,
    Facts,
    MediaKind,
    Page,
    Resource,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Signals:
    """What can be seen in an answer and the list's entry; each signal is computed once, when asked for.

    None of them depends on time, on other pages, or on earlier nights. Those about URLs and hops
    need an exchange.
    """

    resource: Resource
    facts: Facts
    page: Page | None
    """What was read, now or when the facts were stored; None when nothing was."""
    accepted: Accepted | None = None
    """The page that a person said is the resource, and how it is reached."""

    # --- the answer -----------------------------------------------------------------------------

    @cached_property
    def listed_url(self) -> str:
        """The URL that was asked first."""
        return self.facts.first_url

    @cached_property
    def final_url(self) -> str:
        """The URL that answered."""
        return self.facts.final_url

    @cached_property
    def hops(self) -> tuple[Hop, ...]:
        """The redirects between the two."""
        return hops_of(self.facts)

    @cached_property
    def html_page(self) -> Page | None:
        """The page of a 2xx answer, when it is HTML."""
        is_html = self.page is not None and self.page.kind is MediaKind.HTML
        return self.page if is_html and self.facts.succeeded else None

    @cached_property
    def is_accepted(self) -> bool:
        """Whether a person accepted this page: same title and domain, and text likeness >= 0.5."""
        accepted = self.accepted
        if accepted is None or self.html_page is None:
            return False
        return (
            masked(accepted.title) == self.masked_title
            and accepted.domain == urls.domain(self.final_url)
            and fingerprint.likeness(accepted.text, self.opening) >= KEPT_LIKENESS
        )

    # --- its URL --------------------------------------------------------------------------------

    @cached_property
    def domains(self) -> frozenset[str]:
        """The registrable domains of the listed and the final URL."""
        return frozenset({urls.domain(self.listed_url), urls.domain(self.final_url)})

    @cached_property
    def is_listed_front_page(self) -> bool:
        """Whether the listed URL is a site's front page itself."""
        return paths.is_front_page(self.listed_url)

    @cached_property
    def leads_to_front_page(self) -> bool:
        """Whether a deep URL redirects to a front page, of any site and with any query."""
        return self._leads_away and paths.is_front_page(self.final_url.partition("?")[0])

    @cached_property
    def leads_home(self) -> bool:
        """Whether a deep URL redirects to the front page of its own site or domain."""
        return self._leads_away and paths.is_home_of(self.listed_url, self.final_url)

    @property
    def _leads_away(self) -> bool:
        """Whether a deep URL redirects, and not to a fragment of a page."""
        to_fragment = self.hops and urls.fragment(self.hops[-1].target)
        return bool(self.hops) and not to_fragment and not self.is_listed_front_page

    @cached_property
    def leads_to_other_domain(self) -> bool:
        """Whether redirects led to another registrable domain than the listed one."""
        return bool(self.hops) and len(self.domains) > 1

    @cached_property
    def canonical_is_home(self) -> bool:
        """Whether the canonical URL of a deep page is its site's front page."""
        canonical = self.page.canonical_url if self.page else None
        if canonical is None or not paths.is_home_of(self.final_url, canonical.value):
            return False
        return not self.is_listed_front_page and not paths.is_front_page(self.final_url)

    @cached_property
    def canonical_is_missing_page(self) -> bool:
        """Whether the canonical URL is a page for missing pages, and neither of its own URLs is."""
        canonical = self.page.canonical_url if self.page else None
        if canonical is None or not paths.is_missing_page(canonical.value):
            return False
        return not any(map(paths.is_missing_page, (self.listed_url, self.final_url)))

    # --- how far it agrees with the list --------------------------------------------------------

    @cached_property
    def listed_title(self) -> Title:
        """The title in the list."""
        return Title(self.resource.title, urls.host(self.listed_url), is_given=True)

    @cached_property
    def own_title(self) -> Title:
        """The page's title, or else its first heading."""
        title, heading = self.title_and_heading
        return self.title_of(title or heading)

    def title_of(self, text: str) -> Title:
        """A title of a page, to be compared with others about this resource."""
        return Title(text, urls.host(self.listed_url))

    @cached_property
    def name_fit(self) -> NameFit:
        """How well the page fits the listed title and URL."""
        address = paths.last_name(self.listed_url)
        return NameFit(
            self.listed_title,
            Title(address, urls.host(self.listed_url), is_given=True),
            self._name_texts,
            self._opening_text,
        )

    @property
    def agreement(self) -> float | None:
        """Share of the listed title's words that the page contains, 0 to 1; None when it says nothing."""
        return self.name_fit.agreement

    def agreement_with(self, title: Title) -> float | None:
        """Share of a title's words in the page's title, headings, description or first 1,500 characters."""
        return agreement(title, (*self._name_texts, self._opening_text))

    def named_agreement_with(self, title: Title) -> float:
        """The same for the page's title, headings and description; 0 for a title without words."""
        return agreement(title, self._name_texts) or 0

    @property
    def agrees(self) -> bool:
        """Whether the page is about what the listed title says: agreement >= 0.6."""
        return self.name_fit.agrees

    @property
    def disagrees(self) -> bool:
        """Whether the page has next to nothing of the listed title: agreement < 0.34; False without one."""
        return self.name_fit.disagrees

    @cached_property
    def agrees_without_domain(self) -> bool:
        """Whether agreement is >= 0.6 after the domain's names were taken out of the page."""
        return self.agreement_without_domain(self.listed_title) >= HIGH_AGREEMENT

    def agreement_without_domain(self, title: Title) -> float:
        """Agreement with a title after the domain's names were taken out of the page; 0 without words."""
        return agreement(title, self._texts_without_domain) or 0

    @cached_property
    def _texts_without_domain(self) -> tuple[PlaceText, ...]:
        # A title for sharing names the site; it is left out like the domain.
        page = self.page
        declared = (page.title, page.description) if page else ()
        texts = (*(one.value for one in declared if one), self.title_and_heading[1], self.opening)
        return self._stripped(texts)

    @cached_property
    def is_named_without_domain(self) -> bool:
        """The same for title and first heading alone, without description and text."""
        names = self._stripped(self.title_and_heading)
        return (agreement(self.listed_title, names) or 0) >= HIGH_AGREEMENT

    def _stripped(self, texts: Iterable[str]) -> tuple[PlaceText, ...]:
        return tuple(PlaceText(self._without_domains(text)) for text in texts)

    def _without_domains(self, text: str) -> str:
        found = text.casefold()
        hosts = (urls.host(self.listed_url), urls.host(self.final_url))
        labels = {label for host in hosts for label in host.split(".")[:-1]}
        for name in (*self.domains, *(label for label in labels if len(label) >= LONG_WORD)):
            found = found.replace(name, " ")
        return found

    @cached_property
    def shares_no_title_word(self) -> bool:
        """Whether the page's title and the listed one have no word in common."""
        return share_no_word(self.listed_title, self.own_title)

    @cached_property
    def lacks_listed_title(self) -> bool:
        """Whether title and listed title share no word, and the whole page has less than half of it.

        A listed title that is poor or an address says nothing: False.
        """
        if not self.shares_no_title_word or self.listed_title.is_address or self.page is None:
            return False
        if (self.agreement or 0) >= HALF_AGREEMENT:
            return False
        return mention(self.listed_title, self.page.text) < HALF_AGREEMENT

    @cached_property
    def has_own_name(self) -> bool:
        """Whether title or heading have a word of their own that is not in the site's name."""
        site = self.page.site_name if self.page else None
        site_words = self.title_of(site.value).words if site else ()
        return not set(self._full_name.own_words).issubset(site_words)

    @cached_property
    def _full_name(self) -> Title:
        return self.title_of(" ".join(self.title_and_heading))

    @cached_property
    def _name_texts(self) -> tuple[PlaceText, ...]:
        page = self.page
        if page is None:
            return ()
        declared = (one.value for one in (page.headline, page.description) if one)
        return tuple(map(PlaceText, (*self.title_and_heading, *declared)))

    @cached_property
    def _opening_text(self) -> PlaceText:
        return PlaceText(self.opening, is_name=False)

    @cached_property
    def opening(self) -> str:
        """The first 1,500 characters of the page's text."""
        return self.page.text[:SEEN_CHARACTERS] if self.page else ""

    # --- what it says itself --------------------------------------------------------------------

    @cached_property
    def title_and_heading(self) -> tuple[str, str]:
        """The page's title and first heading, empty where there is none."""
        page = self.page
        if page is None:
            return ("", "")
        return (page.title.value if page.title else "", page.first_heading or "")

    @cached_property
    def names(self) -> PageNames:
        """The page's title and first heading, to look for phrases in them.

        Without them, a text of at most 9 words is taken for a heading.
        """
        if any(self.title_and_heading) or self.page is None:
            labels = (domain.partition(".")[0].replace("-", "") for domain in self.domains)
            return PageNames(*self.title_and_heading, sites=frozenset(labels))
        # A character counts as a word in scripts without blanks.
        is_line = self.page.word_count < NOTICE_WORDS and len(self.opening.split()) <= PHRASE_WORDS
        return PageNames(self.opening if is_line else "")

    @cached_property
    def listed_names(self) -> PageNames:
        """The listed title and the last name in its URL likewise: a resource may be about missing pages."""
        return PageNames(self.resource.title, paths.last_name(self.listed_url).replace("-", " "))

    @cached_property
    def masked_title(self) -> str:
        """The page's title without dates, counters and version numbers, in lower case."""
        return masked(self.title_and_heading[0])

    @cached_property
    def masked_heading(self) -> str:
        """Its first heading likewise."""
        return masked(self.title_and_heading[1])

    @cached_property
    def says_missing(self) -> bool:
        """Whether title or first heading say that the page is missing.

        Where they only say that something is wrong ("Oops"), the text of a page of fewer than 120
        words has to say so.
        """
        if self.names.say_missing:
            return True
        if self.page is None or self.page.word_count >= OOPS_WORDS:
            return False
        if not self.names.contain((), phrases.TROUBLE_ALONE):
            return False
        opening = plain(self.opening)
        return any(phrase in opening for phrase in MISSING)

    @cached_property
    def says_trouble(self) -> bool:
        """Whether title or heading say that something is wrong with site or visitor, perhaps for now."""
        return self.names.contain(phrases.OUT_OF_ORDER, phrases.TROUBLE_ALONE)

    @cached_property
    def says_out_of_order(self) -> bool:
        """Whether title or heading say what is wrong with the site; "Oops" alone does not."""
        return self.names.contain(phrases.OUT_OF_ORDER)

    @cached_property
    def is_wall(self) -> bool:
        """Whether it asks for signing in, for consent, or for a browser with scripts, of any page."""
        if self.names.contain(phrases.WALLS):
            return True
        is_short = self.page is not None and self.page.word_count < OOPS_WORDS
        return is_short and "javascript" in self.opening.casefold()

    @cached_property
    def is_script_shell(self) -> bool:
        """Whether the page has scripts, no heading, and fewer than 50 words."""
        page = self.page
        if page is None or page.scripts == 0:
            return False
        return page.word_count < SHELL_WORDS and page.first_heading is None

    @cached_property
    def is_drawn_by_script(self) -> bool:
        """Whether a script draws the page, however much text it has already."""
        return self.is_script_shell or (self.page is not None and "script_app" in self.page.marks)

    @cached_property
    def is_undrawn(self) -> bool:
        """Whether a script has yet to draw the page: its own text may be the same for all URLs.

        It has fewer than 50 words, or fewer than 25 outside of navigation, header and footer.
        """
        page = self.page
        if page is None or not self.is_drawn_by_script:
            return False
        return page.word_count < SHELL_WORDS or "script_app_empty" in page.marks


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """What rules decide on: the evidence, and the signals in it."""

    evidence: Evidence
    signals: Signals

    @property
    def facts(self) -> Facts:
        """What was observed."""
        return self.evidence.facts

    @property
    def context(self) -> Context:
        """What other pages and earlier nights say."""
        return self.evidence.context

    def with_context(self, context: Context) -> "Case":
        """The case with another context, and with the signals that were already computed."""
        return replace(self, evidence=replace(self.evidence, context=context))


def case_of(evidence: Evidence) -> Case:
    """The evidence with its signals, none of them computed yet."""
    page = evidence.page or evidence.facts.seen
    signals = Signals(
        resource=evidence.resource, facts=evidence.facts, page=page, accepted=evidence.accepted
    )
    return Case(evidence=evidence, signals=signals)


def masked(title: str) -> str:
    """The title without dates, counters and version numbers, in lower case."""
    return fingerprint.masked(title).casefold()
