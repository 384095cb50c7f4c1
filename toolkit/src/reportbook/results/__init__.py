"""The contract: what is published, as records and as results.json."""
