"""PostgreSQL, NATS, tokens and all processes on one machine, from wheels alone."""
