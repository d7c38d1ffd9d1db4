"""Where lines break when they do not fit: between facts, under their first word, in columns."""

from heroterm.tui.panes.which_key import in_columns
from heroterm.tui.text import folded, hung, parts


def test_a_line_of_facts_breaks_between_facts_and_inside_of_none_that_fits() -> None:
    line = parts(("Otterbourne Ltd", "bold"), "  plan boost", "  MRR 9800", ("  as of 2 d ago", ""))
    assert [each.plain for each in folded(line, 40)] == [
        "Otterbourne Ltd  plan boost  MRR 9800",
        "as of 2 d ago",
    ]
    assert [each.plain for each in folded(line, 12)] == [
        "Otterbourne",
        "Ltd",
        "plan boost",
        "MRR 9800",
        "as of 2 d",
        "ago",
    ]
    assert folded(line, 80) == [line]
    assert all(each.cell_length <= 5 for each in folded(parts("名前が長い  x"), 5))
    assert [each.plain for each in folded(parts(""), 9)] == [""]


def test_what_may_follow_a_prefix_is_never_cut_off_below() -> None:
    entries = [parts((f" {key} ", "bold"), f"Entry {key}") for key in "abcdefghi"]
    assert in_columns(entries, 60, 9) == entries
    low = [each.plain.rstrip() for each in in_columns(entries, 60, 8)]
    assert low == [
        " a Entry a   f Entry f",
        " b Entry b   g Entry g",
        " c Entry c   h Entry h",
        " d Entry d   i Entry i",
        " e Entry e",
    ]
    long = [parts((" o ", "bold"), "Ticket", "  https://desk.example.com/agent/tickets/16880")]
    assert [each.plain for each in in_columns(long, 50, 9)] == [
        " o Ticket",
        "   https://desk.example.com/agent/tickets/16880",
    ]


def test_what_goes_on_below_stands_under_the_first_word() -> None:
    step = parts((">   4 ", "bold"), "In the lower part of the page, click on SHOW.")
    assert [each.plain for each in hung(step, 30, 6)] == [
        ">   4 In the lower part of the",
        "      page, click on SHOW.",
    ]
    told = parts("   wanted: ", "names of the groups whose box is checked")
    assert all(each.plain.startswith("   ") for each in hung(told, 24))
    assert hung(parts("short"), 24, 6) == [parts("short")]
