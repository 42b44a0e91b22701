"""The rules of law as querysets over the subjects they bind, and what is kept of their breaches.

A rule in `rules/` narrows the subjects of its scope to those that break it and names the facts;
`sweep` asks them all and writes nothing.
`cases/` keeps the findings as alerts that somebody holds, `recheck` judges whom a change touched,
`notices/` tells those who hold a case, `channels/` carry it off the site, `explain/` has the words.
"""
