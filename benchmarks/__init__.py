"""Timings as ratios within one run on one machine; written to docs/benchmarks.md, never asserted in a test."""
