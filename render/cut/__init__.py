"""The cut: an edit and its takes in, a film with sound, subtitles, chapters and a timeline out."""
