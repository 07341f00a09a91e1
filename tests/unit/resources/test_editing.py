"""Replacing URLs in a list: to the byte, in each format.

`CRAWLER_FULL=1` tries 10,000 random lists and edits in each format.
"""

import gzip
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import urls
from crawler.config import ListSettings
from crawler.model import LeftOut, Notice, ResourceList
from crawler.resources import OneFile, Replacement, edited, parse_files
from crawler.resources.editing import Edited
from crawler.resources.editing.comparison import difference
from tests.support import random_lists
from tests.support.histories import FULL
from tests.support.random_lists import Edit

RULES = ListSettings()
OLD = "https://old.example/"
NEW = "https://new.example/"


def listed(contents: dict[str, bytes]) -> ResourceList:
    return parse_files(
        (OneFile(name, content.splitlines(keepends=True)) for name, content in contents.items()),
        RULES,
    )


def edit(contents: dict[str, bytes], after: dict[int, str]) -> Edited:
    known = listed(contents).resources
    wanted = [
        Replacement(key=known[n].key, before=known[n].url, after=url) for n, url in after.items()
    ]
    return edited(contents, listed(contents), RULES, wanted)


def edit_first(name: str, text: str, new: str) -> str:
    """The file with another URL for its first resource, or why not."""
    result = edit({name: text.encode()}, {0: new})
    return str(result.refused[0]) if result.refused else result.contents[name].decode()


WAYS = [
    ("list.csv", 'title,url\r\n"A ""b""",{}\r\n', f"{NEW}a", f"{NEW}a"),
    ("list.csv", "\ufefftitle,url\nA,{}\n", f"{NEW}a,b", f'"{NEW}a,b"'),
    ("list.csv", "title,url\nA,{}", f"{NEW}a#b,c", f"{NEW}a#b%2Cc"),
    ("list.csv", 'title,url\nA," {} "\n', f"{NEW}a,b", f"{NEW}a,b"),
    ("list.csv", "title;url\nA;{}\n", f"{NEW}a,b", f"{NEW}a,b"),
    ("list.tsv", "title\turl\nA\t{}\n", f"{NEW}a,b;c", f"{NEW}a,b;c"),
    ("list.md", "- [A]({})\n", f"{NEW}a b", f"{NEW}a%20b"),
    ("list.md", '- [A]({} "T")\n', f"{NEW}a_(b)", f"{NEW}a_(b)"),
    ("list.md", "- [A]({})\n", f"{NEW}a(b", f"<{NEW}a(b>"),
    ("list.md", "- [A](<{}>)\n", f"{NEW}a)b", f"{NEW}a)b"),
    ("list.md", "- [A]({})\n", f"{NEW}?a=1&amp;b", f"{NEW}?a=1&amp;amp;b"),
    ("list.md", "[A], [B][a]\n\n[a]: {}\n", f"{NEW}a b)", f"<{NEW}a%20b)>"),
    ("list.md", "- <{}>\n", f"{NEW}a)b.", f"{NEW}a)b."),
    ("list.md", "- see {}, or not\n", f"{NEW}a", f"{NEW}a"),
    ("list.md", "- see {}, or not\n", f"{NEW}a).", f"<{NEW}a).>"),
    ("list.md", "|A|\n|-|\n|[A]({})|\n", f"{NEW}a|b", f"{NEW}a%7Cb"),
    ("list.md", "- <a href='{}'>A</a>\n", f"{NEW}?a=b&c='", f"{NEW}?a=b&amp;c=%27"),
    ("list.html", '<a href="{}">A</a>', f"{NEW}?a=b&copy=1", f"{NEW}?a=b&amp;copy=1"),
    ("list.html", "<a href='{}'>A</a>", f"{NEW}a'b", f"{NEW}a&#39;b"),
    ("list.html", "<a href={}>A</a>", f"{NEW}a", f"{NEW}a"),
    ("list.html", "<a href={}>A</a>", f"{NEW}?a=b", f'"{NEW}?a=b"'),
    (
        "list.opml",
        "<opml><outline text='A' url='{}'/></opml>",
        f"{NEW}a'b&c",
        f"{NEW}a&#39;b&amp;c",
    ),
    ("list.xml", "<urlset><url><loc> {} </loc></url></urlset>", f"{NEW}?a&b", f"{NEW}?a&amp;b"),
    (
        "list.xml",
        "<urlset><url><loc><![CDATA[{}]]></loc></url></urlset>",
        f"{NEW}?a&b",
        f"{NEW}?a&b",
    ),
    ("list.json", '[{{"url": "{}"}}]', f"{NEW}a\\b", f"{NEW}a\\\\b"),
    ("list.toml", '[[a]]\nurl = "{}"\n', f"{NEW}?a\\b", f"{NEW}?a\\\\b"),
    ("list.toml", "[[a]]\nurl = '{}' # x\n", f"{NEW}a", f"{NEW}a"),
    ("list.yaml", "- url: {} # x\n", f"{NEW}a,b", f"{NEW}a,b"),
    ("list.yaml", "- {{url: {}}}\n", f"{NEW}a,b", f'"{NEW}a,b"'),
    ("list.yaml", "- {{url: {}}}\n", f"{NEW}:?", f'"{NEW}:?"'),
    ("list.yaml", '- url: "{}"\n', f"{NEW}a\\b", f"{NEW}a\\\\b"),
    ("list.yaml", "- url: '{}'\n", f"{NEW}a'b", f"{NEW}a''b"),
    ("list.yaml", "- url: >-\n    {}\n", f"{NEW}a,b", f"{NEW}a,b"),
    ("list.txt", "{}\n", f"{NEW}a", f"{NEW}a"),
]


@pytest.mark.parametrize(("name", "text", "new", "written"), WAYS)
def test_a_url_is_written_as_its_place_demands(
    name: str, text: str, new: str, written: str
) -> None:
    assert edit_first(name, text.format(OLD), new) == text.format(written)


def test_quotes_are_taken_off_a_text_that_would_need_others() -> None:
    text = "[[a]]\nurl = '{}'\n"
    assert edit_first("a.toml", text.format(OLD), f"{NEW}a'b") == f'[[a]]\nurl = "{NEW}a\'b"\n'


REFUSED = [
    ("list.csv", "title,url\nA, {} \n", f"{NEW}a,b", "list.csv:2: blanks stand around the URL"),
    ("list.csv", "url\n{}\n" + NEW, NEW, "list.csv:2: the new URL is in the list already"),
    (
        "list.csv",
        "url\n{}\n",
        "https://me:pw@new.example/",
        "list.csv:2: the new URL is empty, has",
    ),
    ("list.csv", "url\n{}\n", f"{NEW}\u202ea", "list.csv:2: the new URL is empty, has"),
    ("list.csv", "url\n{}\n", OLD, "list.csv:2: the list has the new URL already"),
    ("list.toml", "[[a]]\nurl = '''{}'''\n", f"{NEW}'", "list.toml:2: the new URL has a quote"),
    ("list.md", "[A](https://u:p@old.example/)\n", NEW, "list.md:1: the URL has a user name"),
    ("list.yaml", "- url: '{}\n    x'\n", NEW, "list.yaml:1: the URL spans lines; put it on one"),
    ("list.txt", "{}", f"{NEW},,", "list.txt:1: the list could not be read with the new URL"),
]


@pytest.mark.parametrize(("name", "text", "new", "why"), REFUSED)
def test_a_replacement_is_refused_with_place_and_reason(
    name: str, text: str, new: str, why: str
) -> None:
    assert edit_first(name, text.format(OLD), new).startswith(why)


def test_a_url_is_replaced_in_all_places_and_files() -> None:
    contents = {
        "a.md": f"[A]({OLD}) and [again][r]\n\n[r]: {OLD} 'T'\n".encode(),
        "b.md": f"# B\n\n- {OLD}, see [B](https://b.example/)\n".encode(),
    }
    result = edit(contents, {0: f"{NEW}x"})
    assert result.contents == {
        name: content.replace(OLD.encode(), f"{NEW}x".encode())
        for name, content in contents.items()
    }


def test_a_fragment_is_kept_where_the_new_url_has_none() -> None:
    text = f"- [A]({OLD}#part)\n"
    assert edit_first("a.md", text, f"{NEW}x") == f"- [A]({NEW}x#part)\n"
    assert edit_first("a.md", text, f"{NEW}x#own") == f"- [A]({NEW}x#own)\n"


def test_one_new_url_in_the_list_is_refused_and_the_others_are_made() -> None:
    text = f"url\n{OLD}1\n{OLD}2\n{OLD}3\n"
    result = edit({"a.csv": text.encode()}, {0: f"{NEW}1", 1: f"{OLD}3"})
    assert [one.replacement.after for one in result.refused] == [f"{OLD}3"]
    assert result.contents["a.csv"].decode() == text.replace(f"{OLD}1", f"{NEW}1")


def test_rows_that_repeat_a_url_may_both_move() -> None:
    text = f"url\n{OLD}\n{OLD}\n"
    result = edit({"a.csv": text.encode()}, {0: NEW, 1: NEW})
    assert result.contents["a.csv"].decode() == text.replace(OLD, NEW)


def test_what_would_change_something_else_is_refused_alone() -> None:
    """A comma in the first line of a text makes it look like a CSV list."""
    text = "".join(f"{OLD}{n}\n" for n in range(4))
    after = {n: f"{NEW}{n}" for n in range(4)}
    result = edit({"links": text.encode()}, {**after, 0: f"{NEW},"})
    assert [one.line for one in result.refused] == [1]
    assert result.contents["links"].decode() == text.replace("old", "new").replace(
        f"{NEW}0", f"{OLD}0"
    )


@pytest.mark.parametrize(("name", "text", "new", "written"), WAYS)
def test_an_edit_is_undone_to_the_byte(name: str, text: str, new: str, written: str) -> None:
    before = {name: text.format(OLD).encode()}
    (done,) = edit(before, {0: new}).done
    contents = {name: text.format(written).encode()}
    (now, *_) = listed(contents).resources
    back = replace(done.reversed(), key=now.key, before=now.url)
    assert edited(contents, listed(contents), RULES, [back]).contents == before


@pytest.mark.parametrize(("name", "text", "new", "written"), WAYS)
def test_what_was_done_names_the_url_as_the_list_is_read_then(
    name: str, text: str, new: str, written: str
) -> None:
    result = edit({name: text.format(OLD).encode()}, {0: new})
    assert listed(dict(result.contents)).resources[0].url == result.done[0].url


def test_a_list_that_shows_the_url_as_text_keeps_the_text() -> None:
    text = f"- [{OLD}]({OLD})\n"
    assert edit_first("a.md", text, NEW) == f"- [{OLD}]({NEW})\n"


def test_a_resource_with_another_url_by_now_is_left_alone() -> None:
    contents = {"a.csv": f"url\n{OLD}\n".encode()}
    wanted = Replacement(key=OLD, before="https://other.example/", after=NEW)
    refused = edited(contents, listed(contents), RULES, [wanted]).refused
    assert "another URL there now, https://old.example/" in refused[0].why


def test_what_is_sound_alone_and_not_together_is_refused() -> None:
    """A text of which most lines are no URLs is no list of URLs."""
    contents = {"list": f"{OLD}1\n{OLD}2\n".encode()}
    rules = ListSettings(format="text")
    known = parse_files([OneFile("list", contents["list"].splitlines(keepends=True))], rules)
    wanted = [
        Replacement(key=one.key, before=one.url, after=f"new.example/{n}")
        for n, one in enumerate(known.resources)
    ]
    assert [len(edited(contents, known, rules, [one]).done) for one in wanted] == [1, 1]
    result = edited(contents, known, rules, wanted)
    assert result.contents == {}
    assert [one.line for one in result.refused] == [1, 2]


def test_a_packed_file_is_refused() -> None:
    contents = {"a.csv": gzip.compress(f"url\n{OLD}\n".encode())}
    wanted = Replacement(key=OLD, before=OLD, after=NEW)
    refused = edited(contents, listed(contents), RULES, [wanted]).refused
    assert "packed with gzip" in refused[0].why


def test_a_url_that_the_settings_leave_out_is_refused() -> None:
    contents = {"a.md": f"- [A]({OLD})\n".encode()}
    wanted = [Replacement(key=OLD, before=OLD, after=f"{NEW}badge")]
    result = edited(contents, listed(contents), ListSettings(ignore=("*/badge",)), wanted)
    assert result.refused[0].why == (
        "the list would have 0 resources then, instead of 1; edit it by hand"
    )


def test_a_list_that_is_not_the_one_that_was_read_is_refused() -> None:
    before = {"a.md": f"\n- [A]({OLD})\n".encode()}
    after = {"a.md": f"- [A]({OLD})\n".encode()}
    wanted = [Replacement(key=OLD, before=OLD, after=NEW)]
    result = edited(after, listed(before), RULES, wanted)
    assert "is not where it was" in result.refused[0].why
    gone = [Replacement(key="other", before=OLD, after=NEW)]
    result = edited(after, listed(before), RULES, gone)
    assert str(result.refused[0]) == "the resource is not in the list; run `crawler run` first"


def test_texts_that_quote_a_url_follow_it() -> None:
    text = f"## About {OLD}\n\n- [A](https://a.example/) - see {OLD}\n- [B](https://b.example/)\n"
    result = edit({"list.md": text.encode()}, {0: f"{NEW}x"})
    assert result.contents["list.md"].decode() == text.replace(OLD, f"{NEW}x")


def test_a_quoted_url_may_begin_like_another_one() -> None:
    text = f"- [A]({OLD}1) and {OLD}1\n- [B]({OLD}10) and {OLD}10\n"
    result = edit({"list.md": text.encode()}, {0: f"{NEW}a", 1: f"{NEW}b"})
    assert not result.refused
    expected = f"- [A]({NEW}a) and {NEW}a\n- [B]({NEW}b) and {NEW}b\n"
    assert result.contents["list.md"].decode() == expected


def test_what_else_differs_is_named() -> None:
    def read(text: str, name: str = "a.md") -> ResourceList:
        return listed({name: text.encode()})

    row = "number,title,url\n1,A,https://a.example/\n"
    assert difference(read(row, "a.csv"), read(row.replace("1,", "2,"), "a.csv"), {}) == (
        "the number of line 2 would change too; edit the list by hand"
    )
    key = "id,url\na,https://a.example/\n"
    assert "the id of line 2" in difference(
        read(key, "a.csv"), read(f"{key[:7]}b{key[8:]}", "a.csv"), {}
    )
    item = "- [A](https://a.example/) - one\n"
    assert "the title of line 1" in difference(read(item), read(item.replace("A", "B")), {})
    assert "the description" in difference(read(item), read(item.replace("one", "two")), {})
    assert "the URL of line 1" in difference(read(item), read(item.replace("a.ex", "b.ex")), {})
    assert "the place of line 1" in difference(read(item), read(f"\n{item}"), {})
    anchor = replace(read(item), left_out=((LeftOut.ANCHOR, 1),))
    assert "would become some" in difference(read(item), anchor, {})
    odd = replace(read(item), notices=(Notice(line=1, text="Odd.", file="a.md"),))
    assert difference(read(item), odd, {}) == "then there would be something odd on line 1: Odd."


@pytest.mark.promise("33")
@pytest.mark.parametrize("host", ["\u0430pple.example", "xn--pple-43d.example"])
def test_a_host_that_may_pass_for_another_gets_into_no_list(host: str) -> None:
    contents = {"a.csv": f"url\n{OLD}\n".encode()}
    wanted = Replacement(key=OLD, before=OLD, after=f"https://{host}/")
    result = edited(contents, listed(contents), RULES, [wanted])
    assert (result.done, result.contents) == ((), {})
    assert "mixes scripts: it is xn--pple-43d.example" in result.refused[0].why


def test_two_new_urls_for_one_resource_are_one_too_many() -> None:
    contents = {"a.csv": f"url\n{OLD}\n".encode()}
    wanted = [Replacement(key=OLD, before=OLD, after=NEW + end) for end in "ab"]
    result = edited(contents, listed(contents), RULES, wanted)
    assert [one.after for one in result.done] == [f"{NEW}a"]
    assert "another new URL" in result.refused[0].why


def test_a_long_list_is_edited_without_a_copy_of_what_is_around_each_url() -> None:
    rows = 5_000
    content = b"url\n" + b"".join(b"https://h%d.example/\n" % n for n in range(rows))
    tracemalloc.start()
    try:
        result = edit({"list.csv": content}, {7: f"{NEW}a,b"})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert b'\n"https://new.example/a,b"\n' in result.contents["list.csv"]
    assert peak / rows < 3000


# --- random lists -----------------------------------------------------------------------------------


def stands_between(content: str, pieces: Sequence[str], touched: set[int]) -> bool:
    """Whether the text is that of the pieces, but for those that were touched."""
    at, kept = 0, ""
    for n, piece in enumerate((*pieces, "")):
        if n in touched or n == len(pieces):
            found = content.find(kept, at)
            if found < 0 or (at == 0 and found != 0):
                return False
            at, kept = found + len(kept), ""
        else:
            kept += piece
    return content.endswith("".join(pieces[max(touched) + 1 :]))


def meant(url: str) -> str:
    """The URL, without the characters that places need percent-encoded where servers see no difference."""
    plain = url.replace("%7C", "|").replace("%2C", ",").replace("%3B", ";").replace("%09", "\t")
    return urls.target_uri(plain)


@pytest.mark.slow
@pytest.mark.parametrize("name", random_lists.FORMATS)
@pytest.mark.timeout(7200 if FULL else 600)
@settings(max_examples=10_000 if FULL else 60)
@given(st.data())
def test_exactly_the_intended_spans_of_random_lists_differ(name: str, data: st.DataObject) -> None:
    one: Edit = data.draw(random_lists.edits(name))
    file = one.slotted.name
    before = listed({file: one.content}).resources
    result = edit({file: one.content}, one.after)
    refused = {one.replacement.key for one in result.refused}
    assert refused <= {before[n].key for n in one.slotted.may_refuse}
    done = {n for n in one.after if before[n].key not in refused}
    if not done:
        return
    content = result.contents[file]
    touched = {at for n in done for at in one.slotted.slots_of[n]}
    assert stands_between(content.decode("utf-8-sig"), one.slotted.pieces, touched)
    after = listed({file: content}).resources
    for n, resource in enumerate(after):
        wanted = one.after[n] if n in done else before[n].url
        assert meant(resource.url) == meant(wanted)
        assert replace(resource, url="", key="", places=()) == replace(
            before[n], url="", key="", places=()
        )
    index = {before[n].key: n for n in one.after}
    back = [
        replace(d.reversed(), key=after[index[d.key]].key, before=after[index[d.key]].url)
        for d in result.done
    ]
    assert (
        edited({file: content}, listed({file: content}), RULES, back).contents[file] == one.content
    )
