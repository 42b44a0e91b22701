"""The demo district: an invented, clean district with a documented number of planted faults.

One pass over the people writes the twelve files of an interchange folder; nothing is kept but
small tables of schools, hosts and policies. A person's rows are a `Story`: built clean from the
size, the seed and the day, then spoiled by at most one fault of the plan in `faults.py`.
"""
