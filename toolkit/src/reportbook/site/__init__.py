"""What is published: assembled, put in place whole, its front page and moved pages."""
