"""The carrier: brings the server's state into the mirror and the outbox to the server.

What lives here: the delta pull and first fill, the SLA refresh of the working set, comments of
opened and changed tickets, the push of intents by the algorithm of outbox.md §3, when to try
again, and the records that say what happened. Plain synchronous Python without Textual and
without a third-party name: it takes a Zendesk, a MirrorWriter, a Journal and a clock.

What may come in: those four and orders ("open 48213", "sync now", "stop"). What goes out:
reports, frozen records that turn into one JSON object a line for the process that watches.

```
pull.Pull(zendesk, writer, clock)
    .delta(*, full=False) -> Iterator[report.Pulled]     one per page, each already committed
    .working_set() -> report.Pulled     .thread(ticket_id) -> report.Pulled
    .changed_threads(limit) -> Iterator[report.Pulled]   .reference() -> None
push.Push(zendesk, journal, clock, wait)
    .step() -> report.Report | None     carries at most one intent as far as it goes now
rhythm.Backoff                          full jitter, 1 s to 300 s, clock and random handed in
carrier.Carrier(pull, push, orders, tell, clock, ...)  .once()  .run()
report: Pulled, Sent, Moved, Online, Offline, Waiting, Standby, Trouble, Progress; to_line(), from_line()
orders: Open(ticket_id), SyncNow, Push, Stop; to_line(), from_line()
```
"""
