"""What the command line says and understands: German in and out, around the stages."""
