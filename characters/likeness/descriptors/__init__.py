"""What `appearance` is made of: colour, surface and shape as vectors whose dot product is a kernel."""
