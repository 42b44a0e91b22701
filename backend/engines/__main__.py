"""Run the two engines alone, in the foreground: `python -m backend.engines`."""

import signal
import sys
from typing import NoReturn

from backend import environment
from backend.engines.errors import EngineError
from backend.engines.pair import prepare_engines
from backend.engines.places import find_places


def main() -> NoReturn:
    """Serve database and broker until a signal; for commands run by hand without `make run`."""
    try:
        places = find_places(environment.var_directory(), checkout=environment.BASE_DIR)
        engines = prepare_engines(places)
        engines.start()
    except EngineError as error:
        sys.exit(str(error))
    sys.stdout.write(f"数据库与队列在 {engines.socket_directory}，Ctrl-C 停止。\n")
    sys.stdout.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
    engines.stop()
    sys.exit(0)


if __name__ == "__main__":
    main()
