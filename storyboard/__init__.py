"""What is to be seen: the screenplay, the camera's vocabulary, shots and the shot graph."""
