"""The audit of a programme: what was published, recomputed, laid open and checked."""
