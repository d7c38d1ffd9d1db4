from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.desk import Desk, make


@pytest.fixture
def number(desk: Desk) -> int:
    return desk.world.named["gdpr"]


def fields(audit: dict[str, Any]) -> dict[str, Any]:
    return {
        event["field_name"]: (event["previous_value"], event["value"])
        for event in audit["events"]
        if event["type"] == "Change"
    }


def test_an_update_answers_the_ticket_and_the_audit_with_the_marker(
    desk: Desk, number: int
) -> None:
    comment = {"body": "Hey, on it.", "public": True}
    answer = desk.put(number, comment=comment, status="pending", metadata={"heroterm_op": "u-1"})
    body = answer.get_json()

    assert body["ticket"]["status"] == "pending"
    assert body["audit"]["metadata"]["custom"] == {"heroterm_op": "u-1"}
    assert fields(body["audit"])["status"] == ("open", "pending")
    newest = desk.get(f"/tickets/{number}/audits?page[size]=1&sort=-created_at")["audits"][0]
    assert newest == body["audit"]
    last = desk.get(f"/tickets/{number}/comments?page[size]=1&sort=-created_at")["comments"][0]
    assert last["body"] == "Hey, on it."
    assert last["metadata"]["custom"] == {"heroterm_op": "u-1"}
    assert last["audit_id"] == body["audit"]["id"]


def test_a_stale_stamp_is_a_conflict_and_changes_nothing(desk: Desk, number: int) -> None:
    before = desk.ticket(number)
    desk.put(number, tags=["moved"])
    answer = desk.put(number, status="solved", safe_update=True, updated_stamp=before["updated_at"])

    assert answer.status_code == 409
    assert answer.get_json()["error"] == "UpdateConflict"
    assert desk.ticket(number)["status"] == before["status"]


def test_a_fresh_stamp_is_taken(desk: Desk, number: int) -> None:
    stamp = desk.ticket(number)["updated_at"]

    assert desk.put(number, status="hold", safe_update=True, updated_stamp=stamp).status_code == 200


def test_an_update_without_a_change_does_not_move_updated_at(desk: Desk, number: int) -> None:
    before = desk.ticket(number)
    desk.control("clock", {"advance_seconds": 60})
    desk.put(number, status=before["status"], tags=before["tags"])
    assert desk.ticket(number)["updated_at"] == before["updated_at"]

    desk.put(number, status="pending")
    assert desk.ticket(number)["updated_at"] == "2024-10-07T09:01:00Z"


def test_a_closed_ticket_takes_nothing(desk: Desk) -> None:
    answer = desk.put(desk.world.named["closed_long_ago"], tags=["late"])

    assert answer.status_code == 422
    assert "closed prevents" in answer.get_json()["details"]["status"][0]["description"]


@pytest.mark.parametrize(
    "wanted",
    [{"status": "sleeping"}, {"priority": "huge"}, {"group_id": 5}, {"assignee_id": 1}],
)
def test_a_bad_value_is_invalid(desk: Desk, number: int, wanted: dict[str, Any]) -> None:
    answer = desk.put(number, **wanted)

    assert answer.status_code == 422
    assert answer.get_json()["error"] == "RecordInvalid"


def test_unknown_keys_are_dropped_with_a_warning(desk: Desk, number: int) -> None:
    answer = desk.put(number, tags=["kept"], colour="red")

    assert answer.status_code == 200
    assert '"ticket.colour"' in answer.headers["x-zendesk-api-warn"]
    assert desk.ticket(number)["tags"] == ["kept"]


def test_tags_are_replaced_added_and_taken_away(desk: Desk, number: int) -> None:
    desk.put(number, tags=["one", "Two Words"])
    desk.put(number, additional_tags=["three"], remove_tags=["one"])
    assert desk.ticket(number)["tags"] == ["two_words", "three"]

    desk.call("PUT", f"/tickets/{number}/tags", {"tags": ["four"]})
    desk.call("DELETE", f"/tickets/{number}/tags", {"tags": ["three"]})
    assert desk.get(f"/tickets/{number}/tags")["tags"] == ["two_words", "four"]
    assert desk.call("POST", f"/tickets/{number}/tags", {"tags": ["x"]}).status_code == 201


def test_tags_refuse_a_stale_stamp(desk: Desk, number: int) -> None:
    body = {"tags": ["x"], "updated_stamp": "2020-01-01T00:00:00Z", "safe_update": True}

    assert desk.call("PUT", f"/tickets/{number}/tags", body).status_code == 409


def test_an_omitted_public_is_inherited(desk: Desk, number: int) -> None:
    desk.put(number, comment={"body": "Meant as a note"})

    rows = desk.get(f"/tickets/{number}/comments")["comments"]
    assert rows[-1]["public"] is True


def test_html_beats_plain_and_tags_in_plain_are_stripped(desk: Desk, number: int) -> None:
    rich = "<p>Hey <b>you</b> &amp; all</p>"
    desk.put(number, comment={"body": "x", "html_body": rich, "public": True})
    desk.put(number, comment={"body": "a <script>b</script> c < d", "public": True})

    one, two = desk.get(f"/tickets/{number}/comments")["comments"][-2:]
    assert (one["body"], one["html_body"]) == ("Hey you & all", rich)
    assert two["body"] == "a b c < d"


def test_placeholders_are_rendered(desk: Desk, number: int) -> None:
    desk.put(number, comment={"body": "#{{ticket.id}} {{nothing.known}}.", "public": False})

    assert desk.get(f"/tickets/{number}/comments")["comments"][-1]["body"] == f"#{number} ."


def test_solving_assigns_and_assigning_opens(desk: Desk) -> None:
    fresh = desk.world.named["ownership"]
    assert desk.ticket(fresh)["status"] == "new"
    desk.put(fresh, assignee_id=desk.world.hero_id)
    assert desk.ticket(fresh)["status"] == "open"
    assert desk.put(fresh, status="new").status_code == 422

    other = desk.world.named["several_2"]
    desk.put(other, status="solved")
    assert desk.ticket(other)["assignee_id"] == desk.world.hero_id


def test_another_group_takes_the_ticket_from_its_assignee(desk: Desk) -> None:
    number = desk.world.named["frustrated"]
    group = next(each.id for each in desk.world.groups.values() if each.name == "Replay")
    desk.put(number, group_id=group)

    assert desk.ticket(number)["assignee_id"] is None
    assert desk.ticket(number)["group_id"] == group


def test_the_thirty_first_update_of_a_ticket_in_ten_minutes_is_refused(
    desk: Desk, number: int
) -> None:
    answers = [desk.put(number, tags=[f"t{index}"]) for index in range(31)]

    assert [a.status_code for a in answers[:30]] == [200] * 30
    assert answers[-1].status_code == 429
    assert answers[-1].get_json()["error"] == "APIRateLimitExceeded"
    assert answers[0].headers["Zendesk-RateLimit-per-ticket-updates"].startswith("total=30;")
    desk.control("clock", {"advance_seconds": int(answers[-1].headers["Retry-After"])})
    assert desk.put(number, tags=["later"]).status_code == 200


def test_an_idempotency_key_makes_one_ticket(desk: Desk) -> None:
    body = {"ticket": {"subject": "S", "comment": {"body": "B", "public": True}}}
    first = desk.call("POST", "/tickets", body, Idempotency_Key="k")
    again = desk.call("POST", "/tickets", body, Idempotency_Key="k")
    other = {"ticket": {"subject": "T", "comment": {"body": "B"}}}

    assert first.status_code == again.status_code == 201
    assert first.headers["x-idempotency-lookup"] == "miss"
    assert again.headers["x-idempotency-lookup"] == "hit"
    assert first.get_json() == again.get_json()
    assert first.headers["Location"] == first.get_json()["ticket"]["url"]
    assert desk.call("POST", "/tickets", other, Idempotency_Key="k").status_code == 400
    assert [w["applied"] for w in desk.control("ledger")["writes"]] == [True, False, False]


def test_a_new_ticket_needs_words(desk: Desk) -> None:
    answer = desk.call("POST", "/tickets", {"ticket": {"subject": "S", "comment": {}}})

    assert answer.status_code == 422
    assert answer.get_json()["details"]["base"][0]["error"] == "BlankValue"


def test_a_light_agent_writes_notes_only() -> None:
    desk = Desk(make(role="light"))
    number = desk.world.named["gdpr"]

    assert desk.get("/users/me")["user"]["role_type"] == 1
    assert desk.put(number, comment={"body": "x", "public": True}).status_code == 403
    assert desk.put(number, comment={"body": "x", "public": False}).status_code == 200


def test_a_persons_new_organization_takes_open_tickets_along(desk: Desk) -> None:
    ticket = desk.ticket("freemail")
    target = next(o.id for o in desk.world.organizations.values() if o.name == "Fathom Cards")
    path = f"/users/{ticket['requester_id']}"
    answer = desk.call("PUT", path, {"user": {"organization_id": target}})

    assert answer.get_json()["user"]["organization_id"] == target
    assert desk.ticket("freemail")["organization_id"] == target


def test_plain_agents_change_only_the_notes_of_an_organization(desk: Desk) -> None:
    key = next(iter(desk.world.organizations))
    fields = {"organization": {"organization_fields": {"content_warning": "x"}}}

    assert desk.call("PUT", f"/organizations/{key}", fields).status_code == 403
    notes = {"organization": {"notes": "x"}}
    assert desk.call("PUT", f"/organizations/{key}", notes).status_code == 200


def test_an_upload_becomes_an_attachment_once(desk: Desk, number: int) -> None:
    answer = desk.client.post(
        "/api/v2/uploads?filename=a.txt",
        data=b"log",
        content_type="text/plain",
        headers=desk.headers,
    )
    token = answer.get_json()["upload"]["token"]
    desk.put(number, comment={"body": "see file", "public": True, "uploads": [token]})
    desk.put(number, comment={"body": "again", "public": True, "uploads": [token]})

    one, two = desk.get(f"/tickets/{number}/comments")["comments"][-2:]
    assert [file["file_name"] for file in one["attachments"]] == ["a.txt"]
    assert two["attachments"] == []
