"""Screens: the desk with its panes, the outbox, and the boxes that ask, pick, explain and help."""
