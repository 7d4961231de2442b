"""A form that came back in, Word or PDF, untrusted; what is written in each of its fields out."""
