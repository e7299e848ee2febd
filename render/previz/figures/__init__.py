"""Figures: people and things in simple solids, shaped and coloured by the bible's words."""
