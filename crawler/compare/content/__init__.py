"""Pure: what changed in the text of a page, when its noise is left aside.

`lines` and `masks` are how a line is compared, `differences` finds those without an equal, `regions`
where they stand, `sifting` what of them is noise, by what `memory` has learned and by `noise_words`.
`waiting` says what is told at once, and what must stay for some nights first; `learning` is what a
night adds to the memory. `list_words` are those that matter to a list, `excerpts` what is quoted,
`extent` tells an edit from a rewritten page, and `sites` finds what happened to a whole site.
"""

from crawler.compare.content.comparison import compare_content
from crawler.compare.content.sites import ComparedSites, SiteComparison

__all__ = ["ComparedSites", "SiteComparison", "compare_content"]
