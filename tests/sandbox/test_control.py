from __future__ import annotations

from tests.sandbox.desk import Desk, make


def test_the_ledger_lists_writes_in_order_and_no_reads(desk: Desk) -> None:
    number = desk.world.named["gdpr"]
    desk.ticket(number)
    desk.put(number, tags=["a"])
    desk.put(number, status="nonsense")
    desk.put(1, tags=["b"])

    writes = desk.control("ledger")["writes"]
    assert [(w["status"], w["applied"], w["answered"]) for w in writes] == [
        (200, True, True),
        (422, False, True),
        (404, False, True),
    ]
    assert writes[0] == {
        "at": "2024-10-07T09:00:00Z",
        "method": "PUT",
        "path": f"/api/v2/tickets/{number}",
        "body": {"ticket": {"tags": ["a"]}},
        "status": 200,
        "applied": True,
        "answered": True,
    }


def test_the_world_shows_what_is_true(desk: Desk) -> None:
    number = desk.world.named["gdpr"]
    desk.put(number, comment={"body": "note", "public": False})
    ticket = desk.control(f"world?ids={number}")["tickets"][0]

    assert len(desk.control("world")["tickets"]) == 60
    assert ticket["comments"][-1]["body"] == "note"
    assert ticket["comments"][-1]["author_address"] == desk.sandbox.email
    assert ticket["comments"][-1]["public"] is False


def test_a_requester_reopens_a_pending_ticket(desk: Desk) -> None:
    number = desk.world.named["auto_solves_soon"]
    assert desk.ticket(number)["status"] == "pending"
    said = desk.control("say", {"ticket": number, "author": "requester", "body": "Still broken."})

    ticket = desk.ticket(number)
    assert (said["ticket"], ticket["status"]) == (number, "open")
    last = desk.get(f"/tickets/{number}/comments")["comments"][-1]
    assert last["via"]["source"]["from"]["address"]
    assert [row["verb"] for row in desk.get("/activities")["activities"]][-1] == "tickets.comment"


def test_a_message_on_a_closed_ticket_makes_a_follow_up(desk: Desk) -> None:
    closed = desk.world.named["closed_long_ago"]
    said = desk.control("say", {"ticket": closed, "author": "requester", "body": "Again!"})

    follow = desk.ticket(said["ticket"])
    assert said["ticket"] != closed
    assert (follow["status"], follow["via"]["source"]["rel"]) == ("new", "follow_up")
    assert follow["via"]["source"]["from"]["ticket_id"] == closed
    assert desk.ticket(closed)["followup_ids"] == [follow["id"]]


def test_the_owner_of_the_organization_speaks_for_themselves(desk: Desk) -> None:
    ticket = desk.ticket("two_factor")
    owner = desk.world.organizations[ticket["organization_id"]].owner_id
    desk.control("say", {"ticket": ticket["id"], "author": "owner", "body": "I confirm."})

    last = desk.get(f"/tickets/{ticket['id']}/comments")["comments"][-1]
    assert last["author_id"] == owner != ticket["requester_id"]


def test_an_agent_is_a_colleague_and_an_unknown_address_a_new_person(desk: Desk) -> None:
    number = desk.world.named["gdpr"]
    note = {"ticket": number, "author": "agent", "body": "Mine.", "public": False}
    desk.control("say", note)
    stranger = "stranger@elsewhere.example.org"
    desk.control("say", {"ticket": number, "author": stranger, "body": "Me too"})

    colleague, new = desk.control(f"world?ids={number}")["tickets"][0]["comments"][-2:]
    assert colleague["author_id"] != desk.world.hero_id
    assert colleague["author_address"].endswith("@heroes.example.com")
    assert new["author_address"] == stranger


def test_changes_are_the_same_for_the_same_seed() -> None:
    one, other = Desk(make()), Desk(make())
    asked = {"tickets": 25, "seed": 9}

    assert one.control("change", asked) == other.control("change", asked)
    assert one.control("world") == other.control("world")
    assert one.control("world") != Desk(make()).control("world")


def test_time_solves_what_is_pending_and_closes_what_is_solved(desk: Desk) -> None:
    pending, solved = desk.world.named["auto_solves_soon"], desk.world.named["solved_recently"]
    desk.control("clock", {"advance_seconds": 86_400})
    assert desk.ticket(pending)["status"] == "solved"
    assert desk.ticket(solved)["status"] == "solved"

    desk.control("clock", {"advance_seconds": 20 * 86_400})
    assert desk.ticket(solved)["status"] == "closed"


def test_the_clock_moves_every_stamp(desk: Desk) -> None:
    number = desk.world.named["gdpr"]
    assert desk.control("clock", {"advance_seconds": 90})["now"] == "2024-10-07T09:01:30Z"
    answer = desk.put(number, tags=["later"])

    assert answer.headers["Date"] == "Mon, 07 Oct 2024 09:01:30 GMT"
    assert answer.get_json()["ticket"]["updated_at"] == "2024-10-07T09:01:30Z"


def test_the_control_plane_answers_loopback_only(desk: Desk) -> None:
    far = desk.client.get("/_sandbox/world", environ_base={"REMOTE_ADDR": "203.0.113.9"})

    assert far.status_code == 403


def test_a_wrong_order_says_what_was_wrong(desk: Desk) -> None:
    unknown = desk.call("GET", "/_sandbox/nothing")
    rule = desk.call("POST", "/_sandbox/faults", {"rules": [{"do": "explode"}]})
    missing = desk.call("POST", "/_sandbox/say", {"ticket": 1})

    assert "POST /_sandbox/say" in unknown.get_json()["error"]
    assert "gzip-bomb" in rule.get_json()["error"]
    assert [answer.status_code for answer in (unknown, rule, missing)] == [404, 400, 400]


def test_the_hero_gets_another_seat_while_the_shift_runs(desk: Desk) -> None:
    export = "/incremental/tickets/cursor?start_time=1"
    for name, role_type, may in (("admin", 4, 200), ("light", 1, 403), ("agent", 0, 403)):
        assert desk.control("role", {"role": name}) == {"role": name}
        me = desk.get("/users/me")["user"]
        assert (me["role_type"], me["only_private_comments"]) == (role_type, name == "light")
        assert desk.call("GET", export).status_code == may
    refused = desk.call("POST", "/_sandbox/role", {"role": "owner"})
    assert refused.status_code == 400 and "no role is called owner" in refused.text
