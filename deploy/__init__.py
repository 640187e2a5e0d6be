"""How the platform is run: embedded, composed, and what both are configured by."""
