"""Pure: the numbers at which rules change their mind, each with what it means."""

# --- agreement: the share of the listed title's words that a page holds, 0 to 1 -------------------

LOW = 0.34
"""Agreement with the list below this is none."""
HALF = 0.5
"""From here on a page speaks for itself against a bot filter, has kept its listed name, or is
called what its address is."""
HIGH = 0.6
"""Agreement from here on speaks for the page."""

# --- likeness of two texts, 0 to 1 ----------------------------------------------------------------

LOST = 0.2
"""Likeness to the last good page below which nothing is left of it."""
RELATED = 0.35
"""Likeness from here on is that of pages of one family."""
MARGIN = 0.15
"""By how much less than two made-up URLs a resource may be like them, and be of their family."""
ANOTHER = 0.5
"""Likeness to an earlier page below which a page is another one."""
ALIKE = 0.8
"""Likeness from here on is that of one and the same page."""

# --- words of a page ------------------------------------------------------------------------------

BARE_WORDS = 25
"""A page with fewer says no more than its title; many such are alike by chance."""
NOTICE_WORDS = 40
"""A page with fewer says nothing beside that it is missing."""
SHELL_WORDS = 50
"""A page with fewer words of its own and no heading is a shell, when it has scripts to fill it."""
FEW_WORDS = 60
"""A page with fewer may be no more than an error, or a wall before all pages of a living site."""
SALE_WORDS = 80
"""A page with fewer that begins its name with an offer speaks of its own domain."""
OOPS_WORDS = 120
"""A page with more and an exclamation for a name speaks of more than one thing."""
TOMBSTONE_WORDS = 250
"""A page with more tells of something else beside what is gone."""
MAINTENANCE_WORDS = 250
"""A notice about work on the site has fewer."""
PARKED_MARK_WORDS = 250
"""A page that a parking service draws has fewer."""
PARKED_WORDS = 400
"""A page with more is one of its own, whatever its owner offers beside it."""

# --- words of a title, and characters of a word ---------------------------------------------------

PHRASE_WORDS = 9
"""A part of a title with more speaks about something else than its own page."""
CODE_WORDS = 3
"""A part of a title with more than these and the number 404 speaks about the number."""
TELLING_WORDS = 2
"""A title or an address with fewer words of its own does not say what its page is about."""
LONG_WORD = 5
"""Characters from which on a word is known in a title written without blanks, and a domain's own
name stands for it alone."""

# --- pages ----------------------------------------------------------------------------------------

COLLAPSED = 3
"""Listed pages that ended at one: then it is none of them."""
