"""Who, exactly: the bible, its looks and states over the film, and locked prompts."""
