"""The rota of the team, from PagerDuty's schedule or an iCalendar feed. Read only.

What lives here: one bounded request, and what is made of its answer. It runs in a process of its
own that ends after one look (`heroterm rotation --now`), since a calendar from elsewhere may
repeat every second for ever and a host may answer one byte a minute; the carrier starts it, waits
for it at most so long, and keeps what it said in the mirror.

What may come in: a schedule's id and a token, or a calendar's file or address. What goes out: a
`domain.rotation.Rota` of the weeks around now, or RotaError, Offline. No redirect is ever followed,
so that a token goes to the host for which it was given and nowhere else.

```
pagerduty.read(api, schedule, token, clock) -> Rota     GET /schedules/ID with its overrides
feed.read(where, clock, zone) -> Rota                   a path, file:// or https:// (webcal://)
asking.fetch(url, headers, clock, whose) -> bytes       one GET: 4 MB, 20 seconds, no redirect
```
"""
