"""Files that staff attach to records: what is taken, where it lies, whether it is clean, what the public gets."""
