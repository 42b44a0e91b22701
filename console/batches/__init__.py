"""The pages of filing batches: who is in none, gathering, filing, and the batch as a workbook.

`views` answer, `workbook` writes the sheet with its record; the commission reads what is filed.
"""
