"""What somebody has been told of: the bell in every page's bar, and the page of notices.

`listing` puts unread notices together by rule, for a first sweep tells hundreds at once.
Looking marks nothing as read; buttons do.
"""
