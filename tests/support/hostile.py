"""Text as somebody with bad intentions would write it, in every place of a report that it can be."""

from dataclasses import replace

from hypothesis import strategies as st

from crawler.model import (
    Band,
    CandidateSource,
    ChangeKind,
    Grounds,
    Notice,
    Reason,
    Resource,
    Snapshot,
    State,
    WarningCode,
)
from crawler.report.findings import web_address
from crawler.text import clean
from tests.support.report_builders import (
    make_change,
    make_proposal,
    make_record,
    make_resource,
    make_snapshot,
)

FRAGMENTS = (
    "\n\n# ", "\n- [ ] ", "- [x] ", "![a](https://evil.example/i.png)", "[a](https://evil.example)",
    "<https://evil.example>", "https://evil.example", "www.evil.example", "evil.example",
    "me@evil.example", "@everyone", "#1", "org/repo#2", "<img src=x>", "<!--", "-->", "<details>",
    "</details>", "`", "``", "```", "|", "\\", "\\|", "\\\\|", "](", "](<", ">)", "]: ", "[^1]",
    "&copy;", "&#35;", "&lt;", "&#x60;", "*", "**", "_", "~~", "$", "$$", "\t", "    ", "---", "===",
    "]]>", "<?x?>", "\ufffe", "\x00", "\x1b[31m", "{0}", "::add-mask::x", "##[error]x",
    "javascript:alert(1)", "\u202e", "\u200b", "\u2028", "é", "😀", "%", "%7C", "{", "}", "^", '"',
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), min_size=1, max_size=8).map(
    "".join
)
"""Text as somebody with bad intentions would write it, not cleaned."""


@st.composite
def hostile_resources(draw: st.DrawFn) -> Resource:
    no_address = HOSTILE.filter(lambda text: web_address(text) is None)
    url = draw(HOSTILE.map("https://listed.example/".__add__) | no_address)
    return make_resource(
        title=clean(draw(HOSTILE)), url=url.strip(), category=clean(draw(HOSTILE))
    )


@st.composite
def hostile_snapshots(draw: st.DrawFn) -> Snapshot:
    """A report in which foreign text stands in every place that it can."""
    resource = draw(hostile_resources())
    text = HOSTILE.map(clean)
    successor = "https://successor.example/" + draw(HOSTILE)
    kinds = {
        ChangeKind.MOVED: (resource.url, successor),
        ChangeKind.TITLE: (draw(text), draw(text)),
        ChangeKind.ADDED: (None, resource.url),
        ChangeKind.REMOVED: (resource.url, None),
        ChangeKind.URL_CHANGED: (draw(text), resource.url),
        ChangeKind.RECOVERED: (draw(text), draw(text)),
        ChangeKind.BROKE: (None, "dead http_404"),
        ChangeKind.EDITED: (f"{draw(text)}\n{draw(text)}", draw(text)),
        ChangeKind.REWRITTEN: (draw(text), draw(text)),
        ChangeKind.WORDS: (draw(text), None),
        ChangeKind.RELAUNCHED: (None, draw(text)),
    }
    reason = draw(
        st.sampled_from(
            [Reason.PERMANENT_REDIRECT, Reason.FORBIDDEN, Reason.HTTP_404, Reason.INVALID_URL]
        )
    )
    record = make_record(
        resource,
        reason,
        state=State.BROKEN if reason in {Reason.INVALID_URL, Reason.HTTP_404} else None,
        suggested_url=successor,
        page_title=draw(text),
        warnings=(WarningCode.TITLE_MISMATCH,),
    )
    proposal = make_proposal(
        resource,
        successor,
        band=draw(st.sampled_from(Band)),
        grounds=Grounds(
            source=draw(st.sampled_from(CandidateSource)),
            found_at=draw(HOSTILE),
            neighbours=(draw(HOSTILE),),
        ),
        title=draw(HOSTILE),
    )
    return make_snapshot(
        replace(record, proposals=(proposal, proposal)),
        changes=tuple(make_change(kind, resource, *sides) for kind, sides in kinds.items()),
        first=draw(st.booleans()),
        notices=(Notice(line=3, text=draw(text)),),
    )
