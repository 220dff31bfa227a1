"""The sites there are, known without loading what makes them."""

from catalog import Audience

FOLDERS = {Audience.INTERNAL: "technical", Audience.PARTNER: "partner"}
"""The sites there are, and the name of each one's folder."""
