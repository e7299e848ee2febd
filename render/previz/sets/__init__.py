"""Sets: the places of a film, built from their words."""
