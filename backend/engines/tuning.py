"""PostgreSQL's settings, sized by the memory and processors this machine lets us have."""

import os
from pathlib import Path

MIB = 1024 * 1024
GIB = 1024 * MIB


def memory_bytes() -> int:
    """Memory of the machine or of the control group that holds us, whichever is less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
    except OSError:
        return machine
    return min(machine, int(limit)) if limit.isdigit() else machine


def _share(memory: int, divisor: int, least: int, most: int) -> str:
    return f"{max(least, min(most, memory // divisor)) // MIB}MB"


def cluster_settings(*, throwaway: bool, memory: int | None = None) -> dict[str, str]:
    """Settings of a cluster; a throwaway one (tests) does not wait for the disk.

    Errors of statements stay out of the log: their texts hold ID numbers and phones. Whoever sent
    the statement is told.
    """
    memory = memory or memory_bytes()
    processors = len(os.sched_getaffinity(0))
    settings = {
        "shared_buffers": _share(memory, 8, 64 * MIB, 2 * GIB),
        "effective_cache_size": _share(memory, 2, 256 * MIB, 64 * GIB),
        "work_mem": _share(memory, 384, 4 * MIB, 64 * MIB),
        "maintenance_work_mem": _share(memory, 32, 32 * MIB, 512 * MIB),
        "dynamic_shared_memory_type": _shared_memory_type(),
        "max_connections": "60",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "max_parallel_workers_per_gather": str(min(processors - 1, 4)),
        "timezone": "Asia/Shanghai",
        "log_timezone": "Asia/Shanghai",
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_line_prefix": "%m [%p] %u@%d ",
    }
    if throwaway:
        # A test cluster is deleted at the end: there is nothing a crash of the machine could lose
        settings |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "shared_buffers": _share(memory, 32, 64 * MIB, 256 * MIB),
            "max_connections": "100",
        }
    return settings


def _shared_memory_type() -> str:
    """`posix` where /dev/shm has room; a container's 64 MiB would fail parallel queries."""
    try:
        room = os.statvfs("/dev/shm")  # noqa: S108  asked for its size only
    except OSError:
        return "mmap"
    return "posix" if room.f_frsize * room.f_blocks > 256 * MIB else "mmap"
