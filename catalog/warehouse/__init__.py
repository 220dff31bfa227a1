"""What a warehouse holds: read from the live one, or from exports of its INFORMATION_SCHEMA."""
