"""The questions that reporting answers: one file each, with table and query."""
