"""Numbers and shapes: geodesy, zones, the coast."""
