from __future__ import annotations

from tests.sandbox.desk import Desk, make


def macro(desk: Desk, title: str) -> int:
    rows = desk.get("/macros?active=true")["macros"]
    return next(int(row["id"]) for row in rows if row["title"] == title)


def test_applying_a_macro_shows_its_effect_and_writes_nothing(desk: Desk) -> None:
    key, number = macro(desk, "Reply::Confirmed as a bug"), desk.world.named["gdpr"]
    before = desk.ticket(number)
    bare = desk.get(f"/macros/{key}/apply")["result"]["ticket"]
    whole = desk.get(f"/tickets/{number}/macros/{key}/apply")["result"]["ticket"]

    assert bare["status"] == whole["status"] == "pending"
    assert "{{ticket.requester.first_name}}" in bare["comment"]["body"]
    assert "{{" not in whole["comment"]["body"] and whole["comment"]["public"] is True
    assert whole["comment"]["scoped_body"] == [["channel:all", whole["comment"]["body"]]]
    assert whole["tags"] == [*before["tags"], "bug_confirmed"]
    assert whole["requester_id"] == before["requester_id"]
    assert desk.ticket(number) == before


def test_a_macro_turns_names_into_people_and_groups(desk: Desk) -> None:
    taken = desk.get(f"/macros/{macro(desk, 'Routing::Take it')}/apply")["result"]["ticket"]
    handed = desk.get(f"/macros/{macro(desk, 'Routing::Hand to Replay')}/apply")["result"]["ticket"]

    assert taken["assignee_id"] == desk.world.hero_id
    assert desk.world.groups[handed["group_id"]].name == "Replay"
    assert handed["assignee_id"] is None


def test_a_colleague_s_own_macro_comes_to_an_admin_who_asks_for_all() -> None:
    own = "Milo::My Friday words"
    for role, query, there in (
        ("admin", "", True),
        ("admin", "?only_viewable=true", False),
        ("agent", "", False),
    ):
        rows = Desk(make(role=role)).get(f"/macros{query}")["macros"]
        assert (own in {row["title"] for row in rows}) is there


def test_a_view_is_executed_five_times_a_minute(desk: Desk) -> None:
    view = desk.get("/views")["views"][0]
    answers = [desk.call("GET", f"/views/{view['id']}/execute") for _ in range(6)]
    body = answers[0].get_json()

    assert [each.status_code for each in answers] == [200] * 5 + [429]
    held = {row["id"] for row in desk.get(f"/views/{view['id']}/tickets")["tickets"]}
    assert {row["ticket"]["id"] for row in body["rows"]} == held
    assert {column["id"] for column in body["columns"]} <= set(body["rows"][0])


def test_many_views_are_counted_at_once_on_the_second_try(desk: Desk) -> None:
    ids = [row["id"] for row in desk.get("/views")["views"]][:3]
    path = f"/views/count_many?ids={','.join(map(str, ids))}"

    assert [row["value"] for row in desk.get(path)["view_counts"]] == [None] * 3
    counted = [row["value"] for row in desk.get(path)["view_counts"]]
    assert len(counted) == 3 and None not in counted


def test_copies_and_followers_come_and_go(desk: Desk) -> None:
    number = desk.world.named["gdpr"]
    somebody = next(each for each in desk.world.users.values() if each.role == "end-user")
    desk.put(
        number,
        email_ccs=[{"user_email": somebody.email, "action": "put"}],
        followers=[{"user_id": desk.world.hero_id}],
    )

    ticket = desk.ticket(number)
    assert ticket["email_cc_ids"] == [somebody.id]
    assert ticket["collaborator_ids"] == [somebody.id, desk.world.hero_id]
    assert desk.get(f"/tickets/{number}/followers")["users"][0]["id"] == desk.world.hero_id
    assert [row["id"] for row in desk.get(f"/users/{somebody.id}/tickets/ccd")["tickets"]] == [
        number
    ]
    desk.put(number, email_ccs=[{"user_id": somebody.id, "action": "delete"}])
    assert desk.get(f"/tickets/{number}/email_ccs")["users"] == []


def test_held_mail_becomes_a_ticket_when_it_is_recovered(desk: Desk) -> None:
    rows = desk.get("/suspended_tickets")["suspended_tickets"]
    key = rows[-1]["id"]
    (made,) = desk.call("PUT", f"/suspended_tickets/{key}/recover").get_json()["ticket"]

    assert desk.ticket(made["id"])["requester_id"] == desk.world.hero_id
    assert desk.call("GET", f"/suspended_tickets/{key}").status_code == 404
    assert len(desk.get("/suspended_tickets")["suspended_tickets"]) == len(rows) - 1


def test_an_answer_that_is_known_already_is_304_without_a_body(desk: Desk) -> None:
    first = desk.call("GET", "/groups")
    again = desk.call("GET", "/groups", If_None_Match=first.headers["ETag"])
    other = desk.call("GET", "/macros", If_None_Match=first.headers["ETag"])

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert other.status_code == 200


def test_a_file_is_fetched_from_another_host_which_wants_no_credentials(desk: Desk) -> None:
    number = desk.world.named["security"]
    url = desk.get(f"/tickets/{number}/comments")["comments"][0]["attachments"][0]["content_url"]
    first = desk.client.get(url)

    assert first.status_code == 302
    target = first.headers["Location"]
    assert target.partition("//")[2].partition("/")[0] == "localhost"
    assert desk.client.get(target).status_code == 200
    assert desk.client.get(target, headers=desk.headers).status_code == 400


def test_an_upload_can_be_taken_back_until_a_comment_uses_it(desk: Desk) -> None:
    token = desk.call("POST", "/uploads?filename=a.txt", {"a": 1}).get_json()["upload"]["token"]

    assert desk.call("DELETE", f"/uploads/{token}").status_code == 204
    assert desk.call("DELETE", f"/uploads/{token}").status_code == 404


def test_a_limit_nobody_knows_is_refused_with_the_known_ones(desk: Desk) -> None:
    answer = desk.call("POST", "/_sandbox/limits", {"searches": 1})

    assert answer.status_code == 400
    assert "search-export" in answer.get_json()["error"]
