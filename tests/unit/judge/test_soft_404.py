from dataclasses import replace

import pytest

from crawler.judge import Policy, judge
from crawler.judge.page_names import PageNames
from crawler.model import (
    VERDICTS,
    Context,
    Declared,
    Landing,
    Page,
    Past,
    Probing,
    Reason,
    Verdict,
    WarningCode,
)
from tests.support.builders import (
    make_evidence,
    make_page,
    make_probing,
)
from tests.support.judging import HOME, LOST, reason_of

GONE = make_page("Page not found", first_heading="Page not found", word_count=80)
THEIRS = make_probing(
    200, 200, likeness=1.0, title="Page not found", first_heading="Page not found"
)
OTHER = make_page("Weekly offers", first_heading="Offers of the week")
SHELL = make_page("App", first_heading=None, word_count=3, scripts=2)
APP = make_page(
    "App", first_heading="Everything", scripts=2, marks=("script_app", "script_app_empty")
)
DRAWN = make_page("Casino", first_heading="Slots", scripts=2, marks=("script_app",))
HONEST = make_probing()
SAME = make_probing(200, 200, likeness=1.0)


@pytest.mark.parametrize(
    ("page", "probing"),
    [
        (GONE, THEIRS),
        (GONE, make_probing(200, 200, likeness=0.6, alike=0.7, title="404")),
        (make_page("404"), make_probing(200, 200, likeness=0.9, title="404")),
        (
            make_page("Nothing", first_heading="Raft: not found", word_count=12),
            make_probing(200, 200, likeness=0.3, first_heading=": not found"),
        ),
        (GONE, make_probing(200, 200, landing=Landing.WITH_RESOURCE, title="404")),
        (
            make_page("Page not found", first_heading="Nothing here", word_count=120),
            make_probing(
                200, 200, likeness=0.1, title="Page not found", first_heading="Nothing here"
            ),
        ),
    ],
)
def test_what_made_up_urls_show_as_well_is_dead(page: Page, probing: Probing) -> None:
    assert reason_of(page, probing=probing) is Reason.SOFT_404


@pytest.mark.parametrize("likeness", [0.3, 0.6])
def test_what_is_not_found_may_be_the_subject_of_a_short_page(likeness: float) -> None:
    page = make_page("Module not found - Fern", first_heading=None, text="Set it.", word_count=45)
    probing = make_probing(200, 200, likeness=likeness, alike=0.7, title="Topic not found - Fern")
    reason = reason_of(page, title="Fix for my build", probing=probing)
    assert reason is (Reason.SUSPECT_SOFT_404 if likeness > 0.5 else Reason.OK)
    same = replace(page, title=Declared(value="Not found - Fern", origin="title"))
    assert reason_of(same, title="Fix for my build", probing=probing) is Reason.SOFT_404


def test_the_name_of_the_site_does_not_say_that_a_page_is_missing() -> None:
    page = make_page("Bees - Not Found Podcast", word_count=30, text="Bees. 42 minutes.")
    url, title = "https://notfoundpodcast.example/12", "A friend's show about insects"
    theirs = make_probing(200, 200, likeness=0.1, title="Home - Not Found Podcast")
    for probing in (HONEST, theirs):
        assert reason_of(page, url=url, title=title, probing=probing) is Reason.OK
    other = "https://elsewhere.example/12"
    assert reason_of(page, url=other, title=title, probing=HONEST) is Reason.SUSPECT_SOFT_404


def test_a_mark_does_not_outweigh_a_page_that_is_named_like_its_url() -> None:
    page = make_page("Winter bees", text="Wax", marks=("missing_body",))
    assert reason_of(page, url="https://example.org/winter-bees", title="here") is Reason.OK
    assert reason_of(page, url="https://example.org/spring", title="here") is Reason.SOFT_404


def test_a_page_about_errors_at_the_end_of_a_redirect_lives() -> None:
    to = "https://example.org/guide/error"
    page = make_page("Error handling", first_heading=None, word_count=80)
    assert reason_of(page, to=to, title="Error handling in Zig") is Reason.OK
    assert reason_of(page, to=to, title="Chapter 9") is Reason.OK
    trouble = make_page("Error", first_heading=None, word_count=80)
    for other in (replace(page, word_count=40), trouble):
        assert reason_of(other, to=to, title="Chapter 9") is Reason.SOFT_404
    to = "https://example.org/404"
    assert reason_of(page, to=to, title="Chapter 9") is Reason.SOFT_404
    assert reason_of(GONE, to=to, title="Page not found") is Reason.SOFT_404


def test_a_word_of_an_error_page_is_its_subject_when_the_url_says_so() -> None:
    page = make_page("nicht gefunden", first_heading=None, word_count=20, text="Partizip.")
    theirs = make_probing(200, 200, likeness=0.1, title="Seite nicht gefunden")
    for name, reason in (("nicht-gefunden", Reason.OK), ("raft", Reason.SOFT_404)):
        url = f"https://example.org/{name}"
        assert reason_of(page, url=url, title="Words", probing=theirs) is reason


def test_a_shell_that_says_so_is_dead() -> None:
    shell = make_page("Page not found", first_heading=None, word_count=3, scripts=2)
    probing = make_probing(200, 200, likeness=1.0, title="Page not found")
    assert reason_of(shell, probing=probing) is Reason.SOFT_404


@pytest.mark.parametrize("past", [None, replace(LOST, likeness=0.1)])
def test_a_page_for_everything_is_only_suspected_while_it_does_not_say_that_it_is_missing(
    past: Past | None,
) -> None:
    probing = make_probing(
        200,
        200,
        likeness=0.9,
        title="Weekly offers",
        first_heading="Offers of the week",
        home=0.9,
    )
    assert reason_of(OTHER, probing=probing, past=past) is Reason.SUSPECT_SOFT_404


@pytest.mark.parametrize(
    "page",
    [
        make_page("Error", first_heading=None, marks=("missing_status",)),
        make_page("Page not found", marks=("missing_body",)),
        make_page("Oops", first_heading=None, canonical_url="https://example.org/404"),
    ],
)
def test_a_page_that_tells_machines_is_dead_without_more(page: Page) -> None:
    assert reason_of(page) is Reason.SOFT_404


@pytest.mark.parametrize("probing", [None, HONEST])
def test_a_mark_alone_does_not_outweigh_the_list(probing: Probing | None) -> None:
    assert reason_of(make_page(marks=("missing_body",)), probing=probing) is Reason.OK


@pytest.mark.parametrize(
    ("page", "probing"),
    [
        (OTHER, SAME),
        (OTHER, make_probing(200, 200, landing=Landing.WITH_RESOURCE)),
        (GONE, replace(THEIRS, remembered=True)),
        (GONE, make_probing(200, 200, likeness=0.9, title="Start")),
        (make_page("This course is no longer available", word_count=90), HONEST),
        (make_page("Practical Raft - this course has been retired", word_count=90), HONEST),
        (DRAWN, SAME),
        (replace(DRAWN, canonical_url=Declared(value=HOME, origin="canonical")), HONEST),
        (make_page("404", first_heading=None, word_count=9), HONEST),
        (make_page("404", first_heading=None, word_count=9), make_probing(403, 429)),
        (make_page("404", first_heading=None, word_count=9), None),
        (make_page("Start", first_heading=None, canonical_url=HOME), HONEST),
    ],
)
def test_a_doubt_is_a_suspicion(page: Page, probing: Probing | None) -> None:
    assert reason_of(page, probing=probing) is Reason.SUSPECT_SOFT_404


@pytest.mark.parametrize(
    ("page", "probing", "title"),
    [
        # An article, a reference and a changelog about missing pages
        (make_page("How to fix 404 not found"), HONEST, "How to fix 404 not found"),
        (make_page("404 Not Found", word_count=30), make_probing(200, 200, likeness=0.6), "404 Not Found"),
        (make_page("404 Not Found", word_count=30), make_probing(200, 200), "404 Not Found"),
        (make_page("404 Not Found - HTTP"), HONEST, "HTTP response status codes"),
        (make_page(text="The flag has been removed. Page not found."), HONEST, "Practical Raft"),
        (make_page("Changes", first_heading="Changes", text="It was removed"), HONEST, "Raft log"),
        # One shell for all
        (SHELL, SAME, "Practical Raft"),
        (SHELL, THEIRS, "Practical Raft"),
        (APP, SAME, "Practical Raft"),
        (make_page("Practical Raft"), SAME, "Practical Raft"),
        (SHELL, make_probing(200, 200, likeness=1.0, title="Sign up", home=1.0), "Practical Raft"),
        # Short pages, stubs, template-heavy pages
        (make_page(word_count=4), make_probing(200, 200, likeness=0.9), "Practical Raft"),
        (make_page("X", word_count=4), make_probing(200, 200, likeness=0.1), "Practical Raft"),
        (make_page("Exercise", first_heading="Raft"), make_probing(200, 200, likeness=0.9), "Raft 5"),
        (OTHER, make_probing(200, 200, likeness=0.6, alike=1.0), "Practical Raft"),
        # Probes that tell nothing
        (OTHER, make_probing(403, 403), "Practical Raft"),
        (OTHER, make_probing(429, 503), "Practical Raft"),
        (OTHER, make_probing(None, None), "Practical Raft"),
        (OTHER, make_probing(404, 200, likeness=1.0), "Practical Raft"),
        (GONE, make_probing(503, 503), "Practical Raft"),
        # A wrong name leads to the page that the number means
        (OTHER, make_probing(200, 200, landing=Landing.ELSEWHERE, likeness=1.0), "Practical Raft"),
        (OTHER, make_probing(200, 200, landing=Landing.HOME, likeness=1.0), "Practical Raft"),
        # Nothing to agree with
        (OTHER, SAME, ""),
        (OTHER, HONEST, "Practical Raft"),
        (OTHER, None, "Practical Raft"),
    ],
)  # fmt: skip
def test_what_lives_is_ok(page: Page, probing: Probing | None, title: str) -> None:
    assert reason_of(page, probing=probing, title=title) is Reason.OK


@pytest.mark.parametrize(
    "page",
    [
        make_page("Error establishing a database connection", first_heading=None, word_count=90),
        make_page("Coming soon", first_heading=None, word_count=90),
        make_page("Index of /guides", first_heading=None, word_count=90),
    ],
)
def test_a_site_that_is_not_well_is_ok_unless_the_page_was_there_before(page: Page) -> None:
    title = page.title.value if page.title else ""
    probing = make_probing(200, 200, likeness=1.0, title=title)
    assert reason_of(page, probing=probing) is Reason.OK
    assert reason_of(page, probing=probing, past=LOST) is Reason.SUSPECT_REPLACED


def test_a_short_wall_before_all_pages_is_suspected() -> None:
    wall = make_page("One moment", first_heading=None, word_count=20)
    probing = make_probing(200, 200, likeness=1.0, title="One moment")
    assert reason_of(wall, probing=probing, past=LOST) is Reason.SUSPECT_SOFT_404


def test_a_front_page_is_not_compared() -> None:
    for url in (HOME, "https://example.org/de/"):
        assert reason_of(GONE, url=url, probing=SAME) is Reason.OK


def test_a_front_page_that_only_says_that_a_service_is_over_is_suspected() -> None:
    page = make_page("Raft hosting has ended", word_count=60, text="Thank you all.")
    assert reason_of(page, url=HOME, title="Boat club Lisbon") is Reason.SUSPECT_SOFT_404
    assert reason_of(page, url=HOME, title="Raft hosting") is Reason.OK
    assert reason_of(page, url=HOME, title="") is Reason.OK
    assert reason_of(replace(page, word_count=130), url=HOME, title="Boat club") is Reason.OK
    for verb in ("has shut down", "has been shut down", "is shutting down"):
        over = make_page(f"Raft hosting {verb}", word_count=60, text="Thank you all.")
        assert reason_of(over, url=HOME, title="Boat club") is Reason.SUSPECT_SOFT_404


def test_a_front_page_that_only_says_that_something_is_missing_is_suspected() -> None:
    page = make_page("Blog not found", word_count=30, text="There is no blog of that name.")
    assert reason_of(page, url=HOME, title="Boat club Lisbon") is Reason.SUSPECT_SOFT_404
    assert reason_of(page, url=HOME, title="Not found, a band") is Reason.OK
    assert reason_of(page, url=HOME, title="") is Reason.OK


def test_a_reference_of_an_error_that_is_listed_by_its_url_is_ok() -> None:
    page = make_page("Not found", word_count=30, text="The status is 404.")
    url = "https://example.org/errors/"
    for name, reason in (("not-found", Reason.OK), ("raft", Reason.SUSPECT_SOFT_404)):
        assert reason_of(page, url=url + name, title="Errors", probing=HONEST) is reason


def test_a_family_on_another_host_is_suspected() -> None:
    related = make_page("Practical thoughts", first_heading="Craftless")
    same = make_probing(200, 200, likeness=0.9)
    title = "Practical Raft consensus"
    kept = make_page("Practical consensus", first_heading=None)
    assert reason_of(related, to="https://new.example.org/x", probing=same, title=title) is (
        Reason.SUSPECT_SOFT_404
    )
    assert reason_of(kept, to="https://new.example.org/x", probing=same, title=title) is Reason.OK


def test_several_pages_that_became_one_which_says_missing_are_dead() -> None:
    alone = make_probing(200, 200, likeness=0.9)
    assert reason_of(GONE, probing=alone, collapsed=2) is Reason.SUSPECT_SOFT_404
    assert reason_of(GONE, probing=alone, collapsed=3) is Reason.SOFT_404
    assert reason_of(SHELL, probing=SAME, collapsed=30) is Reason.OK


CONTENTS = make_page(
    "The Tern Book", first_heading="Contents", text="1. Practical Raft 2. Paxos in an hour"
)
THEIR_CONTENTS = make_probing(
    200, 200, likeness=1.0, title="The Tern Book", first_heading="Contents", home=1.0
)


@pytest.mark.parametrize("title", ["Practical Raft", "here", ""])
def test_a_table_of_contents_for_every_path_is_suspected(title: str) -> None:
    reason = reason_of(CONTENTS, probing=THEIR_CONTENTS, title=title)
    assert reason is Reason.SUSPECT_SOFT_404


@pytest.mark.parametrize(
    ("page", "probing", "title"),
    [
        # It has a name of its own, or one that fits the URL.
        (make_page("Practical Raft", first_heading="Contents"), THEIR_CONTENTS, "Practical Raft"),
        (make_page("Raft", first_heading="Contents"), THEIR_CONTENTS, "here"),
        # The site is listed by its name.
        (CONTENTS, THEIR_CONTENTS, "The Tern Book"),
        # Its text is its own.
        (CONTENTS, make_probing(200, 200, likeness=0.6, title="The Tern Book"), "Practical Raft"),
        # Made-up names are missing.
        (CONTENTS, HONEST, "Practical Raft"),
        (CONTENTS, None, ""),
    ],
)
def test_a_page_that_is_like_others_of_its_site_is_ok(
    page: Page, probing: Probing | None, title: str
) -> None:
    assert reason_of(page, probing=probing, title=title) is Reason.OK


@pytest.mark.parametrize("title", ["here", ""])
def test_what_is_redirected_like_made_up_names_is_suspected_without_a_title(title: str) -> None:
    search = make_page("Search", first_heading="Search")
    to = "https://example.org/search?q=lost"
    probing = make_probing(200, 200, landing=Landing.WITH_RESOURCE, likeness=1.0, title="Search")
    assert reason_of(search, to=to, probing=probing, title=title) is Reason.SUSPECT_SOFT_404
    for alive in (
        make_page("Raft", first_heading="Search"),
        make_page("Sign in to Search", first_heading=None),
    ):
        assert reason_of(alive, to=to, probing=probing, title=title) is Reason.OK


def test_a_parked_page_is_found_without_a_title_where_the_front_page_is_the_same() -> None:
    page = make_page("example.org", first_heading="Related searches", word_count=40)
    probing = make_probing(200, 200, likeness=1.0, home=1.0, title="example.org")
    assert reason_of(page, probing=probing, title="") is Reason.SUSPECT_SOFT_404
    elsewhere = make_probing(200, 200, likeness=1.0, home=0.2, title="example.org")
    assert reason_of(page, probing=elsewhere, title="") is Reason.OK


def test_what_all_titles_of_a_site_share_does_not_speak_for_a_similar_page() -> None:
    page = make_page(
        "Overview (Quill Edition, Kit)", first_heading=None, text="Quill Edition, Kit"
    )
    probing = make_probing(
        200, 200, likeness=0.6, alike=0.7, title="Overview (Quill Edition, Kit)"
    )
    title = "AnnotatedType (Quill Edition, Kit)"
    url = "https://example.org/AnnotatedType.html"
    assert reason_of(page, url=url, probing=probing, title=title) is Reason.SUSPECT_SOFT_404
    own = make_page("AnnotatedType (Quill Edition, Kit)", first_heading=None)
    assert reason_of(own, url=url, probing=probing, title=title) is Reason.OK


WALLS = (
    ("Error", "Access denied", ""),
    ("Error", "Too many requests", ""),
    ("Error", "Your browser is not supported", ""),
    ("Error", "Error", "Please come back in an hour."),
    ("Whoops", "JavaScript is required", ""),
    ("Oops", "Oops!", "Our servers are busy."),
    ("Acme", "Oops! Something went wrong", ""),
)


@pytest.mark.parametrize(("title", "heading", "text"), WALLS)
def test_what_only_says_that_something_is_wrong_is_never_dead(
    title: str, heading: str, text: str
) -> None:
    page = make_page(title, first_heading=heading, text=text, word_count=30)
    probing = make_probing(200, 200, likeness=1.0, title=title, first_heading=heading)
    assert VERDICTS[reason_of(page, probing=probing)] is not Verdict.DEAD


def test_a_heading_that_a_script_may_hide_convicts_nobody() -> None:
    app = make_page("App", first_heading="Page not found", marks=("script_app",))
    probing = make_probing(200, 200, likeness=1.0, title="App", first_heading="Page not found")
    assert reason_of(app, probing=probing) is Reason.SUSPECT_SOFT_404
    titled = make_page("Not found", first_heading="Page not found", marks=("script_app",))
    assert reason_of(titled, probing=probing) is Reason.SOFT_404


def test_an_exclamation_is_explained_by_the_text_of_a_short_page() -> None:
    text = "Oops! We can't find the page you are looking for."
    page = make_page("Oops!", first_heading="Oops!", text=text, word_count=11)
    probing = make_probing(200, 200, likeness=1.0, title="Oops!", first_heading="Oops!")
    assert reason_of(page, probing=probing) is Reason.SOFT_404
    long = replace(page, word_count=500)
    assert VERDICTS[reason_of(long, probing=probing)] is not Verdict.DEAD


@pytest.mark.parametrize(
    ("to", "heading", "reason"),
    [
        ("https://example.org/error", "Error", Reason.SOFT_404),
        ("https://example.org/error", "Page not found", Reason.SOFT_404),
        ("https://example.org/error", "Something went wrong", Reason.OK),
        ("https://example.org/404", "Something went wrong", Reason.SOFT_404),
    ],
)
def test_a_page_for_all_errors_may_tell_of_one_that_passes(
    to: str, heading: str, reason: Reason
) -> None:
    assert reason_of(make_page("Acme", first_heading=heading), to=to) is reason


@pytest.mark.parametrize(
    ("status_code", "reason"), [(302, Reason.SUSPECT_SOFT_404), (301, Reason.SOFT_404)]
)
def test_several_pages_that_became_another_for_good_are_dead(
    status_code: int, reason: Reason
) -> None:
    """For now, a choice of countries or a notice may stand before them."""
    probing = make_probing(200, 200, likeness=0.9)
    to = "https://example.org/guides/"
    assert reason_of(OTHER, to=to, status=status_code, probing=probing, collapsed=3) is reason


def test_several_pages_with_the_text_of_a_shell_are_suspected() -> None:
    assert reason_of(OTHER, probing=SAME, collapsed=30) is Reason.SUSPECT_SOFT_404


@pytest.mark.parametrize("page", [SHELL, APP, replace(DRAWN, word_count=49)])
def test_a_shell_for_all_urls_is_warned_about(page: Page) -> None:
    judgement = judge(make_evidence(context=Context(probing=SAME), page=page), Policy())
    assert WarningCode.SCRIPT_SHELL in judgement.warnings


def test_an_app_with_a_text_of_its_own_is_not() -> None:
    page = replace(DRAWN, title=Declared(value="Practical Raft", origin="title"))
    judgement = judge(make_evidence(context=Context(probing=SAME), page=page), Policy())
    assert judgement.reason is Reason.OK
    assert WarningCode.SCRIPT_SHELL not in judgement.warnings


@pytest.mark.parametrize(
    ("text", "probing", "reason"),
    [
        ("Not found", SAME, Reason.SOFT_404),
        ("Die Seite existiert nicht.", SAME, Reason.SOFT_404),
        ("Not found", HONEST, Reason.SUSPECT_SOFT_404),
        ("Not found", None, Reason.SUSPECT_SOFT_404),
        ("20:31", SAME, Reason.SUSPECT_SOFT_404),
        ("20:31", HONEST, Reason.OK),
    ],
)
def test_a_page_of_one_line_is_its_own_heading(
    text: str, probing: Probing | None, reason: Reason
) -> None:
    page = make_page(None, first_heading=None, text=text, word_count=len(text.split()))
    assert reason_of(page, probing=probing) is reason
    long = replace(page, text=f"{text} {'a ' * 9}")
    assert VERDICTS[reason_of(long, probing=probing)] is not Verdict.DEAD
    titled = replace(page, first_heading="Sunset")
    assert VERDICTS[reason_of(titled, probing=probing)] is not Verdict.DEAD


@pytest.mark.parametrize(
    "text",
    [
        "404",
        "We cannot find that page",
        "Error | Unable to locate what you asked for",
        "Die Seite k\u00f6nnen wir nicht finden",
        "No pudimos encontrar la p\u00e1gina",
        "404 - Page Not Found",
        "404: This page could not be found.",
        "Error 404 (Not Found)!!1",
        "Example | Page not found",
        "Oops! That page can\u2019t be found.",
        "Sorry, this page isn&#39;t available.",
        "Page Not Found \u00b7 Example",
        "Fehler 404",
        "Seite nicht gefunden - Beispiel",
        "Page introuvable | Exemple",
        "P\u00e1gina no encontrada",
        "Pagina non trovata",
        "P\u00e1gina n\u00e3o encontrada",
        "Pagina niet gevonden",
        "Nie znaleziono strony",
        "\u0421\u0442\u0440\u0430\u043d\u0438\u0446\u0430 \u043d\u0435 \u043d\u0430\u0439\u0434\u0435\u043d\u0430",
        "Sidan hittades inte",
        "Sayfa bulunamad\u0131",
        "\u30da\u30fc\u30b8\u304c\u898b\u3064\u304b\u308a\u307e\u305b\u3093",
        "\u9875\u9762\u4e0d\u5b58\u5728",
        "\ud398\uc774\uc9c0\ub97c \ucc3e\uc744 \uc218 \uc5c6\uc2b5\ub2c8\ub2e4",
    ],
)
def test_how_a_page_says_that_it_is_missing(text: str) -> None:
    assert PageNames(text).say_missing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Practical Raft",
        "404 ways to cook an egg at home",
        "Lost and found",
        "Error handling in Go",
        "How we stopped customers from ever seeing that their file was not found",
    ],
)
def test_how_it_does_not(text: str) -> None:
    assert not PageNames(text).say_missing
