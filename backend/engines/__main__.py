"""Run the two engines alone, in the foreground: `python -m backend.engines`."""

import signal
import sys
from typing import NoReturn

from backend import environment
from backend.engines.errors import EngineError
from backend.engines.lock import CheckoutLock
from backend.engines.pair import prepare_engines
from backend.engines.places import find_places

STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def main() -> NoReturn:
    """Serve database and broker until a signal; for commands run by hand without `make run`."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        places = find_places(environment.var_directory(), checkout=environment.BASE_DIR)
        with CheckoutLock(places.run / "supervisor.lock") as lock:
            engines = prepare_engines(places)
            engines.start()
            lock.write(url=f"数据库与队列在 {engines.socket_directory}")
            sys.stdout.write(f"数据库与队列在 {engines.socket_directory}，Ctrl-C 停止。\n")
            sys.stdout.flush()
            signal.sigwait(STOPPING)
            engines.stop()
    except EngineError as error:
        sys.exit(str(error))
    sys.exit(0)


if __name__ == "__main__":
    main()
