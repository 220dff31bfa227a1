"""What helps a team to write: drafts that are theirs from then on."""
