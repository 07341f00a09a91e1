"""A patch as it is printed."""

from crawler.cli import diff_view

PATCH = (
    "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\x1b[2Jb\u202e\r\n+https://me:pw@a.example/,c@d.example\n"
)


def test_nothing_in_a_patch_is_obeyed_by_a_terminal_or_secret() -> None:
    assert diff_view.shown(PATCH).splitlines() == [
        "--- a/x",
        "+++ b/x",
        "@@ -1 +1 @@",
        "-a\\x1b[2Jb\\u202e",
        "+https://a.example/,c@d.example",
        "",
    ]
