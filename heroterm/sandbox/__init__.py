"""A Zendesk on loopback: the practice desk that a hero can break without harm.

`shift.build` makes a world (people, companies, tickets, a clock that can be turned) and the WSGI
app that speaks Zendesk's API over it; `server` puts the app on a real socket. The room imports no
other room and shares no code with the client, so that one mistake cannot hide in both.

A request passes `app` (faults, credentials, budget, ledger) and `routes` (the role's rights, the
path's own limit of limits.toml), and is answered by one of the `api_*` files, which `ticket_routes`
and `desk_routes` list; these read the `world`, write only through `changes`, and turn records into
JSON with `ticket_json`, `people_json` and `desk_json`. `control` is the loopback-only plane below
`/_sandbox/` with which tests and lessons turn the clock, speak as a customer, let things happen
(`happenings`), order faults and learn the `truth`. `rota` stands in for PagerDuty's schedule.
"""
