"""What somebody is told of what others did, and how it reaches them."""
