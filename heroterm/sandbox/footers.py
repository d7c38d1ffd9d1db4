"""What the in-app form puts below a customer's words: the `-----` block and its Admin line.

Shapes: ticket-formats.md "Body of an in-app ticket" and "Six shapes of the Admin line".
"""

from __future__ import annotations

from dataclasses import dataclass

RULE = "-----"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who pressed "send" and where: what every Admin shape is made of. Names are verbatim."""

    email: str
    user_number: int
    region: str
    organization_uuid: str
    organization: str
    project_id: str
    project: str
    kind: str
    area: str
    report_uuid: str
    session: str

    @property
    def host(self) -> str:
        """Host name of the customer's cloud: "us.posthog.com" or "eu.posthog.com"."""
        return f"{self.region.lower()}.posthog.com"


def admin_line(shape: int, who: Origin) -> str:
    """The Admin line in one of its six historic shapes (1 to 6)."""
    old = f"(Organization: '{who.organization}'; Project: {who.project_id}:'{who.project}')"
    new = (
        f"(organization ID {who.organization_uuid}: {who.organization}, "
        f"project ID {who.project_id}: {who.project})"
    )
    search = f"https://{who.host}/admin/posthog/user/?q={who.email}"
    bare = f"(Organization: '{who.organization}'; Project: '{who.project}')"
    lines = (
        f"Admin link: {search} {bare}",
        f"[Admin]({search}) {old}",
        f"Admin: http://go/admin{who.region}/{who.email} {old}",
        f"Admin: http://go/admin{who.region}/{who.email} {new}",
        f"Admin (internal): https://{who.host}/admin/posthog/user/{who.user_number}/change/ {new}",
        f"Admin: http://go/adminOrg{who.region}/{who.organization_uuid} "
        f"(project ID {who.project_id})",
    )
    return lines[shape - 1]


def footer(shape: int, who: Origin) -> str:
    """The whole block, `-----` first: the 2024 generation for shapes 1-3, else that of 2025."""
    head = [RULE, f"Kind: {who.kind}", f"Target area: {who.area}"]
    head.append(f"Report event: http://go/ticketByUUID/{who.report_uuid}")
    page = f"https://{who.host}/project/{who.project_id}/insights/{who.session[:8]}"
    admin = admin_line(shape, who)
    return "\n".join(head + (_of_2024 if shape <= 3 else _of_2025)(who, page, admin))


def _of_2024(who: Origin, page: str, admin: str) -> list[str]:
    return [
        f"Session: http://go/session/{who.session}?t=54 (at {page})",
        admin,
        f"Sentry: http://go/sentry{who.region}/{who.project_id}",
    ]


def _of_2025(who: Origin, page: str, admin: str) -> list[str]:
    replay = f"https://us.posthog.com/project/sTMFPsFhdP1Ssg/replay/{who.session}?t=31"
    query = f"%7B%22%24session_id%22%3A%22{who.session}%22%7D"
    lines = [
        f"Session: {replay}",
        f"Exceptions: https://us.posthog.com/project/2/error_tracking?filterGroup={query}",
        f"Location: {page}",
        admin,
    ]
    if who.area in ("billing", "login", "onboarding"):
        lines.append(f"Billing admin: http://go/billing/{who.organization_uuid}")
    lines.append("Persons-on-events mode for project: person_id_override_properties_on_events")
    return lines
