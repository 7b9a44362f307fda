"""What the report says in any format: plain text, tables, and unrounded numbers beside rounded ones."""
