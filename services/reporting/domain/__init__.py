"""Rules of reporting: periods, figures, the drafted report."""
