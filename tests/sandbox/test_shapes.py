from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.desk import Desk

# What recorded accounts have and a practice desk leaves out.
NOT_SERVED = {"satisfaction_probability", "problem_id"}


def sample(shared: Path, name: str) -> Any:
    text = (shared / "zendesk" / "samples" / "go-zendesk" / name).read_text(encoding="utf-8")
    return json.loads(text)


def assert_has_keys_of(ours: Any, theirs: Any) -> None:
    missing = set(theirs) - set(ours) - NOT_SERVED
    assert not missing


@pytest.mark.parametrize(
    ("path", "name", "file"),
    [
        ("/tickets/{gdpr}", "ticket", "GET/ticket.json"),
        ("/users/me", "user", "GET/user.json"),
        ("/groups/{group}", "group", "GET/group.json"),
        ("/organizations/{organization}", "organization", "GET/organization.json"),
        ("/macros/{macro}", "macro", "GET/macro.json"),
        ("/views/{view}", "view", "GET/view.json"),
    ],
)
def test_a_record_has_the_keys_of_the_recorded_one(
    desk: Desk, shared: Path, path: str, name: str, file: str
) -> None:
    keys = {
        "gdpr": desk.world.named["gdpr"],
        "group": next(iter(desk.world.groups)),
        "organization": next(iter(desk.world.organizations)),
        "macro": desk.get("/macros")["macros"][0]["id"],
        "view": desk.get("/views")["views"][0]["id"],
    }
    assert_has_keys_of(desk.get(path.format(**keys))[name], sample(shared, file)[name])


@pytest.mark.parametrize(
    ("path", "name", "file"),
    [
        ("/tickets/{gdpr}/comments", "comments", "GET/ticket_comments.json"),
        ("/tickets/{gdpr}/audits", "audits", "GET/ticket_audits.json"),
        ("/group_memberships", "group_memberships", "GET/group_memberships.json"),
        ("/ticket_fields", "ticket_fields", "GET/ticket_fields.json"),
        ("/search?query=type:ticket", "results", "GET/search_ticket.json"),
    ],
)
def test_a_list_has_the_keys_of_the_recorded_one(
    desk: Desk, shared: Path, path: str, name: str, file: str
) -> None:
    ours = desk.get(path.format(gdpr=desk.world.named["gdpr"]))
    theirs = sample(shared, file)
    assert_has_keys_of(ours[name][0], theirs[name][0])
    assert_has_keys_of(set(ours) | {"meta"}, theirs)


def test_the_sla_side_load_has_the_recorded_shape(desk: Desk, shared: Path) -> None:
    recorded = json.loads((shared / "zendesk" / "samples" / "slas.json").read_text("utf-8"))
    theirs = recorded["list_tickets_include_slas_2017"]["ticket_excerpt"]["slas"]
    ours = desk.ticket("gdpr")["slas"]

    assert set(ours) == set(theirs)
    assert set(ours["policy_metrics"][0]) == set(theirs["policy_metrics"][0])


def test_an_attachment_and_an_audit_event_are_complete(desk: Desk) -> None:
    number = desk.world.named["security"]
    comment = desk.get(f"/tickets/{number}/comments")["comments"][0]
    audit = desk.get(f"/tickets/{number}/audits")["audits"][0]

    assert set(comment["attachments"][0]) == set(
        "url id file_name content_url mapped_content_url content_type size width height inline "
        "deleted malware_access_override malware_scan_result thumbnails".split()
    )
    assert [event["type"] for event in audit["events"]][:2] == ["Comment", "Create"]


def test_every_id_is_a_number_and_every_moment_ends_with_z(desk: Desk) -> None:
    for name, value in _leaves(desk.get("/tickets?include=users,organizations,groups,slas")):
        if value is not None and name.endswith("_at"):
            assert value.endswith("Z") and len(value) == 20
        if value is not None and name in ("id", "requester_id", "group_id"):
            assert isinstance(value, int)


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, name)
    else:
        yield name, value
