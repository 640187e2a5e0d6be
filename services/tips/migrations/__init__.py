"""Changes of the schema tips_write, in order; tips_read is rebuilt at will."""
