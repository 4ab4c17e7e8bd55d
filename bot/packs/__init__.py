"""Methods as packs that somebody sends or has: read from disk, checked, judged, and worked with apart."""
