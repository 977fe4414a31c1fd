"""One screen per file, its layout in the `.tcss` beside it."""
