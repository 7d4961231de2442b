"""How much there may be of everything, and how long anything may take: one place for what check and build hold to."""
