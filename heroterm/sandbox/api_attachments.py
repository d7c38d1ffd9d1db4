"""Files: uploads, attachment records and the two hops to their bytes (api.md §8)."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import DAY, iso
from heroterm.sandbox.enclosures import keep
from heroterm.sandbox.records import Attachment
from heroterm.sandbox.refusal import Refusal, invalid, not_found
from heroterm.sandbox.ticket_json import attachment_json

FAR_HOST = "localhost"


def upload(call: Call) -> Answer:
    """POST /uploads?filename=: keeps the raw body; a given `token` collects several files."""
    name = call.query.get("filename")
    if not name:
        raise invalid("filename", "filename: cannot be blank", "BlankValue")
    token = call.query.get("token") or f"up{len(call.world.attachments):06d}"
    kind = call.headers.get("content-type") or "application/binary"
    own = f"{token}x{len(call.world.attachments):06d}"
    file = keep(call.world, own, name, kind, call.raw)
    files = call.world.uploads.setdefault(token, [])
    files.append(file)
    shapes = [attachment_json(each, call.root) for each in files]
    expires = iso(call.now + 3 * DAY)
    body = {"token": token, "expires_at": expires, "attachment": shapes[-1], "attachments": shapes}
    return Answer({"upload": body}, 201)


def delete_upload(call: Call, token: object) -> Answer:
    """DELETE /uploads/{token}: 204; what a comment has taken stays."""
    if call.world.uploads.pop(str(token), None) is None:
        raise not_found()
    return Answer(None, 204)


def show(call: Call, attachment_id: int) -> Answer:
    """GET /attachments/{id}. Raises Refusal (404)."""
    for each in call.world.attachments.values():
        if each.id == attachment_id:
            return Answer({"attachment": attachment_json(each, call.root)})
    raise not_found()


def redirect(call: Call, token: object) -> Answer:
    """GET /attachments/token/{token}/: 302 to another host name, as to a delivery network."""
    file = _file(call, token)
    where = urlsplit(call.root)
    port = f":{where.port}" if where.port else ""
    name = quote(file.file_name.encode("utf-8", "replace").decode(), safe="") or "file"
    target = f"{where.scheme}://{FAR_HOST}{port}/system/attachments/{file.token}/{name}"
    return Answer(b"", 302, {"Location": target}, "text/html; charset=utf-8")


def content(call: Call, token: object, _name: object) -> Answer:
    """The bytes themselves. Raises Refusal (400) for credentials, which belong to the other host.

    Delivery networks take the signature in the address and refuse a second one.
    """
    if "authorization" in call.headers:
        raise Refusal(400, "Only one way to authenticate is allowed")
    file = _file(call, token)
    return Answer(file.content, content_type=file.content_type)


def _file(call: Call, token: object) -> Attachment:
    file = call.world.attachments.get(str(token))
    if file is None:
        raise not_found()
    return file
