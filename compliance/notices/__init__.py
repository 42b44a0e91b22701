"""Being told: one notice for each step of a case and each of those who hold it then.

`writing` takes the steps that cases publish, `reading` is what the bell and the page ask and mark,
`digests` says once a day what stands with each.
A notice speaks to its recipient alone, and only while the recipient may see the case.
"""
