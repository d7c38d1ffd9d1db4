"""Each playbook's good path, played to its end on the practice Zendesk: the ledger holds exactly
the tickets, replies, notes and statuses that the handbook asks for. What a run leaves behind when
it waits or ends is the last note of each sitting.
"""

from __future__ import annotations

from tests.cli.playing import URL, Hero, hero

__all__ = ["hero"]

SUBJECT = "Confirmation Required: Removal of 2FA on your PostHog Account"
GITHUB = "https://github.com/PostHog/posthog/issues/22010"


NEW = "POST tickets: reply, pending, group_id, requester, subject, tags"


def put(ticket: int, *deeds: str) -> list[str]:
    """Lines of the ledger: writes to one ticket, one after another."""
    return [f"PUT tickets/{ticket}: {deed}" for deed in deeds]


def notes(hero: Hero, ticket: int) -> list[str]:
    return [words for public, words in hero.words_on(ticket) if not public]


def replies(hero: Hero, ticket: int) -> list[str]:
    return [words for public, words in hero.words_on(ticket) if public]


def asked(hero: Hero, ticket: int) -> int:
    """Play 2FA removal until it waits for the owner; the number of the owner's ticket."""
    owner = hero.owner_of(ticket)
    lines = ("US", "seen in the US panel", owner.email, owner.name, "colleague", "no", "y", "y")
    hero.plays("twofa-removal", ticket, *lines)
    hero.carry()
    return int(hero.newest().id)


def test_2fa_is_removed_only_after_the_owner_has_confirmed(hero: Hero) -> None:
    ticket = hero.ticket("two_factor")
    owner, asker = hero.owner_of(ticket), hero.requester_of(ticket)
    made = asked(hero, ticket)
    theirs = hero.newest()
    assert (theirs.requester_id, theirs.subject, theirs.status) == (owner.id, SUBJECT, "pending")
    assert theirs.email_cc_ids == []
    (mail,) = replies(hero, made)
    assert mail.startswith(f"Hi {owner.name},\n\nAccording to ticket #{ticket}, you mentioned")
    assert asker.email not in mail
    begun = [NEW, *put(ticket, "reply, pending", "note")]
    assert hero.ledger() == begun
    assert f"-> #{made}" in notes(hero, ticket)[0] and "waiting until" in notes(hero, ticket)[0]

    hero.say(made, "owner", "Yes, I confirm. Please remove it.\n\n> you mentioned wanting")
    done = ("1 confirms", owner.email, "no device of the owner", "y", "y", "y")
    out = hero.plays("twofa-removal", ticket, *done)
    assert "https://us.posthog.com/admin/otp_totp/totpdevice/" in out.split("ARMED")[1]
    assert "totpdevice" not in out.split("ARMED")[0]
    hero.carry()
    ended = [*put(made, "reply, solved"), *put(ticket, "reply, pending", "note")]
    assert hero.ledger() == [*begun, *ended]
    assert (hero.status(made), hero.status(ticket)) == ("solved", "pending")
    last = notes(hero, ticket)[-1]
    assert "finished." in last and 'says "' not in last
    assert f"from {owner.email}" in last and '"Yes, I confirm. Please remove it."' in last
    assert hero.verb("playbook", "runs").out.strip() == "No playbook is under way."


def test_ownership_is_transferred_by_the_owner(hero: Hero) -> None:
    ticket = hero.ticket("ownership")
    hero.plays("ownership-transfer", ticket, "y")
    hero.carry()
    hero.say(ticket, "requester", "He can still log in, I asked him and it is done.")
    told = ("/set 1=the owner has transferred it", "/set 2=nothing is left to do", "y")
    stripe = "yes", "the contact is somebody else already"
    hero.plays("ownership-transfer", ticket, "yes", *stripe, *told, "y")
    hero.carry()
    assert hero.ledger() == put(ticket, *["reply, pending", "note"] * 2)
    assert "finished." in notes(hero, ticket)[-1]


def test_ownership_is_transferred_through_the_owners_mailbox(hero: Hero) -> None:
    ticket = hero.ticket("ownership")
    hero.plays("ownership-transfer", ticket, "y")
    hero.carry()
    hero.say(ticket, "requester", "He is gone, but we have his mailbox.")
    hero.plays("ownership-transfer", ticket, "no", "yes", "y")
    hero.carry()
    hero.say(ticket, "requester", "The reset worked, thank you.")
    told = ("/set 1=you have it now", "/set 2=nothing is left to do", "y")
    stripe = "yes", "contact was the former owner, is the requester now"
    hero.plays("ownership-transfer", ticket, "yes", *stripe, *told, "y")
    hero.carry()
    assert hero.ledger() == put(ticket, *["reply, pending", "note"] * 3)
    assert "password reset" in replies(hero, ticket)[1] and "Stripe" in notes(hero, ticket)[-1]


def test_ownership_goes_to_the_team_when_the_owners_mail_bounces(hero: Hero) -> None:
    ticket = hero.ticket("ownership")
    owner = hero.owner_of(ticket)
    hero.plays("ownership-transfer", ticket, "y")
    hero.carry()
    hero.say(ticket, "requester", "No, and his mailbox is gone, too.")
    hero.plays(
        "ownership-transfer", ticket, "no", "no", owner.email, owner.name, "", "y", "2025-06-01"
    )
    hero.carry()
    made = int(hero.newest().id)
    assert hero.newest().requester_id == owner.id
    hero.say(made, "mailer-daemon@mx.example.com", "Delivery has failed: no such mailbox.")
    note = ("/set 3=bounced", "y")
    told = ("/set 1=our team decides", "/set 2=I will write on Monday", "y")
    paid = "no", "billing admin: the plan ended in May"
    out = hero.plays("ownership-transfer", ticket, *note, *paid, *told, "y")
    assert "You say 'no', but plan scale, MRR 1490 in Zendesk says 'yes'" in out
    hero.carry()
    first, told_team = ("reply, pending", "note"), ("note", "note", "reply, pending", "note")
    assert hero.ledger() == [*put(ticket, *first), NEW, *put(ticket, *told_team)]
    (to_team,) = [words for words in notes(hero, ticket) if "for the team to decide" in words]
    assert owner.email in to_team and "2025-06-01" in to_team and "bounced" in to_team
    assert "in May; plan scale, MRR 1490 in Zendesk says yes" in notes(hero, ticket)[-1]


def test_groups_are_deleted_with_save_and_read_back(hero: Hero) -> None:
    ticket = hero.ticket("group_deletion")
    world = hero.sandbox.world
    organization = world.organizations[hero.requester_of(ticket).organization_id]
    project, region = str(organization.project_id), organization.region.lower()
    page = f"https://{region}.posthog.com/admin/posthog/team/{project}/change/"
    out = hero.plays(
        "group-deletion", ticket, project, "", "comapny", "comapny SAVE", "SAVE", project, "y", "y"
    )
    assert page in out and f"deletes the ENTIRE PROJECT {project}, not the group" in out
    assert "? your answer" in out and "? check-box" not in out, "a step has no name for people"
    hero.carry()
    assert hero.ledger() == put(ticket, "reply, pending", "note")
    assert "I've deleted comapny from your project" in replies(hero, ticket)[-1]
    assert hero.status(ticket) == "pending"


def test_a_bug_report_is_filed_thanked_for_and_told_to_the_team(hero: Hero) -> None:
    ticket = hero.ticket("several_1")
    asker = hero.requester_of(ticket)
    out = hero.plays("bug-report", ticket, "yes", "no", "", GITHUB, "", "y", "", "y")
    form = next(line for line in out.splitlines() if "issues/new?template=bug_report.yml" in line)
    assert f"agent%2Ftickets%2F{ticket}" in form and "How%20to%20reproduce" in form
    assert asker.email not in form and asker.name.split()[0] not in form
    assert f"New bug report from a normal priority customer: {GITHUB}" in out
    assert "#team-product-analytics" in out
    hero.carry()
    assert hero.ledger() == put(ticket, "reply, pending", "note")
    assert GITHUB in replies(hero, ticket)[-1] and hero.status(ticket) == "pending"


def test_words_of_a_content_warned_customer_go_into_no_issue(hero: Hero) -> None:
    out = hero.plays("bug-report", hero.ticket("freemail"), "yes", "no")
    assert "its words do not go into a public place" in out and "issues/new?template" not in out


def test_a_known_bug_gets_a_plus_one(hero: Hero) -> None:
    ticket = hero.ticket("freemail")
    fill = "/set 2=reload the page"
    out = hero.plays("bug-report", ticket, "yes", "yes", GITHUB, "", "", fill, "y", "y")
    assert f"+1 From: {URL}/agent/tickets/{ticket}" in out
    hero.carry()
    assert hero.ledger() == put(ticket, "reply, pending", "note")
    assert "reload the page" in replies(hero, ticket)[-1] and hero.status(ticket) == "pending"


def test_a_feature_request_is_opened_and_solved_with_its_link(hero: Hero) -> None:
    ticket = hero.ticket("several_1")
    out = hero.plays("feature-request", ticket, "no", "", GITHUB, "told", "y", "y")
    assert "template=feature_request.yml" in out
    hero.carry()
    assert hero.ledger() == put(ticket, "reply, solved", "note")
    assert GITHUB in replies(hero, ticket)[-1] and hero.status(ticket) == "solved"


def test_a_low_priority_feature_request_gets_the_link_to_the_form(hero: Hero) -> None:
    ticket = hero.ticket("no_project")
    hero.plays("feature-request", ticket, "y", "y")
    hero.carry()
    assert hero.ledger() == put(ticket, "reply, solved", "note")
    assert (
        "issues/new?template=feature_request.yml" in replies(hero, ticket)[-1]
        and hero.status(ticket) == "solved"
    )


def test_a_free_mail_user_is_put_into_the_organization_of_the_admin_line(hero: Hero) -> None:
    ticket = hero.ticket("freemail")
    asker = hero.requester_of(ticket)
    right = asker.true_organization_id
    assert asker.organization_id != right
    hero.plays("free-mail-organization", ticket, "y", "y", "y")
    hero.carry()
    assert asker.organization_id == right
    moved = f"PUT users/{asker.id}: organization_id"
    assert hero.ledger() == [moved, *put(ticket, "note", "note")]


def test_a_forged_admin_line_moves_nobody(hero: Hero) -> None:
    ticket = hero.ticket("forged_admin")
    said = hero.refused("free-mail-organization", ticket)
    assert "'Redshank Radio'" in said and "Nine Pence" not in said
    assert hero.ledger() == []


def test_a_community_question_is_answered_outside_and_recorded(hero: Hero) -> None:
    ticket = hero.question()
    out = hero.plays(
        "community-answer", ticket, "", "use the mask option", "y", "/skip is one already", "y"
    )
    assert "The question: https://posthog.com/questions/" in out
    hero.carry()
    assert hero.ledger() == put(ticket, "note, solved", "note")
    assert hero.status(ticket) == "solved"
    assert notes(hero, ticket)[0].startswith("Replied outside of Zendesk")


def test_a_self_hosted_user_gets_the_docs(hero: Hero) -> None:
    ticket = hero.ticket("self_hosted")
    hero.plays("self-hosted", ticket, "yes", "y", "y")
    hero.carry()
    assert hero.ledger() == put(ticket, "reply, solved", "note")
    assert "self-host" in replies(hero, ticket)[-1] and hero.status(ticket) == "solved"


def test_offensive_content_is_warned_of(hero: Hero) -> None:
    ticket = hero.ticket("several_1")
    lines = ("adult chat rooms", "an admin, Cleo, wrote it", "y", "y", "y")
    hero.plays("content-warning", ticket, *lines)
    hero.carry()
    assert hero.ledger() == put(ticket, "additional_tags", "note", "note")
    assert "content_warning" in hero.sandbox.world.tickets[ticket].tags
    assert "adult chat rooms" in notes(hero, ticket)[0]


def test_data_is_deleted_by_nobody_before_an_admin_confirmed(hero: Hero) -> None:
    ticket = hero.ticket("gdpr")
    owner = hero.owner_of(ticket)
    scope = "all events of patient-77120 in project 1"
    hero.plays(
        "data-deletion", ticket, "no", "EU", "seen in the EU panel",
        owner.email, owner.name, "colleague", scope, "y",
    )  # fmt: skip
    hero.carry()
    made = int(hero.newest().id)
    assert scope in replies(hero, made)[0]
    hero.say(made, "owner", "Confirmed.")
    told = ("/set 1=confirmed and handed on", "/set 2=Wednesday", "y")
    hero.plays("data-deletion", ticket, "1 confirms", "/set 3=the data team", "y", *told, "y")
    hero.carry()
    assert hero.ledger() == [NEW, *put(ticket, "note", "note, open", "reply, pending", "note")]
    assert any(scope in words and owner.email in words for words in notes(hero, ticket))


def test_an_escalation_carries_note_group_and_status_in_one_update(hero: Hero) -> None:
    ticket = hero.ticket("several_1")
    lines = ("Replay", "an empty dashboard explained", "deploy of Monday", "a new filter")
    need = "look at the deploy by Friday"
    hero.plays("escalation", ticket, *lines, need, "/skip they know already", "y", "y")
    hero.carry()
    held = hero.sandbox.world.tickets[ticket]
    assert hero.sandbox.world.groups[held.group_id or 0].name == "Replay"
    assert (held.status, held.assignee_id) == ("open", None)
    assert hero.ledger() == put(ticket, "note, open, assignee_id, group_id", "note")
    assert need in notes(hero, ticket)[0]


def test_on_hold_tells_the_customer_and_wakes_on_its_day(hero: Hero) -> None:
    ticket = hero.ticket("several_1")
    hero.plays("on-hold", ticket, "the query engine's release", "2026-03-09", "y")
    hero.carry()
    assert hero.status(ticket) == "hold" and "2026-03-09" in replies(hero, ticket)[0]
    hero.pass_time(5 * 86_400)
    hero.sync()
    fills = ("/set 1=it is released", "/set 2=please try", "/set 3=Friday", "y")
    hero.plays("on-hold", ticket, "released this morning", *fills, "y")
    hero.carry()
    assert hero.ledger() == put(ticket, "reply, hold", "note", "reply, pending", "note")
    assert hero.status(ticket) == "pending" and "it is released" in replies(hero, ticket)[1]


def test_a_ticket_is_passed_on_at_the_end_of_the_week(hero: Hero) -> None:
    ticket = hero.ticket("several_1")
    lines = ("cause is the deploy", "an answer by Friday", "read the deploy's log", "yes")
    hero.plays("handover", ticket, *lines, "y", "y")
    hero.carry()
    assert hero.ledger() == put(ticket, "note, assignee_id", "note")
    assert hero.sandbox.world.tickets[ticket].assignee_id is None
    assert "read the deploy's log" in notes(hero, ticket)[0]
