"""Pure: how tags are written, and the elements by what a parser or a reader makes of them."""

BLANK = r"[\t\n\f\r ]"
ATTRIBUTE = (
    rf"[^\t\n\f\r />][^\t\n\f\r />=]*+"
    rf"(?:{BLANK}*+={BLANK}*+(?:\"[^\"]*+\"|'[^']*+'|[^\t\n\f\r >\"'][^\t\n\f\r >]*+|(?=>))"
    rf"|(?!{BLANK}*=))"
)
"""Source: HTML standard, §13.2.5.32-39."""


def names(text: str) -> frozenset[str]:
    """The set of the blank-separated names."""
    return frozenset(text.split())


VOID = names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
ROOTS = names("html head body")
FORMATTING = names("a b big code em font i nobr s small strike strong tt u")
RAW = names("iframe noembed noframes noscript script style textarea title xmp")
ESCAPED = names("textarea title")
ODD = VOID | ROOTS | RAW | {"plaintext"}
HEADINGS = names("h1 h2 h3 h4 h5 h6")
TABLE = names("table template")
TABLE_PARTS = names("caption table tbody td tfoot th thead tr")
SCOPE = names(
    "annotation-xml applet caption desc foreignobject marquee mi mn mo ms mtext object select table"
    " td template th"
)
SPECIAL = (
    SCOPE
    | HEADINGS
    | TABLE_PARTS
    | names(
        "address article aside blockquote button center colgroup dd details dir div dl dt fieldset"
        " figcaption figure footer form frameset header hgroup li listing main menu nav ol p pre"
        " search section summary ul"
    )
)
"""Source: HTML standard, §13.2.4.2, the stack of open elements; likewise `SCOPE`."""

LINES = names(
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing"
    " main menu nav ol optgroup option p pre search section select summary table tbody td tfoot th"
    " thead tr ul"
)
"""They stand on lines of their own; a cell does too, so that its text is not glued to the next."""
UNSEEN = names(
    "audio canvas datalist head iframe noembed noframes noscript object script style svg template"
    " textarea title video"
)
"""A reader does not see their text."""
