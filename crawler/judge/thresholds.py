"""Pure: the numbers that rules compare with, each with what it means."""

# --- agreement: the share of the listed title's words that a page contains, 0 to 1 ---------------

LOW_AGREEMENT = 0.34
"""Below: the page has next to nothing of the listed title."""
HALF_AGREEMENT = 0.5
"""From here on: a page with a bot filter's marks is more than its challenge, a page has kept its
listed name, or is named like its URL."""
HIGH_AGREEMENT = 0.6
"""From here on: the page is about what the listed title says."""

# --- likeness of two texts, 0 to 1 ----------------------------------------------------------------

LOST_LIKENESS = 0.2
"""Below: nothing is left of the last good page."""
SIMILAR_LIKENESS = 0.35
"""From here on: the pages have one template and one purpose."""
SIMILAR_MARGIN = 0.15
"""A page is similar to two made-up URLs' pages if it is at most this much less like them than they
are like each other."""
KEPT_LIKENESS = 0.5
"""From here on: it is the earlier page, with changes."""
SAME_LIKENESS = 0.8
"""From here on: it is one and the same page."""

# --- words of a page ------------------------------------------------------------------------------

BARE_WORDS = 25
"""A page with fewer says no more than its title; many such pages are alike by chance."""
NOTICE_WORDS = 40
"""A page with fewer says nothing else, if it says that it is missing."""
SHELL_WORDS = 50
"""A page with fewer, no heading and some scripts is an empty shell that a script fills."""
FEW_WORDS = 60
"""A page with fewer may be only an error, or a wall in front of all pages of a living site."""
SALE_WORDS = 80
"""A page with fewer whose title begins with an offer offers its own domain."""
OOPS_WORDS = 120
"""A page with fewer and a title like "Oops" is only about what went wrong."""
TOMBSTONE_WORDS = 250
"""A page with fewer is only about what is gone, if its title says that something is."""
MAINTENANCE_WORDS = 250
"""A maintenance notice has fewer."""
CONSENT_WORDS = 250
"""A page with fewer and a heading that asks for consent asks for nothing else."""
PARKED_MARK_WORDS = 250
"""A page drawn by a parking service has fewer."""
PARKED_WORDS = 400
"""A page with more has content of its own, even if its owner offers the domain."""
LINKS_WORDS = 3000
"""The same for a page of nothing but short lines: links to searches."""

SAME_LENGTH = 1.5
"""A page with more than so many times as many words as before is looked at again."""

# --- words of a line, and lines -----------------------------------------------------------------

SHORT_LINE = 7
"""A line with fewer words may be a link; sentences are longer."""
MANY_LINES = 10
"""A list of links has at least as many lines."""
MOST_WORDS = 0.75
"""Share of the words that stand in short lines in a list of links."""

# --- words of a title, and characters of a word ---------------------------------------------------

PHRASE_WORDS = 9
"""A part of a title with more is not about its own page, whatever phrase it contains."""
CODE_WORDS = 3
"""A part of a title with more words and the number 404 is about the number."""
SPECIFIC_WORDS = 2
"""A title or URL with fewer words of its own does not say what its page is about."""
LONG_WORD = 5
"""Characters. Words this long are found in titles written without blanks, and a domain's name this
long is taken out of a text as the domain is."""

# --- pages ----------------------------------------------------------------------------------------

COLLAPSED_PAGES = 3
"""When at least this many listed pages of a site end at one page, that page is none of them."""
