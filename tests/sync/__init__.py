"""The carrier: never lost, never twice, never skipped."""
