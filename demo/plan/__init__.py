"""Which single records add up to the published year? Plain functions, no door."""
