"""The journal: never lost, never sent by two, never rebuilt silently."""
