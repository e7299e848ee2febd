"""Eyes that measure takes: one check a file."""
