"""Pure: the syntax of tags, and which elements are blocks or invisible."""

BLANK = r"[\t\n\f\r ]"
ATTRIBUTE = (
    rf"[^\t\n\f\r />][^\t\n\f\r />=]*+"
    rf"(?:{BLANK}*+={BLANK}*+(?:\"[^\"]*+\"|'[^']*+'|[^\t\n\f\r >\"'][^\t\n\f\r >]*+|(?=>))"
    rf"|(?!{BLANK}*=))"
)
"""Source: HTML standard, §13.2.5.32-39."""


def names(text: str) -> frozenset[str]:
    """The names in a text, separated by blanks."""
    return frozenset(text.split())


BLOCKS = names(
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing"
    " main menu nav ol optgroup option p pre search section select summary table tbody td tfoot th"
    " thead tr ul"
)
"""Elements on lines of their own; a cell is one too, so that its text is not glued to the next."""
UNSEEN = names(
    "audio canvas datalist iframe noembed noframes noscript object plaintext script style svg template"
    " textarea title video xmp"
)
"""Elements whose text a reader does not see, or sees as markup (`plaintext`, `xmp`)."""
