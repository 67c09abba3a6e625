"""Quality and speed, reproducible from public data."""
