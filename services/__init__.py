"""The services, the machinery they share and the language they publish."""
