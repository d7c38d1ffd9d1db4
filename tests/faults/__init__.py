"""The faults of the wire and of the data: a table of which test shows each, and those tests."""
