import pytest

from crawler.report.escaping import Markdown, code, escape, link, target
from crawler.report.findings import list_findings
from tests.support.report_builders import NIGHT, make_record, make_resource


@pytest.mark.promise("35")
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Plain text, 2nd ed.", "Plain text, 2nd ed."),
        ("a | b", r"a \| b"),
        ("two\nlines", "two lines"),
        ("<b> & `c`", r"\<b\> \& \`c\`"),
        ("@all #1", "\\@\u200ball \\#\u200b1"),
        (7, "7"),
        ("", ""),
    ],
)
def test_text_means_nothing_in_markdown(value: object, shown: str) -> None:
    assert escape(value) == shown


def test_markdown_is_not_escaped_again() -> None:
    for text in (Markdown("**bold**"), code("a | b"), target("https://a.example/"), _link()):
        assert escape(text) == text


def _link() -> Markdown:
    (finding,) = list_findings([make_record(make_resource(title="[x](y)"))], NIGHT)
    return link(finding)


def test_code_span_cannot_be_left() -> None:
    assert code("a `b` | c") == "`a 'b' ¦ c`"
    assert code("\x00") == "(none)"
