"""Figures people carry in their heads when they estimate: round, and good to a factor of two."""

Figure = tuple[str, str]

FIGURES: tuple[tuple[str, tuple[Figure, ...]], ...] = (
    (
        "Time",
        (
            ("a day", "86 400 s, about 100 k"),
            ("a month", "2.6 M s"),
            ("a year", "31.5 M s, about 30 M"),
            ("1 M a day", "12 /s"),
            ("1 G a month", "390 /s"),
            ("99.9 %", "9 hours a year down"),
            ("99.99 %", "53 minutes a year down"),
        ),
    ),
    (
        "How long it takes",
        (
            ("read from memory", "100 ns"),
            ("read 1 MB from memory", "10 µs"),
            ("read from an SSD", "100 µs"),
            ("round trip in a data centre", "0.5 ms"),
            ("read 1 MB from an SSD", "1 ms"),
            ("seek on a hard disk", "10 ms"),
            ("round trip across a continent", "50 ms"),
            ("round trip across the world", "150 ms"),
        ),
    ),
    (
        "How large it is",
        (
            ("an id, a timestamp", "8 B"),
            ("a UUID", "16 B"),
            ("a URL", "100 B"),
            ("a short text with its fields", "300 B"),
            ("a row of a table", "1 KB"),
            ("a web page, a thumbnail", "100 KB"),
            ("a photo", "500 KB to 2 MB"),
            ("a minute of HD video", "50 MB"),
        ),
    ),
    (
        "Powers of two",
        (
            ("2^10", "1 k"),
            ("2^20", "1 M"),
            ("2^30", "1 G"),
            ("2^32", "4.3 G"),
            ("2^40", "1 T"),
            ("2^64", "1.8e19"),
            ("62^7", "3.5 T"),
        ),
    ),
    (
        "What one machine does",
        (
            ("an application server", "1 k to 10 k requests/s"),
            ("a relational database, writes", "a few k/s"),
            ("a cache in memory", "100 k operations/s"),
            ("open connections", "100 k"),
            ("memory", "64 to 512 GB"),
            ("an SSD", "1 to 10 TB, 1 GB/s"),
            ("a network card", "10 Gbps, 1.25 GB/s"),
        ),
    ),
)
"""Groups of what and how much."""


def figures_text() -> str:
    """The figures as plain lines, in columns."""
    wide = max(len(what) for _, rows in FIGURES for what, _ in rows)
    groups = (
        "\n".join((title, *(f"  {what:<{wide}}  {how_much}" for what, how_much in rows)))
        for title, rows in FIGURES
    )
    return "\n\n".join(groups)
