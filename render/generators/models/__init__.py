"""Generators that run a model on this machine, over diffusers: one file each, and what they share."""
