"""Each rule of the desk, by every path on which a write can reach the outbox and the server."""
