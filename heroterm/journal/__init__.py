"""The journal: what exists nowhere else, in journal.db. Never rebuilt silently.

What lives here: drafts, intents with their attempts, playbook runs, marks (tier 1, skips), the
trail of who did what when, and the lock that makes one process the sender. Rollback journal,
synchronous=EXTRA, files 0600 made before SQLite opens them, in a 0700 folder. Every read-then-
write is one statement or BEGIN IMMEDIATE. Opening a journal of the present version needs only
sqlite3; sqlite_utils is loaded when there is a migration to run, after a backup of the file.

What may come in: domain values. What goes out: domain values, and `StoreError` with a sentence.

```
database.open_journal(path, *, clock, sealed=…, patience=None) -> Journal
                                                                    one connection; one per thread
    while sealed() nothing is put, released or sent again through it: RefusedByRule
Journal.outbox: outbox.Outbox
    .put(intent, *, retire_draft=True) -> Intent    intent in, its draft out: one transaction
    .put_all(intents) -> list[Intent]       one bulk change: all or none
    .recall(intent_id) -> Intent | None     the words go back to the draft; None: too late; a run
                                            that had ended with it is open again; why: a draft for
                                            other readers (copies, too) went to the trash
    .recall_group(group) -> list[Intent]    one bulk change
    .undoable(limit) -> list[Intent]        newest first: held, queued, or sent and to be taken back
    .release(intent_id | None) -> list[Intent]      held → queued now (None: all)
    .hold(intent_id) -> Intent | None       no attempt may still land
    .discard(intent_id, *, seen_on_server=False) -> Intent | None   words: draft again, or trash
    .again(intent_id, *, overrides=(), seen_comment_id=None)    needs_you → queued or verify
    .due(now) -> list[Intent]               the first unfinished of each ticket, if it may move
    .next_due(now) -> float | None          seconds until something may move
    .begin(intent_id, *, stamp, now, inverse=None) -> Intent | None
                                            queued → sending, attempt row, ONE commit
    .settle(intent_id, state, *, why, audit_id, comment_id, made_ticket_id, not_before, outcome)
        -> Intent | None
    .stop(intent_id, why) -> Intent | None  waiting → needs_you: something came between
    .keep_uploads(intent_id, tokens)  .uploads(intent_id)       files handed over for an attempt
    .postpone(intent_id, until, why)  .fence(intent_id, stamp)  .attempts(intent_id)
    .after_crash() -> int                   sending → verify, at start, by the lock's holder only
                                            a row that was changed from outside is read as far as
                                            it can be: needs_you (or still verify), `unreadable`
                                            names the columns, it is never sent; drafts: `torn`
    .same_words(ticket_id, kind, body, seen, *, but="") -> Intent | None    said twice, anywhere
    .get(intent_id)  .of_ticket(ticket_id, all=False)  .unfinished()  .list(all=False)
    .lately(limit) -> list[Intent]          what waits, and so many of what was done with last
    .heads() -> list[Intent]                the first unfinished of each ticket
    .sent_since(since) -> list[Intent]      .sends() -> int     how often words were sent from here
    .overlay_parts() -> (status by ticket, state by ticket)     for domain.view.Overlay
Journal.drafts: drafts.Drafts
    .save(draft, *, over=None)      what another writer kept meanwhile goes to the trash first
    .get(ticket_id, kind) -> Draft | None  .list() -> list[Draft]
    .thrown() -> list[Thrown]  .restore(id) -> Draft | None     out of the trash again
    .trash(ticket_id, kind)  .follow(ticket_id, target_id) -> int   drafts of a merged ticket
    inside a transaction that is open: .drop .forget .give_back .empty_trash; Outbox.withdraw
Journal.enclosures: enclosures.Enclosures       files kept by their content, beside journal.db
    .keep(name, content_type, content) -> EnclosedFile  .read(file) -> bytes
    .sweep(needed, *, before) -> int
Journal.housekeeping: housekeeping.Housekeeping     old finished intents, old trash, files, backups
    .if_due(now, *, keep_days) -> what went | None  .tidy(now, *, older_than) -> what went
Journal.events: events.Events                   what the team's hooks were begun for
    .begin(hook, key, ticket_id) -> bool        once; False: begun before, also by a dead process
    .learn(hook, events) .begun(hook) -> keys and tickets
Journal.marks: marks.Marks
    .set_tier1(ticket_id, on, link="")  .tier1() -> frozenset[int]  .tier1_link(ticket_id) -> str
    .saw(ticket_id, comment_id)  .seen(ticket_id) -> int | None      newest message seen
    .skip(ticket_id, reason)  .skips() -> dict[int, Skip]
    .tick(ticket_id, playbook, step, on)  .ticks(ticket_id, playbook) -> dict[str, datetime]
    .mute(rule, reason)  .mutes() -> dict[str, str]         advice that is left out, and why
    .use(reply, edited, intent)  .sent_with() -> list[Sent]  .uses() -> dict[str, Use], of before
    .remember(key, value) / .recall(key)    small desk state: last view, pane sizes, counters
    .count(key) -> int                      what was remembered as a number
    .recall_words(key) -> dict[str, str]    what was remembered as words by their names
Journal.runs: runs.Runs              playbook runs, append only; loaded when first asked for
    .begin(run) -> Run | None       None while another run is open on its ticket
    .append(run, events, intents=()) -> Run | None      ONE transaction; None: another was quicker
    .put(intent, *, at, by) -> bool         with the step that it does, by its id
    .adopt(run, events, *, kept) -> int | None          what other desks told; how many overruled
    .taken_back(intent_id) -> bool          told by a recall   .is_note(intent_id) -> bool
    .step_of(intent_id) -> (run id, step) | None    what put it (Draft.step)
    .get(run_id)  .open_on(ticket_id)  .of_ticket(ticket_id)  .under_way(all=False)
    .unreadable() -> list[Unreadable]       open ones that cannot be read; they keep a ticket
    .give_up(run_id, reason) -> bool        unsolved until they are given up  .given_up(run_id)
    .open_steps(ticket_id, intent=None) -> tuple[str, ...]      what keeps a ticket unsolved
Journal.waits: waits.Waits      reminders; they never change Zendesk
    .set(wait)  .list() -> list[Wait]  .get(ticket_id)  .end(ticket_id)
    .wake(ticket_id, why) -> bool           False: it was woken or ended meanwhile
Journal.week: week.Week         what only this hero's week needs
    .warned() -> dict[int, frozenset[int]]  .keep_warned(given)     hours warned of, by ticket
    .pass_on(ticket_id, passing) .take_back(ticket_id) .passed() -> dict[int, Passing]
    .claim(ticket_id, how) .touch_claim(ticket_id) .unclaim(ticket_id) .claims() -> list[Claim]
Journal.trail: trail.Trail
    .write(what, *, ticket_id=None, intent_id=None, detail="")  .list(limit) -> list[Entry]
    .add: the same inside a transaction that is open  .since(begin, what) -> list[Entry]
Journal.hasty()                  what is asked waits less long for a locked file: for a screen
Journal.intents_wait() -> bool   whether any intent is unfinished
Journal.version() -> int        changes when another connection wrote      .integrity() -> str
    a value that a column does not take is no damage: its row is read with doubt (mending)
taking_over: kept begin tick untick sign    a colleague's pack, what was ticked, and the signature
lock.SenderLock(path)           .acquire() -> bool  .holder() -> int | None (pid)  .release()
    .handles                    for children that hold it, too
```
"""
