"""What people are told of what others did: in the desk, and by e-mail."""
