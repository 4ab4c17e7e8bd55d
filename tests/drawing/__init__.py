"""What there is to draw, whichever platform it is drawn for."""
