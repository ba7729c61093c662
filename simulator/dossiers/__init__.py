"""Where truth meets clusters: whose dossier it is, what it states, and whether that is so."""
