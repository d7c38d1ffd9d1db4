"""The real process is killed at every named point of its way, and must lose and double nothing."""
