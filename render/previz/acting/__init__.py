"""Acting: who stands where, and does what, as a function of the shot's time."""
