"""What to type: examples of every command, for its help."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "compare": (
        "factcheck compare articles/",
        "factcheck compare articles/ -o report.html --open",
        "factcheck compare articles/ --status divergent",
        "factcheck compare articles/ -o report.xlsx -o report.csv",
        "factcheck compare coverage/ --since 2024-03-01 --until 2024-03-14 --about 'dam inquiry'",
    ),
    "add": ("factcheck add page.html", "factcheck add https://news.example/story --to articles/"),
    "watch": ("factcheck watch articles/", "factcheck watch articles/ -o report.html"),
    "extract": ("factcheck extract article.txt", "factcheck extract articles/ --speaker Aliyev"),
    "explain": ("factcheck explain g1 articles/", "factcheck explain 'talks in Baku' articles/ -v"),
    "trace": (
        "factcheck trace g1 articles/",
        "factcheck trace 'talks in Baku' articles/ --format mermaid",
    ),
    "who": ("factcheck who Aliyev articles/", "factcheck who 'coast guard' -f json"),
    "outlet": ("factcheck outlet 'Ferry Lane Herald'", "factcheck outlet lantern-street -f json"),
    "archive update": (
        "factcheck archive update coverage/",
        "factcheck archive update coverage/ --workers 2",
        "factcheck archive update /mnt/coverage --scheduler tcp://head:8786",
    ),
    "archive list": (
        "factcheck archive list coverage/ --since 2024-03 --until 2024-05",
        "factcheck archive list coverage/ --about 'dam inquiry' --status divergent",
    ),
    "check": ("factcheck check", "factcheck check articles/ --new-from origin/main"),
    "accept": ("factcheck accept g1 --why 'both are right: two counts'",),
    "review": ("factcheck review articles/ --by 'A. Editor'",),
    "claims list": ("factcheck claims list",),
    "claims add": ("factcheck claims add g1 articles/ --owner desk",),
    "claims sync": ("factcheck claims sync articles/",),
    "claims owners": ("factcheck claims owners owners.csv --dry-run",),
    "claims upgrade": ("factcheck claims upgrade",),
    "rules": ("factcheck rules", "factcheck rules FC201"),
    "init": ("factcheck init sample/",),
    "evaluate events": ("factcheck evaluate events benchmarks/newsroom",),
    "evaluate compile": ("factcheck evaluate compile events/ compiled/",),
    "evaluate links": ("factcheck evaluate links events/",),
    "schema": ("factcheck schema report",),
    "mcp": ("factcheck mcp articles/",),
}


def epilog(path: str) -> str | None:
    """The examples of a command as its help prints them; `None` where it has none."""
    lines = EXAMPLES.get(path)
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines) if lines else None
