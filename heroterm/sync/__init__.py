"""The carrier: brings the server's state into the mirror and the outbox to the server.

What lives here: the delta pull and first fill, the SLA refresh of the working set, comments of
opened and changed tickets, the push of intents by the algorithm of outbox.md §3, when to try
again, what happens to running playbooks by itself, and the records that say what happened. Plain
synchronous Python without Textual and without a third-party name. `needs` says what shapes of a
Zendesk and of a mirror's writer it takes, so that importing this room loads neither.

What may come in: a Zendesk, a MirrorWriter, a Journal, a clock, and orders ("open 48213", "sync
now", "stop"). What goes out: reports, frozen records that turn into one JSON object a line for
the process that watches.

```
pull.Pull(wire, copy, clock, *, view_ids=(), page_cap=100)     copy: the mirror's writer
    .probe() -> None                    who is signed in; chooses .strategy: agent, admin or light
    .expect()                           how many there are, so that a fill can say how far it is
    .delta(*, full=False) -> Iterator[report.Pulled]     one per page, each already committed
    .fill(*, anew=False) -> Iterator[report.Pulled]      goes on where the last run ended
    .export() .events() .directory() -> Iterator[report.Pulled]     a 403 makes an admin an agent
    .working_set() -> Pulled | Absent   many missing at once are asked about; .take_out() answers
    .members(*, every=False) -> Iterator[Pulled | Trouble]      one for each saved view in turn
    .follow(view_ids) -> None           other saved views from the next round on
    .reference() -> None                groups, macros, views, labels, SLA
    .deleted() -> Pulled | Trouble      .hints() -> tuple[int, ...]     tickets to look at now
    .targets.applied() -> Iterator[Pulled]      what an admin's metric events promise; .source
    .thread(ticket_id, *, opened=False) -> Pulled   .changed_threads(limit) -> Iterator[Pulled]
    .older_threads(limit, keep_days) -> Iterator[Pulled]    of solved tickets, while .idle
                                        a thread that cannot be read keeps no other waiting
    .histories.want(id) .waiting .piece()       who changed what, of what was opened or changed
    .requesters.waiting .piece()        how whoever asked an opened ticket is known
    .retire(keep_days) -> Iterator[int] once a week, forget what was said long ago, by batches
    .pause -> float                     seconds for which nothing may be asked
patience.Patience(wait, tell, chance, requests).ask(call, *args)     bounded retries of one read
push.Push(wire, journal, clock, *, check=…, keep=…)
    check(intent, ticket, comments) -> str | None; keep(ticket_id, audits) of what stopped an intent
    updates of tickets here; new_tickets.NewTickets, records.Records (a person's organization, an
    organization's text) for domain.deeds; register.Register writes down what became of each
    .step() -> report.Report | None     carries at most one intent as far as it goes now
    .steps() -> Iterator[Report]        until nothing may move      .left() -> float | None
    .paused: Trouble | None             after a refused sign-in, until .resume()
    .ripen()                            queue what was held until now, though nothing can be sent
    .was_forbidden() -> bool            since it was last asked     .bring_history(ticket_id)
    .tidy(keep_days)                    once a week: what the journal need not keep
overtaken.Overtaken(outbox, me, history, tell).look(ticket_id, comments, people)
    every thread that was brought: a waiting reply that a newer message overtook stops at once
rhythm.Backoff, rhythm.Rhythm           full jitter; ticks and chance handed in
carrier.Carrier(pull, push, orders, tell, clock, *, ticks, chance, journal, copy, lock,
                mirror_version=…, stopping=…, wait=…, periods=Periods())
    .keeping(keep_runs) -> Carrier      keep_runs(stirred): RunKeeper.keep
    .looking_out(look) -> Carrier       look(): what the hero should hear of (lookout), always
    .run()                              orders(timeout) -> Order | None; ends on Stop or stopping()
    .ruled(read) -> Carrier             read(): the team's files anew; whether rows stand elsewhere
    .beside(aside) -> Carrier           aside.Aside: .busy .turn() -> reports .stop(); never waits
    .once(*, full=False) -> totals.Totals
rota.RotaKeeper(command, environment, held, keep, *, ticks, period)     an Aside: reads the rota by
    a child (child.Child: a time limit for its whole group, its output bounded)
hooks.Hooks(commands, happened, journal, around, *, clock, ticks)       an Aside: the team's own
    programs, for what happened.Happened(journal, mirror, view, rules, clock).of(hook) finds
lookout.Lookout(journal, mirror, view, rules, clock).look() -> Iterator[report.Alert]
    waits that are over, targets about to be missed, notes that name the hero, each once; also
    without a network
allowance.AllowanceLook(left).look() -> Iterator[report.Allowance]
    what is left of the account's requests, where an answer told and it has changed
waking.waits(journal, mirror, now, offset) -> dict[int, Waiting]     .passed_over(…)
inbox.Inbox(descriptor)                 orders from a pipe, its end is Stop
periods.Periods             seconds between two rounds of each thing, and days to keep
cases.CaseReader(mirror, journal, sources).read(ticket_id, now, run=None) -> Case | None
    what a playbook knows of a ticket, from mirror and journal: for screen, verbs and carrier alike
tallied.requests(mirror, journal, since) -> list[Request]       what was asked for, by organization
mentioned.mentioned(mirror, me, after=0) -> Iterator[Named]     unanswered notes that name the hero
in_turn.InTurn  view_rounds.ViewRounds      threads, saved views, one a piece; none starves another
runs.RunKeeper(mirror, journal, clock, cases)       asks Zendesk nothing
    .keep(*, stirred=True) -> list[report.Woken]    waits woken, notes put, other desks' runs taken
    .take_over(ticket_id=None) -> list[str]         .look(run) -> Iterator[Woken]
report: Pulled, Sent, Moved, Online, Offline, Waiting, Allowance, Standby, Trouble, Absent, Alert,
        Progress, Woken
orders: Open(ticket_id), SyncNow(full), TakeOut, Push, Follow(view_ids), ReadFiles, Stop
        both: to_line(), from_line()
```
"""
