from __future__ import annotations

import time

from heroterm.domain.preview import preview

BODY = (
    "**Set** it in `init` and [read](https://x.test/a):\n- one *two*\n> quoted\n```\n**raw**\n```"
)


def test_a_mail_reads_its_markdown() -> None:
    assert preview(BODY, "mail") == [
        [
            ("Set", "bold"),
            (" it in ", ""),
            ("init", "code"),
            (" and ", ""),
            ("read", "link"),
            (" (https://x.test/a)", ""),
            (":", ""),
        ],
        [("• ", ""), ("one ", ""), ("two", "italic")],
        [("| quoted", "quote")],
        [("  **raw**", "code")],
    ]


def test_brackets_without_an_end_cost_nothing() -> None:
    began = time.process_time()
    assert preview("[" * 100_000, "mail") == [[("[" * 100_000, "")]]
    assert time.process_time() - began < 30


def test_slack_shows_the_signs_that_it_does_not_read() -> None:
    line = "**Set** it, see https://x.test/a"
    assert preview(line, "slack") == [[("**Set** it, see ", ""), ("https://x.test/a", "link")]]


def test_words_with_signs_in_them_stay_as_they_are() -> None:
    line = "2 * 3 * 4, snake_case_name, $1<when>"
    assert preview(line, "mail") == [[(line, "")]]
