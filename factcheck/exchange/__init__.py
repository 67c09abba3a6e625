"""What other programs exchange: statements as linked data, owners of outlets as tables."""
