"""What people have – pages, feeds, mail, documents, data, addresses – → files of articles."""
