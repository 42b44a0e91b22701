"""Messages that leave by the outbox, the changes that write them, and what is due daily.

Most tests drain in their own process; the last ones run web, worker and beat as processes.
Kills are proved by the exit signal of the process that died.
"""
