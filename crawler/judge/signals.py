"""Pure: what is free to see of a page that may not be the resource; none of it proves anything."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from crawler import fingerprint, urls
from crawler.judge import paths, phrases
from crawler.judge.hops import Hop, hops_of
from crawler.judge.page_names import MISSING, Names, plain
from crawler.judge.thresholds import (
    ANOTHER,
    HALF,
    HIGH,
    LONG_WORD,
    LOW,
    OOPS_WORDS,
    SHELL_WORDS,
    TELLING_WORDS,
)
from crawler.judge.titles import Text, Title, is_unlike, share
from crawler.model import (
    SEEN_CHARACTERS,
    Accepted,
    Answer,
    Context,
    Evidence,
    Facts,
    MediaKind,
    Page,
    Resource,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Signals:
    """What an answer tells beside the list's entry; each signal is looked for once, when it is asked for.

    None of it depends on time, on other pages, or on earlier nights. All but the page's own needs
    an exchange.
    """

    resource: Resource
    facts: Facts
    page: Page | None
    """What was read, now or when the facts were stored; None when nothing was."""
    accepted: Accepted | None = None
    """The page that a person said is the resource."""

    # --- the answer -----------------------------------------------------------------------------

    @cached_property
    def listed(self) -> str:
        """The URL that was asked first."""
        return self.facts.exchanges[0].target_uri

    @cached_property
    def landing(self) -> str:
        """The URL that answered."""
        return self.facts.exchanges[-1].target_uri

    @cached_property
    def hops(self) -> tuple[Hop, ...]:
        """The redirects on the way there."""
        return hops_of(self.facts)

    @property
    def succeeded(self) -> bool:
        """Whether the final status is 2xx."""
        return 200 <= self.facts.exchanges[-1].status_code < 300

    @cached_property
    def document(self) -> Page | None:
        """The page that answered with a status of success, when it is HTML."""
        answered = isinstance(self.facts.outcome, Answer) and self.succeeded
        return self.page if answered and self.page and self.page.kind is MediaKind.HTML else None

    @cached_property
    def is_accepted(self) -> bool:
        """Whether it is the page that a person accepted: by title and domain, and most of its text."""
        accepted = self.accepted
        if accepted is None or self.document is None:
            return False
        return (
            masked(accepted.title) == self.name
            and accepted.domain == domain(self.landing)
            and fingerprint.likeness(accepted.text, self.opening) >= ANOTHER
        )

    # --- where it lies --------------------------------------------------------------------------

    @cached_property
    def domains(self) -> frozenset[str]:
        """The registrable domains that are listed and that answer."""
        return frozenset({domain(self.listed), domain(self.landing)})

    @cached_property
    def is_listed_front(self) -> bool:
        """Whether the listed URL is a site's front page itself."""
        return paths.is_front(self.listed)

    @cached_property
    def leads_to_front(self) -> bool:
        """Whether a deep URL redirects to some front page, of whatever site and with whatever query."""
        return self._leads_deep_away and paths.is_front(self.landing.partition("?")[0])

    @cached_property
    def leads_home(self) -> bool:
        """Whether a deep URL redirects to the front page of its site, which may be its domain's."""
        return self._leads_deep_away and is_home_of(self.listed, self.landing)

    @property
    def _leads_deep_away(self) -> bool:
        to_fragment = self.hops and urls.fragment(self.hops[-1].target)
        return bool(self.hops) and not to_fragment and not self.is_listed_front

    @cached_property
    def leads_to_other_site(self) -> bool:
        """Whether what answers is on another domain than listed."""
        return bool(self.hops) and len(self.domains) > 1

    @cached_property
    def names_home(self) -> bool:
        """Whether a deep page says by its canonical URL that it is the front page."""
        canonical = self.page.canonical_url if self.page else None
        if canonical is None or not is_home_of(self.landing, canonical.value):
            return False
        return not self.is_listed_front and not paths.is_front(self.landing)

    @cached_property
    def names_missing_page(self) -> bool:
        """Whether a page says by its canonical URL that it is the one for missing pages."""
        canonical = self.page.canonical_url if self.page else None
        if canonical is None or not paths.leads_to_missing_page(canonical.value):
            return False
        return not any(map(paths.leads_to_missing_page, (self.listed, self.landing)))

    # --- how far it agrees with the list --------------------------------------------------------

    @cached_property
    def listed_title(self) -> Title:
        """The title in the list."""
        return self.title(self.resource.title)

    @cached_property
    def own_title(self) -> Title:
        """What the page calls itself: its title, or its first heading."""
        return self.title(self.named[0] or self.named[1])

    def title(self, text: str) -> Title:
        """A title as it is compared with others about this resource."""
        return Title(text, urls.host(self.listed))

    @cached_property
    def agreement(self) -> float | None:
        """How much the page agrees with the title in the list, 0 to 1; None when that has no words."""
        return self.agreement_with(self.listed_title)

    def agreement_with(self, title: Title) -> float | None:
        """The same for another title: the share of its words in the page's titles, description and first text."""
        return share(title, self._texts())

    @property
    def agrees(self) -> bool:
        """Whether the page speaks of what the list's title says."""
        return (self.agreement or 0) >= HIGH

    @property
    def disagrees(self) -> bool:
        """Whether the list has a title, and the page says next to nothing of it."""
        return self.agreement is not None and self.agreement < LOW

    @cached_property
    def agrees_beyond_name(self) -> bool:
        """Whether the page speaks of what the list's title says, other than by naming the domain."""
        # A title for sharing names the site; it is left out like the domain.
        page = self.page
        shown = (page.title, page.description) if page else ()
        texts = (*(one.value for one in shown if one), self.named[1], self.opening)
        bare = (Text(self._without_domains(text)) for text in texts)
        return (share(self.listed_title, bare) or 0) >= HIGH

    def _without_domains(self, text: str) -> str:
        found = text.casefold()
        own = sorted(self.domains)
        labels = (name.partition(".")[0] for name in own)
        for name in (*own, *(label for label in labels if len(label) >= LONG_WORD)):
            found = found.replace(name, " ")
        return found

    @cached_property
    def is_called_so(self) -> bool:
        """Whether the page calls itself what the list does, or partly so while its text goes on."""
        named = share(self.listed_title, self._name_texts) or 0
        return named >= HIGH or (named >= LOW and self.agrees)

    @cached_property
    def is_unlike_list(self) -> bool:
        """Whether what the page calls itself has nothing in common with the title in the list."""
        return is_unlike(self.listed_title, self.own_title)

    @cached_property
    def is_told_apart(self) -> bool:
        """Whether the list's title or the URL says what the page is about, in more than a word."""
        titles = (self.listed_title, self._address)
        return any(len(set(title.own)) >= TELLING_WORDS for title in titles)

    @cached_property
    def is_named_as_its_address(self) -> bool:
        """Whether what the page calls itself has half of the words in the last name of its URL."""
        own = set(self._address.own)
        return bool(own) and len(own.intersection(self._full_name.own)) >= HALF * len(own)

    @cached_property
    def has_own_name(self) -> bool:
        """Whether the page calls itself anything beside its site."""
        site = self.page.site_name if self.page else None
        sites = self.title(site.value).words if site else ()
        return not set(self._full_name.own).issubset(sites)

    @cached_property
    def _address(self) -> Title:
        return self.title(paths.last_name(self.listed))

    @cached_property
    def _full_name(self) -> Title:
        return self.title(" ".join(self.named))

    @cached_property
    def _name_texts(self) -> tuple[Text, ...]:
        page = self.page
        if page is None:
            return ()
        declared = (one.value for one in (page.headline, page.description) if one)
        return tuple(map(Text, (*self.named, *declared)))

    def _texts(self) -> Iterator[Text]:
        yield from self._name_texts
        yield self._opening_text

    @cached_property
    def _opening_text(self) -> Text:
        return Text(self.opening)

    @cached_property
    def opening(self) -> str:
        """The start of the page's text."""
        return self.page.text[:SEEN_CHARACTERS] if self.page else ""

    # --- what it says itself --------------------------------------------------------------------

    @cached_property
    def named(self) -> tuple[str, str]:
        """Title and first heading, empty where there is none."""
        page = self.page
        if page is None:
            return ("", "")
        return (page.title.value if page.title else "", page.first_heading or "")

    @cached_property
    def names(self) -> Names:
        """The same, for what they say."""
        return Names(*self.named)

    @cached_property
    def list_names(self) -> Names:
        """The list's own title likewise: the resource may be about what others only say."""
        return Names(self.resource.title)

    @cached_property
    def name(self) -> str:
        """What the page calls itself, without what changes by itself."""
        return masked(self.named[0])

    @cached_property
    def heading(self) -> str:
        """Its first heading likewise."""
        return masked(self.named[1])

    @cached_property
    def plain_opening(self) -> str:
        """The start of its text as phrases are compared with it."""
        return plain(self.opening)

    @cached_property
    def says_missing(self) -> bool:
        """Whether title or first heading say, in one of some languages, that the page is missing.

        Where they say no more than that something is wrong, the text of a short page says what.
        """
        if self.names.say_missing:
            return True
        if self.page is None or self.page.word_count >= OOPS_WORDS:
            return False
        oops = self.names.say((), phrases.TROUBLE_ALONE)
        return oops and any(phrase in self.plain_opening for phrase in MISSING)

    @cached_property
    def says_trouble(self) -> bool:
        """Whether they say that something is wrong with the site or the visitor, for now perhaps."""
        return self.names.say(phrases.OUT_OF_ORDER, phrases.TROUBLE_ALONE)

    @cached_property
    def is_out_of_order(self) -> bool:
        """Whether they say so of the site, and not by a mere exclamation."""
        return self.names.say(phrases.OUT_OF_ORDER)

    @cached_property
    def is_shell(self) -> bool:
        """Whether the page is drawn by script, and its own text says next to nothing."""
        page = self.page
        return page is not None and page.scripts > 0 and _says_nothing(page)

    @property
    def is_drawn_by_script(self) -> bool:
        """Whether a script puts the page together, so that its own text may be the same for all."""
        return self.is_shell or (self.page is not None and "script_app" in self.page.marks)


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

    def beside(self, context: Context) -> "Case":
        """The same with what others say; what was seen in the answer itself is not looked for again."""
        return replace(self, evidence=replace(self.evidence, context=context))


def case_of(evidence: Evidence) -> Case:
    """The evidence as rules look at it."""
    page = evidence.page or evidence.facts.seen
    signals = Signals(
        resource=evidence.resource, facts=evidence.facts, page=page, accepted=evidence.accepted
    )
    return Case(evidence=evidence, signals=signals)


def masked(title: str) -> str:
    """The title without what changes by itself, in lower case."""
    return fingerprint.masked(title).casefold()


def is_home_of(deep: str, front: str) -> bool:
    """Whether `front` is the front page of the site that `deep` belongs to.

    That is the same host's or its domain's; another host within the domain is a place of its own.
    """
    if not paths.is_front(front):
        return False
    own, other = (urls.host(url).removeprefix("www.") for url in (deep, front))
    return other in {own, urls.registrable_domain(own)}


def domain(url: str) -> str:
    """The registrable domain of the URL's host."""
    return urls.registrable_domain(urls.host(url))


def _says_nothing(page: Page) -> bool:
    return page.word_count < SHELL_WORDS and page.first_heading is None
