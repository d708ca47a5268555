"""The collector: a small server that takes readers' taps and keeps their counts. `kb votes serve` runs it.

What it takes stands in `asked.py`, what it answers in `app.py`, what it keeps in `schema.py`.
"""
