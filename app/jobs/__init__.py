"""The second door to the operations: a metronome and the carriers of the outbox."""
