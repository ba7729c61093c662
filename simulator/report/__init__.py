"""Tables, charts and files made from a result; nothing is computed here that is not in it."""
