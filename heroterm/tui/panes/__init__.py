"""The panes of the desk: queue, ticket, side, canned replies, playbooks, composer, status lines.

A pane draws what the desk hands down and says upwards what was pressed. It reads no database but
through `heroterm.tui.reading`, and it changes nothing outside itself.
"""
