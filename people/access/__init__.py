"""Who may see which rows: the registry, and the conditions of the people layer.

Every layer's `access.py` registers by which relation a role reaches its models; what nobody
registered nobody sees.
Edges ask `Model.objects.visible_to(actor)`; sweeps and loads say `unscoped(reason=…)`.
"""

from people.access.registry import (
    EVERYTHING,
    Condition,
    VisibleQuerySet,
    reachable,
    register,
    through,
)

__all__ = (
    "EVERYTHING",
    "Condition",
    "VisibleQuerySet",
    "reachable",
    "register",
    "through",
)
