"""What takes part in the circle: who gets which part of the plan, and what comes back as a form."""
