"""Lists of objects in YAML, JSON and TOML, and what they become."""

import io
import json
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ResourcesError
from crawler.model import LeftOut, Resource, ResourceList
from crawler.resources import parse

YAML = """\
# tools
Tools:
  - name: "A tool"
    link: https://a.example/é  # the site
    summary: >-
      Does
      it.
  - {title: B, url: 'https://b.example/it''s', category: Other, id: b1}
  - title: no url
Books: &books
- https://c.example
- not a url
- url: https://d.example  # crawler-ignore
- url: >-
    https://e.example
- url: !!str "https:\\/\\/f.example"
again: *books
"""
JSON = """{"checksum": "x", "roots": {"bookmark_bar": {"name": "Bar", "children": [
  {"name": "A", "url": "https://a.example/\\u00e9", "id": "5", "date_added": 13, "sync": true},
  {"name": "Deep", "type": "folder", "children": [{"url": "https:\\/\\/b.example", "x": null}]}]}},
  "list": ["https://c.example", 7, null]}
"""
TOML = """\
title = 'My list' # "https://no.example"
[[resources]]
name = "A"
"url" = "https://a.example/\\u00e9" # it's
[["big tools".inner]]
url = '''https://b.example/"'''
x = { y = [ { link = 'https://c.example' } ], z = \"""
"quoted" https://no.example\""" }
[[group]]
urls = [
  "https://d.example",
  ["https://e.example"]
]
number = 4
"""


def read(text: str, name: str) -> ResourceList:
    return parse(io.BytesIO(text.encode()), name)


def seen(text: str, name: str) -> list[tuple[str, str, str, str]]:
    listed = read(text, name).resources
    return [(one.key, one.title, one.url, one.category) for one in listed]


def written(content: bytes, resource: Resource) -> str:
    (place,) = resource.places
    return content[place.start : place.end].decode()


def test_keys_that_are_no_columns_hold_no_urls() -> None:
    text = (
        "- Site_Name: A\n  website_url: https://a.example\n  source_code_url: https://no.example\n"
    )
    assert seen(text, "a.yml") == [("https://a.example/", "A", "https://a.example", "")]


def test_objects_in_yaml() -> None:
    assert seen(YAML, "list.yml") == [
        ("https://a.example/%C3%A9", "A tool", "https://a.example/é", "Tools"),
        ("b1", "B", "https://b.example/it's", "Other"),
        ("https://c.example/", "", "https://c.example", "Books"),
        ("https://e.example/", "", "https://e.example", "Books"),
        ("https://f.example/", "", "https://f.example", "Books"),
    ]
    listed = read(YAML, "list.yml")
    assert listed.resources[0].description == "Does it."
    assert dict(listed.left_out) == {LeftOut.IGNORED: 1}
    assert [written(YAML.encode(), one) for one in listed.resources] == [
        "https://a.example/é",
        "https://b.example/it''s",
        "https://c.example",
        "https://e.example",
        "https:\\/\\/f.example",
    ]


def test_objects_in_json() -> None:
    assert seen(JSON, "Bookmarks") == [
        ("5", "A", "https://a.example/é", "bookmark_bar / Bar"),
        ("https://b.example/", "", "https://b.example", "bookmark_bar / Bar / Deep"),
        ("https://c.example/", "", "https://c.example", ""),
    ]
    listed = read(JSON, "list.json").resources
    assert [written(JSON.encode(), one) for one in listed] == [
        "https://a.example/\\u00e9",
        "https:\\/\\/b.example",
        "https://c.example",
    ]
    assert [(one.places[0].line, one.places[0].column) for one in listed] == [
        (2, 25),
        (3, 60),
        (4, 13),
    ]


def test_objects_in_toml() -> None:
    assert seen(TOML, "list.toml") == [
        ("https://a.example/%C3%A9", "A", "https://a.example/é", "My list"),
        ("https://b.example/%22", "", 'https://b.example/"', "My list / inner"),
        ("https://c.example/", "", "https://c.example", "My list / inner / y"),
        ("https://d.example/", "", "https://d.example", "My list"),
        ("https://e.example/", "", "https://e.example", "My list"),
    ]
    listed = read(TOML, "list.toml").resources
    assert [written(TOML.encode(), one) for one in listed] == [
        "https://a.example/\\u00e9",
        'https://b.example/"',
        "https://c.example",
        "https://d.example",
        "https://e.example",
    ]


@pytest.mark.parametrize("key", ["url", "URL", "website_url", "Web-Site", "homepage", "uri"])
def test_keys_are_understood_as_columns_are(key: str) -> None:
    text = f"- {key}: https://a.example\n  Link_Title: A\n  Topic: T\n  Summary: S\n"
    (resource,) = read(text, "x.yaml").resources
    assert (resource.url, resource.title) == ("https://a.example", "A")
    assert (resource.category, resource.description) == ("T", "S")


_URLS = st.text("a\"'\\#é\U0001f600=[]{},:", max_size=8).map("https://a.example/{}".format)
_ENTRIES = st.lists(
    st.fixed_dictionaries({"url": _URLS, "name": st.text("ab\"'#:\n", max_size=4)}),
    min_size=1,
    max_size=5,
    unique_by=lambda entry: str(entry["url"]),
)


@given(_ENTRIES, st.sampled_from([None, 2]), st.booleans())
def test_every_span_in_json_reads_back_as_its_url(
    entries: list[dict[str, str]], indent: int | None, is_ascii: bool
) -> None:
    text = json.dumps(entries, indent=indent, ensure_ascii=is_ascii)
    listed = read(text, "x.json").resources
    assert {one.url for one in listed} == {entry["url"] for entry in entries}
    for one in listed:
        assert json.loads(f'"{written(text.encode(), one)}"') == one.url


@given(_ENTRIES, st.sampled_from([None, '"', "'"]), st.booleans())
def test_every_span_in_yaml_reads_back_as_its_url(
    entries: list[dict[str, str]], quote: str | None, is_ascii: bool
) -> None:
    text = yaml.safe_dump(entries, allow_unicode=not is_ascii, width=10_000, default_style=quote)
    listed = read(text, "x.yaml").resources
    assert {one.url for one in listed} == {entry["url"] for entry in entries}
    for one in listed:
        (place,) = one.places
        around = text.encode()[place.start - 1 : place.end + 1].decode()
        sign = around[0] if around[0] in "\"'" and around[0] == around[-1] else ""
        assert yaml.safe_load(f"{sign}{around[1:-1]}{sign}") == one.url


@given(_ENTRIES, st.sampled_from(["'''", '"""', '"', "'"]), st.sampled_from(["\n", "\r\n"]))
def test_every_span_in_toml_reads_back_as_its_url(
    entries: list[dict[str, str]], quote: str, line_break: str
) -> None:
    lines, usable = ['# it\'s "a" comment'], []
    for entry in entries:
        url = entry["url"]
        if quote in {"'", "'''"} and ("'" in url):
            continue
        raw = url if "'" in quote else url.replace("\\", "\\\\").replace('"', '\\"')
        lines += ["[['quoted \"key\"'.x]]", f"url = {quote}{raw}{quote} # ' \"", "'n' = ['''a''']"]
        usable.append((url, raw))
    text = line_break.join(lines)
    assert tomllib.loads(text) is not None
    if usable:
        listed = read(text, "x.toml").resources
        assert [one.url for one in listed] == [url for url, _ in usable]
        assert [written(text.encode(), one) for one in listed] == [raw for _, raw in usable]


@pytest.mark.promise("14")
@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "x.yaml",
            "a: [1\nb: 2",
            "x.yaml:2:2: this is no YAML (did not find expected ',' or ']')",
        ),
        ("x.yaml", "a: \tb\n\x07", "x.yaml:1: this is no YAML: it has a character that"),
        ("x.yaml", "a: " + "[" * 5000, "x.yaml:1:"),
        ("x.yaml", "a: " + "[" * 150 + "]" * 150, "x.yaml:1: objects are too deep"),
        ("x.yaml", "- a: *unknown", "x.yaml:1: no object in this file has a key called url"),
        ("x.json", '[{"url": "https://a.example",}]', "x.json:1:"),
        ("x.json", "[" * 100_000, "x.json:1: objects are too deep"),
        ("x.json", "[" * 150 + "]" * 150, "x.json:1: objects are too deep"),
        ("x.json", "{}", "x.json:1: no object in this file has a key called url"),
        ("x.toml", "a = 1\nb = ", "x.toml:2: this is no TOML (Invalid value)"),
        ("x.toml", "a = " + "[" * 100_000, "x.toml:1: objects are too deep"),
        ("x.toml", "a = 1\n" + "a." * 200 + "b = 1", "x.toml:2: objects are too deep"),
        ("x.toml", "['a' ." + " b ." * 200 + "b]", "x.toml:1: objects are too deep"),
        ("x.toml", "c = {" + '"a".' * 200 + "b = 1}", "x.toml:1: objects are too deep"),
        ("x.toml", f"a = {'9' * 5000}", "x.toml:1: this is no TOML (Exceeds the limit"),
        ("x.yaml", "- url: https://a.example\n  number: x", "x.yaml:2: the number is not a whole"),
        ("x.json", '[{"id": 1, "url": "a"},\n{"id": 1, "url": "b"}]', "x.json:2: the id repeats"),
        (
            "x.json",
            '[{"url": "/a",\n "url": "/b"}]',
            "x.json:2: the object here has a key twice; ",
        ),
        ("x.json", '{"links": [],\n"links": [["/b"]]}', "x.json:2: the object here has a key"),
        ("x.yaml", "- url: /a\n  url: /b", "x.yaml:2: the object here has a key twice; rename"),
    ],
)
def test_a_fault_is_told_with_its_place(name: str, text: str, message: str) -> None:
    with pytest.raises(ResourcesError) as caught:
        read(text, name)
    assert str(caught.value).startswith(message)


def test_aliases_are_read_once_however_many_there_are() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 30)]
    text = "\n".join(["l0: &l0 [https://a.example]", *levels])
    assert [one.url for one in read(text, "x.yaml").resources] == ["https://a.example"]


def test_numbers_and_aliases_may_have_a_key_twice() -> None:
    listed = parse(io.BytesIO(b'[{"id": 1, "id": 2, "url": "https://a.example"}]'), "x.json")
    assert [one.url for one in listed.resources] == ["https://a.example"]
    merged = b"a: &a {x: 1}\nb: {<<: *a, <<: *a, url: https://a.example}"
    assert len(parse(io.BytesIO(merged), "x.yaml").resources) == 1
