"""The district in the database as a folder of files that loads as all unchanged.

`export_district` writes the twelve tables of `exchange.format`, personal numbers in plain text,
and therefore records who asked, when and why before it reads a row. The files are for another
installation; workbooks for people live elsewhere.
"""
