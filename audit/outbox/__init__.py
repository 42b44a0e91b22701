"""What leaves a transaction leaves as a row: written with the change, claimed and done later.

`publish` writes a message, `handler` registers who takes a topic, `draining` claims and runs, and
`changes` are the database triggers that publish what a changed row touches.
The row is the message and the broker only a doorbell: losing it delays, and never loses.
"""

from audit.outbox.publishing import PayloadRefused, publish, publish_many
from audit.outbox.quiet import quiet_load
from audit.outbox.topics import Message, handler

__all__ = ("Message", "PayloadRefused", "handler", "publish", "publish_many", "quiet_load")
