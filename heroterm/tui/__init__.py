"""The screen: what the hero sees and presses.

What lives here: the App and its courier, the desk with its panes (queue, ticket, side, canned
replies, playbooks, status), the composer with its Review bar, the pickers and dialogs, the one
table of commands, themes, the one door through which text from tickets becomes pixels.
textual, rich, pyperclip and plotille are named here alone.

What may come in: a Mirror and a Journal to read, a Journal to write drafts, intents and marks,
reports from the courier; clock, clipboard, browser and editor as callables. What goes out: intents
in the journal and orders to the carrier. A pane never sees JSON, HTTP, SQL or a thread: state
comes down by method calls of the desk, messages go up, nothing goes sideways.

A StoreError that nobody catches ends nothing: `lasting` says it, and the next key asks again. Rows
that are drawn show what the journal said last.
"""
