"""The commands, one module each: values in, a value out; whoever calls them says what there is to say."""
