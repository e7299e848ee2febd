"""The look: light, rays, ink and the film's curve."""
