"""`make run`, `make stop`, `make reset`: engines, opening steps, then web, worker and beat."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from backend import environment, opening
from backend.engines import children
from backend.engines.errors import EngineError
from backend.engines.lock import AlreadyRunning, CheckoutLock, holder
from backend.engines.pair import Engines, prepare_engines
from backend.engines.places import Places, find_places
from backend.processes import PROCESSES, Process

DEFAULT_PORT = 8000
PORTS_TRIED = 200
LAST_PORT = 65_535
SECONDS_TO_ANSWER = 60
SECONDS_FOR_LEFTOVERS = 25
MOST_RESTARTS = 5
RESTARTS_WITHIN = 60.0
LARGEST_LOG = 10 * 1024 * 1024


class Interrupted(Exception):
    """We were asked to stop while a step was running."""


def say(text: str) -> None:
    """One line to the person at the terminal, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def tell_stopped(name: str) -> None:
    """Say that one of ours has stopped."""
    say(f"已停止 {name}")


@dataclass
class Supervisor:
    """Everything one checkout runs, started in order and stopped in order."""

    places: Places
    lock: CheckoutLock
    engines: Engines | None = None
    stopping: bool = False
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    restarts: deque[float] = field(default_factory=deque)

    def run(self) -> int:
        """Serve until a signal; 0 when stopped by one, 1 when something could not be kept up."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note_signal)
        try:
            wanted_port()  # before anything is waited for
            self._start_engines()
            opening.open_district(self._finish, on=opening.today())
            with listen() as listener:
                self._serve(listener)
        except Interrupted:
            return 0
        finally:
            self._stop()
        return 0

    def is_asked_to_stop(self) -> bool:
        """Whether a signal has asked us to end."""
        return self.stopping

    def _note_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _start_engines(self) -> None:
        killed = children.clear(self._noted, seconds=SECONDS_FOR_LEFTOVERS)
        if killed:
            say(f"清理了上次留下的进程：{'、'.join(killed)}。")
        embedded_database = not os.environ.get("DATABASE_URL")
        embedded_broker = not os.environ.get("REDIS_URL")
        if embedded_database or embedded_broker:
            say("启动数据库与队列……")
            self.engines = prepare_engines(
                self.places, database=embedded_database, broker=embedded_broker
            )
            self.engines.start()

    @property
    def _noted(self) -> Path:
        return self.places.run / "children.json"

    def _finish(self, command: Sequence[str]) -> int:
        """Run one step to its end; its output is ours."""
        if self.is_asked_to_stop():
            raise Interrupted
        step = children.launch(
            command,
            environment=process_environment({}),
            cwd=environment.BASE_DIR,
            death_signal=signal.SIGKILL,
        )
        while step.poll() is None:
            if self.is_asked_to_stop():
                children.stop(step, signal.SIGINT, seconds=10)
                raise Interrupted
            time.sleep(0.05)
        return step.returncode

    def _serve(self, listener: socket.socket) -> None:
        for process in PROCESSES:
            rotate(self._log(process))
            self._start(process, listener)
        url = address(listener)
        self._wait_until_ready(listener)
        self.lock.write(url=url)
        say(f"网站：{url}    日志：{self.places.log}    Ctrl-C 停止")
        opening.show_demo_sign_ins(self._finish, url=url)
        while not self.is_asked_to_stop():
            self._keep_up(listener)
            time.sleep(0.25)

    def _log(self, process: Process) -> Path:
        return self.places.log / f"{process.name}.log"

    def _start(self, process: Process, listener: socket.socket) -> None:
        # The socket is ours and only lent: a restarted web server keeps its port
        words = process.command(bind=f"fd://{listener.fileno()}", run=self.places.run)
        with self._log(process).open("ab") as output:
            self.running[process.name] = children.launch(
                [sys.executable, "-m", *words],
                environment=process_environment(process.environment),
                cwd=environment.BASE_DIR,
                death_signal=signal.SIGTERM,
                output=output,
                pass_fds=(listener.fileno(),) if process.name == "web" else (),
            )
        children.note({name: it.pid for name, it in self.running.items()}, self._noted)

    def _wait_until_ready(self, listener: socket.socket) -> None:
        end = time.monotonic() + SECONDS_TO_ANSWER
        while not answers(listener, "/readyz"):
            self._keep_up(listener)
            if self.is_asked_to_stop():
                raise Interrupted
            if time.monotonic() > end:
                raise EngineError(f"网站没有应答，见 {self.places.log / 'web.log'}。")
            time.sleep(0.2)

    def _keep_up(self, listener: socket.socket) -> None:
        """Start again whatever has ended by itself; too many in a minute end everything."""
        ended = self.engines.revive() if self.engines else []
        for process in PROCESSES:
            gone = self.running[process.name]
            if gone.poll() is not None and not self.is_asked_to_stop():
                children.kill_session(gone.pid)
                self._start(process, listener)
                ended.append(process.name)
        now = time.monotonic()
        for name in ended:
            say(f"{name} 意外结束，已重新启动。日志：{self.places.log / name}.log")
            self.restarts.append(now)
        while self.restarts and now - self.restarts[0] > RESTARTS_WITHIN:
            self.restarts.popleft()
        if len(self.restarts) > MOST_RESTARTS:
            raise EngineError(f"一分钟内重启超过 {MOST_RESTARTS} 次，停止。日志：{self.places.log}")

    def _stop(self) -> None:
        """Web, worker, beat, then the broker, the database last."""
        for process in PROCESSES:
            if child := self.running.pop(process.name, None):
                if not children.stop(child, signal.SIGTERM, seconds=process.seconds_to_stop):
                    say(f"{process.name} 没有按时停下，已强制结束。")
                children.kill_session(child.pid)
                tell_stopped(process.name)
        self._noted.unlink(missing_ok=True)
        if self.engines is not None:
            self.engines.stop(tell_stopped)
        say("已全部停止。")


def process_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """The environment of our own Python processes: ours, in UTF-8 whatever LANG says."""
    return {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", **extra}


def wanted_port() -> int:
    """SHUANGYUAN_PORT; raises EngineError when it is no port."""
    text = os.environ.get("SHUANGYUAN_PORT") or str(DEFAULT_PORT)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= LAST_PORT):
        raise EngineError(f"SHUANGYUAN_PORT 应为端口号（0 至 {LAST_PORT}），不能是 {text!r}。")
    return int(text)


def listen() -> socket.socket:
    """A socket on the wanted port, or on the next one that is free."""
    host = os.environ.get("SHUANGYUAN_HOST", "127.0.0.1")
    wanted = wanted_port()
    for port in range(wanted, min(wanted + PORTS_TRIED, LAST_PORT + 1)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            listener = socket.create_server((host, port), family=family, backlog=512)
        except OSError:
            continue
        if port != wanted:
            say(f"端口 {wanted} 已被占用，改用 {port}。")
        return listener
    raise EngineError(f"从 {wanted} 起的 {PORTS_TRIED} 个端口都不能用（SHUANGYUAN_HOST={host}）。")


def address(listener: socket.socket) -> str:
    """The site's address as a person would type it."""
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def answers(listener: socket.socket, path: str) -> bool:
    """Whether the site answers 200 at `path`."""
    host, port = listener.getsockname()[:2]
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def rotate(log: Path) -> None:
    """Set a log aside once it is large; one old one is kept."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))


def run() -> int:
    """Serve this checkout; a second time says where the first one is."""
    places = find_places(environment.var_directory(), checkout=environment.BASE_DIR)
    try:
        with CheckoutLock(places.run / "supervisor.lock") as lock:
            for name in ("postgresql", "valkey"):
                rotate(places.log / f"{name}.log")
            return Supervisor(places, lock).run()
    except AlreadyRunning as running:
        say(str(running))
        return 0


def stop() -> int:
    """Stop this checkout's supervisor and wait until everything is down."""
    running = holder(environment.var_directory() / "run" / "supervisor.lock")
    if running is None:
        say("没有在运行。")
        return 0
    try:
        running.send(signal.SIGTERM)
    except PermissionError:
        raise EngineError(f"进程 {running.pid} 属于另一个用户，请以那个用户 make stop。") from None
    if not running.wait(150):
        raise EngineError(f"进程 {running.pid} 没有停下来。")
    say("已停止。")
    return 0


def reset() -> int:
    """Stop, then delete database, broker and demo; the virtualenv stays."""
    stop()
    places = find_places(environment.var_directory(), checkout=environment.BASE_DIR)
    with CheckoutLock(places.run / "supervisor.lock"):
        prepare_engines(places).stop()
        for name in ("postgresql.unfinished", "postgresql", "valkey", "demo", "log", "static"):
            delete(places.var / name)
        if places.home != places.var:
            shutil.rmtree(places.home, ignore_errors=True)
            (places.run / "place-token").unlink(missing_ok=True)
    say("数据库、队列和示范数据已删除；下一次 make run 从空数据库开始。")
    return 0


def delete(directory: Path) -> None:
    """Delete a directory so that one that is half deleted is never taken for a whole one."""
    doomed = directory.with_name(f"{directory.name}.unfinished")
    if directory.exists() and not directory.name.endswith(".unfinished"):
        shutil.rmtree(doomed, ignore_errors=True)
        directory.rename(doomed)
        directory = doomed
    shutil.rmtree(directory, ignore_errors=True)


COMMANDS = {"run": run, "stop": stop, "reset": reset}


def main() -> int:
    """One of run, stop, reset."""
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name not in COMMANDS:
        sys.stderr.write("用法：python -m backend.supervisor run | stop | reset\n")
        return 2
    try:
        return COMMANDS[name]()
    except EngineError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
