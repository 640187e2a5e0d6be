"""Measures the goals of speed and writes docs/benchmarks.md: `make bench`."""
