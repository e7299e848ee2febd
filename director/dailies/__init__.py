"""The dailies: the takes of a film on one page, with what was said of each."""
