"""HTML bodies as text: links, quotes, pictures, lists, tables, and what an enemy sends."""

from __future__ import annotations

import time

import pytest

from heroterm.domain.links import Link, warnings
from heroterm.zendesk.html import CAP, read_html, worded
from heroterm.zendesk.html_lines import Lines
from heroterm.zendesk.wire_threads import CommentWire
from tests.zendesk.answering import STAMP

MAIL = """
<div dir="ltr">Thanks, <b>that</b> works.<br>One more thing:</div>
<div class="gmail_quote"><div class="gmail_attr">On Monday Ana wrote:</div>
<blockquote class="gmail_quote"><p>Please reload.</p><blockquote>It fails.</blockquote></blockquote>
</div>"""
MAIL_PLAIN = (
    "Thanks, that works.\nOne more thing:\n\nOn Monday Ana wrote:\nPlease reload.\n\nIt fails."
)


def test_links_keep_their_real_targets_and_a_false_label_is_told() -> None:
    read = read_html('<p>See <a href="https://evil.example/x">https://bank.example.com</a>.</p>')
    assert read.links == (("https://bank.example.com", "https://evil.example/x"),)
    assert read.text == "See https://bank.example.com <https://evil.example/x>."
    ((label, url),) = read.links
    assert any("bank.example.com" in say for say in warnings(Link(url, label)))


def test_a_link_that_says_where_it_goes_is_written_once() -> None:
    read = read_html('<a href="https://example.com/">https://example.com</a>')
    assert read.text == "https://example.com"


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "#top", "", "cid:1"])
def test_what_is_no_link_to_the_web_is_only_its_label(target: str) -> None:
    read = read_html(f'<a href="{target}">press me</a>')
    assert (read.text, read.links) == ("press me", ())


def test_quotes_stand_behind_marks_where_the_words_are_the_same() -> None:
    body, read = worded(MAIL_PLAIN, MAIL)
    assert read.quoted
    assert body.split("\n") == [
        "Thanks, that works.",
        "One more thing:",
        "> On Monday Ana wrote:",
        ">",
        "> Please reload.",
        ">>",
        ">> It fails.",
    ]


def test_the_plain_body_stays_where_the_html_says_something_else() -> None:
    plain = MAIL_PLAIN.replace("reload", "restart")
    assert worded(plain, MAIL)[0] == plain


def test_words_come_from_html_where_there_is_no_plain_body() -> None:
    body, _ = worded("", '<p>Look <a href="https://example.com/a">here</a></p><p>Bye</p>')
    assert body == "Look here <https://example.com/a>\n\nBye"


def test_lists_and_tables_stay_readable() -> None:
    read = read_html(
        "<ol><li>one<ul><li>inner</li></ul></li><li>two</li></ol>"
        "<table><tr><th>Plan</th><th>Seats</th></tr><tr><td>Pro</td><td>12</td></tr></table>"
    )
    assert read.text.split("\n") == [
        "1. one",
        "",
        "  - inner",
        "",
        "2. two",
        "",
        "Plan | Seats",
        "Pro | 12",
    ]


def test_pre_keeps_its_blanks_and_lines() -> None:
    assert read_html("<p>so:</p><pre>a\n  b</pre>").text == "so:\n\na\n  b"


def test_pictures_are_named_and_nothing_is_loaded() -> None:
    read = read_html(
        '<img src="https://x.example/p/shot%201.png"><img alt="Logo" src="cid:1">'
        '<img src="data:image/png;base64,AAAA">'
    )
    assert read.images == ("shot 1.png", "Logo", "no name")
    assert read.text == "[image: shot 1.png][image: Logo][image: no name]"


def test_scripts_and_styles_are_no_words_and_hidden_text_is_shown() -> None:
    read = read_html(
        "<style>p{}</style><script>x()</script><p style='display:none'>pay here</p><!-- no -->"
    )
    assert read.text == "pay here"


def test_html_past_the_cap_is_left_out_and_that_is_said() -> None:
    huge = f'<p>{"x" * CAP}<a href="https://example.com">late</a></p>'
    row = {"id": 1, "created_at": STAMP, "plain_body": "short", "html_body": huge}
    comment = CommentWire.model_validate(row).to_domain(7)
    assert (comment.body, comment.links, comment.html_left_out) == ("short", (), True)
    small = CommentWire.model_validate({**row, "html_body": "<p>short</p>"}).to_domain(7)
    assert small.html_left_out is False


HOSTILE = {
    "unclosed tags": "<a " * 20_000,
    "deep": "<div>" * 100_000 + "words",
    "deep quotes": "<blockquote>" * 40_000 + "words",
    "list": "<ul>" + "<li>words" * 50_000,
    "deep lists": "<ul><li>" * 50_000 + "words",
    "tables": "<table>" * 20_000 + "words",
    "formatting": "<b>" * 30_000 + "<p>words" * 2_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">words",
    "nested links": '<a href="https://e.example">' * 5_000 + "words",
    "broken characters": "<p>words \ud800 \x00 \x1b[31m</p><img><a href='https://\ud800'>x</a>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_ends_soon_and_is_storable(name: str) -> None:
    began = time.process_time()
    read = read_html(HOSTILE[name])
    assert time.process_time() - began < 30
    assert name == "unclosed tags" or "words" in read.text
    for text in (read.text, *(part for link in read.links for part in link), *read.images):
        text.encode()
        assert "\0" not in text


def test_a_row_of_endless_cells_is_put_together_once() -> None:
    """Looking at the whole line for each cell took minutes, with the carrier waiting."""
    began, lines = time.process_time(), Lines()
    for _ in range(200_000):
        lines.cell()
        lines.say("x")
    assert lines.text().count(" | ") == 199_999
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    ("source", "words", "other"),
    [
        ({"rel": "merge", "from": {"ticket_id": 5}}, "merged", 5),
        ({"rel": "merge", "to": {"ticket_id": 6}}, "merged", 6),
        ({"rel": "merge", "from": {}}, "This request was merged into request #77.", 77),
        ({"rel": "merge"}, "merged", None),
        ({"rel": "follow_up", "from": {"ticket_id": 5}}, "see #9", None),
        (None, "see #9", None),
    ],
)
def test_a_merge_names_the_other_ticket(source: object, words: str, other: int | None) -> None:
    via = {"channel": "system", "source": source}
    row = {"id": 1, "created_at": STAMP, "plain_body": words, "via": via}
    assert CommentWire.model_validate(row).to_domain(7).merged_ticket_id == other
