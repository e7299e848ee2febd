"""Exporters: what stands beside the film, for other programs. One file each."""
