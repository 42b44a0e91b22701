"""What is said of a case, as data: a text for each rule in Chinese and in English.

`texts.py` reads and checks `zh.toml` and `en.toml`; `wording.py` writes facts as people say them.
`cases/explain.py` puts a case, its deadlines and its holder into them.
"""
