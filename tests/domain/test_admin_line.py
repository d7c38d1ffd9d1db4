from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from heroterm.domain.admin_line import parse

ORG = "018f0000-0000-4000-8000-00000000000a"
EVENT = "4f0c0000-0000-4000-8000-000000000001"
OTHER = "99990000-0000-4000-8000-000000000001"
SUBJECT = f"Bug Report: Feature Flags ({EVENT})"


def line(
    shape: int, organization: str, project: str, number: str = "42", region: str = "EU"
) -> str:
    host = f"https://{region.lower()}.posthog.com/admin/posthog/user"
    old = f"(Organization: '{organization}'; Project: {number}:'{project}')"
    new = f"(organization ID {ORG}: {organization}, project ID {number}: {project})"
    bare = f"(Organization: '{organization}'; Project: '{project}')"
    return (
        f"Admin link: {host}/?q=kim+a@example.com {bare}",
        f"[Admin]({host}/?q=kim+a@example.com) {old}",
        f"Admin: http://go/admin{region}/kim+a@example.com {old}",
        f"Admin: http://go/admin{region}/kim+a@example.com {new}",
        f"Admin (internal): {host}/9/change/ {new}",
        f"Admin: http://go/adminOrg{region}/{ORG} (project ID {number})",
    )[shape - 1]


def body(admin: str, *more: str, words: str = "It broke.") -> str:
    head = [words, "", "-----", "Kind: bug", "Target area: feature_flags"]
    return "\n".join([*head, f"Report event: http://go/ticketByUUID/{EVENT}", *more, admin])


PRINTABLE = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40
) | st.lists(
    st.sampled_from([", ", ":", "'", "(", ")", "project ID", "organization ID", " ", "9", "; "])
).map("".join)


@given(PRINTABLE, PRINTABLE, st.integers(1, 5))
def test_any_name_survives_a_round_trip_through_the_shapes(
    organization: str, project: str, shape: int
) -> None:
    assume(not {organization, project} & {"", "null", "undefined", "None"})
    footer = parse(body(line(shape, organization, project)), SUBJECT)
    assert footer.trusted
    assert footer.region == "EU"
    if not footer.ambiguous:
        assert (footer.organization, footer.project) == (organization, project)
    assert footer.project_id == (None if shape == 1 else "42")
    assert footer.organization_id == (ORG if shape in (4, 5) else None)
    assert footer.person == ("9" if shape == 5 else "kim+a@example.com")


@given(PRINTABLE, st.integers(1, 5))
def test_an_organization_may_be_named_like_the_separator(name: str, shape: int) -> None:
    sly = f"{name}, project ID 7: x'; Project: 7:'y"
    footer = parse(body(line(shape, sly, "Web")), SUBJECT)
    assert footer.organization == sly
    assert footer.project == "Web"


@pytest.mark.parametrize("page", ["https://[", "http://a]b[/project/7", "https://x:99999999/"])
def test_a_page_that_is_no_address_names_no_project(page: str) -> None:
    footer = parse(body(line(3, "Acme", "Web"), f"Location: {page}"), SUBJECT)
    assert (footer.location, footer.project_id) == (page, "42")


def test_the_public_snippet_holds_ids_alone() -> None:
    footer = parse(body(line(6, "", "")), SUBJECT)
    assert (footer.organization_id, footer.project_id) == (ORG, "42")
    assert (footer.organization, footer.project, footer.person) == (None, None, None)


def test_a_project_that_imitates_the_separator_is_reported_as_a_doubt() -> None:
    footer = parse(body(line(4, "Cove", "x, project ID 99: Victim")), SUBJECT)
    assert footer.ambiguous
    assert any("more than one way" in note for note in footer.notes)


def test_the_page_decides_between_two_readings() -> None:
    page = "Location: https://eu.posthog.com/project/42/insights/abc"
    footer = parse(body(line(4, "Cove", "x, project ID 99: Victim"), page), SUBJECT)
    assert not footer.ambiguous
    assert (footer.project_id, footer.project) == ("42", "x, project ID 99: Victim")


def test_the_block_of_2025_is_read_whole() -> None:
    footer = parse(
        body(
            line(4, "Cove", "Web"),
            "Session: https://us.posthog.com/project/abc/replay/s1?t=31",
            "Exceptions: https://us.posthog.com/project/2/error_tracking?filterGroup=x",
            "Location: https://eu.posthog.com/project/42/insights/abc",
            f"Billing admin: http://go/billing/{ORG}",
        ),
        SUBJECT,
    )
    assert (footer.kind, footer.target_area) == ("bug", "feature_flags")
    assert footer.session == "https://us.posthog.com/project/abc/replay/s1?t=31"
    assert footer.exceptions == "https://us.posthog.com/project/2/error_tracking?filterGroup=x"
    assert footer.location == "https://eu.posthog.com/project/42/insights/abc"
    assert footer.billing == f"http://go/billing/{ORG}"
    assert footer.admin == "http://go/adminEU/kim+a@example.com"
    assert footer.report_event == f"http://go/ticketByUUID/{EVENT}"
    assert footer.notes == ()


def test_the_block_of_2024_names_the_page_beside_the_session() -> None:
    session = "Session: http://go/session/s1?t=54 (at https://eu.posthog.com/project/42/x)"
    footer = parse(body(line(3, "Cove", "Web"), session), SUBJECT)
    assert footer.session == "http://go/session/s1?t=54"
    assert footer.location == "https://eu.posthog.com/project/42/x"


def test_the_oldest_lines_are_read() -> None:
    text = (
        "x\n\n-----\nKind: bug\n"
        f"Internal links: [Event](http://go/ticketByUUID/{EVENT})\n"
        "[Session replay](https://app.posthog.com/recordings/s1?t=2)\n" + line(2, "Cove", "Web")
    )
    footer = parse(text, SUBJECT)
    assert footer.report_event == f"http://go/ticketByUUID/{EVENT}"
    assert footer.session == "https://app.posthog.com/recordings/s1?t=2"


def test_an_admin_line_of_the_customer_is_unverified() -> None:
    forged = line(4, "Victim", "Prod", "1")
    footer = parse(body(line(4, "Cove", "Web"), words=f"hi\n-----\nKind: bug\n{forged}"), SUBJECT)
    assert footer.organization == "Cove"
    assert footer.unverified == (forged,)


@pytest.mark.parametrize("text", ["hi\n{}", "> {}", "hi\n-----\nsee you\n{}"])
def test_without_the_forms_block_nothing_is_trusted(text: str) -> None:
    footer = parse(text.format(line(4, "Victim", "Prod")), SUBJECT)
    assert not footer.trusted
    assert footer.organization is None


def test_a_mail_that_imitates_the_form_is_not_trusted() -> None:
    footer = parse(body(line(4, "Victim", "Prod")), "Help", from_form=False)
    assert not footer.trusted
    assert len(footer.unverified) == 1


def test_two_admin_lines_that_differ_are_both_left_alone() -> None:
    footer = parse(body(line(4, "Cove", "Web") + "\n" + line(4, "Dune", "Web")), SUBJECT)
    assert footer.organization is None
    assert "2 Admin lines differ" in footer.notes[0]


def test_regions_that_differ_are_no_region() -> None:
    page = "Location: https://us.posthog.com/project/42/insights/abc"
    footer = parse(body(line(4, "Cove", "Web"), page), SUBJECT)
    assert footer.region is None
    assert "different regions" in footer.notes[0]


def test_the_page_gives_the_region_where_the_admin_line_is_missing() -> None:
    footer = parse(body("Location: https://eu.posthog.com/project/42/x"), SUBJECT)
    assert footer.region == "EU"
    assert "no Admin line" in footer.notes[0]


def test_null_and_undefined_are_absent() -> None:
    admin = "Admin: http://go/adminUS/kim@example.com (organization ID null: null, "
    footer = parse(body(admin + "project ID undefined: undefined)"), SUBJECT)
    assert footer.trusted
    assert footer.region == "US"
    assert footer.organization_id is None
    assert footer.organization is None
    assert footer.project_id is None
    assert footer.project is None


def test_a_subject_of_another_report_is_said() -> None:
    footer = parse(body(line(4, "Cove", "Web")), f"Bug Report: General ({OTHER})")
    assert any("different reports" in note for note in footer.notes)


def test_another_organization_in_the_billing_link_is_said() -> None:
    footer = parse(body(line(4, "C", "W"), f"Billing admin: http://go/billing/{OTHER}"), SUBJECT)
    assert any("different organizations" in note for note in footer.notes)


@pytest.mark.parametrize("shape", range(1, 7))
def test_the_blocks_of_the_practice_desk_are_understood(shape: int) -> None:
    footers = pytest.importorskip("heroterm.sandbox.footers")
    who = footers.Origin(
        email="kim@example.com",
        user_number=9,
        region="EU",
        organization_uuid=ORG,
        organization="Cove (Ltd), project ID",
        project_id="42",
        project="Web: 'main'",
        kind="bug",
        area="billing",
        report_uuid=EVENT,
        session="s1s1s1s1s1",
    )
    footer = parse(f"It broke.\n\n{footers.footer(shape, who)}", SUBJECT)
    assert footer.trusted
    assert footer.region == "EU"
    assert footer.notes == ()
    if shape < 6:
        assert (footer.organization, footer.project) == (who.organization, who.project)
