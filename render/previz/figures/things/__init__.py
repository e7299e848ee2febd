"""Props by kind: a table of words and one small builder a kind, a file for each group of kinds."""
