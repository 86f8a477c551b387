"""Plain values and rules of the field: no clock, disk, network, SQL or screen."""
