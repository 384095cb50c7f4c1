"""What producers of data publish, read into tables of ``data/``; nothing else imports this room."""
