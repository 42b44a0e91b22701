"""PostgreSQL is sized by the memory it may have."""

import pytest

from backend.engines.tuning import GIB, MIB, cluster_settings


def mebibytes(text: str) -> int:
    return int(text.removesuffix("MB"))


@pytest.mark.parametrize("memory", [512 * MIB, 2 * GIB, 8 * GIB, 24 * GIB, 256 * GIB])
def test_shared_buffers_are_an_eighth_of_memory_between_64_mebibytes_and_2_gibibytes(
    memory: int,
) -> None:
    settings = cluster_settings(throwaway=False, memory=memory)

    assert mebibytes(settings["shared_buffers"]) == max(64, min(2048, memory // 8 // MIB))


def test_small_machine_keeps_room_for_the_processes_beside_the_database() -> None:
    settings = cluster_settings(throwaway=False, memory=GIB)

    buffers = mebibytes(settings["shared_buffers"])
    sorting = mebibytes(settings["work_mem"]) * 16
    assert buffers + sorting + mebibytes(settings["maintenance_work_mem"]) < 512
