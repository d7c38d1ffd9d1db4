"""The nouns and rules of a support desk: pure values and functions.

What lives here: tickets, comments, people, organizations; SLA clocks and what is promised; queues,
their order and the search language; the handbook's tiers and the choice of the next ticket; what a
status does to the timers; where a ticket came from and what that allows; canned replies; what may
not be sent and why; the intent, which is a write that a person wants; playbooks, whose files are
data (`playbook_file`), whose runs are events (`playbook_run`), and whose answers are events or a
refusal (`playbook_answers`), also because somebody wrote on since (`playbook_since`); the
week: its morning brief, the handover's pack and what may end it, what the next hero takes over,
promises, claims, notes that name somebody, drafts shared as notes.

What may come in: plain values. Nothing here opens a file, a socket or a database, and nothing asks
what time it is: `now` is always an argument, an aware `datetime` in UTC.

What goes out: frozen, slotted dataclasses (`record`, where a start has to make many) and answers
with their reason. Every other room may import this one; this one imports nothing of ours and
nothing from elsewhere.
"""
