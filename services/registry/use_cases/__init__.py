"""One file per command: what is asked, and what the aggregate is to decide."""
