"""The process. Exit codes: 0 drained, 2 bad arguments, 3 cannot serve here, 70 inference dead, 130/143 killed by a second signal."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import resource
import socket
import sys

from mgeo_torch.errors import InferenceError, UsageError
from mgeo_torch.options import Options, parse_options, usage


def main() -> None:
    """Reads the command line and serves until a signal comes."""
    try:
        options = parse_options(sys.argv[1:])
    except UsageError as error:
        _say(str(error))
        sys.exit(2)
    if options is None:
        sys.stdout.write(usage())
        sys.exit(0)
    _allow_many_files()
    code = asyncio.run(_serve(options))
    sys.stdout.flush()
    # Threads that still hash or load would keep the process; nothing of theirs is worth waiting for.
    os._exit(code)


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def _allow_many_files() -> None:
    """Each connection is a file; the usual soft limit of 1024 would be the first thing that a load test finds."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (ValueError, OSError):
        pass  # then it stays as it is


def _listen_problem(error: OSError, options: Options) -> str:
    host, port = options.host, options.port
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken; choose another with --port, or 0 for any free one."
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights this user does not have; choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return f"This machine has no address {host} to listen on; choose another with --host."
    return f"Cannot listen on {host}:{port}: {error.strerror}"


async def _serve(options: Options) -> int:
    # Only now: --help and a wrong flag should not wait for them.
    try:
        from mgeo_torch.http.app import build_app
        from mgeo_torch.http.server import HttpServer, bind, drain, stop_on_signals
    except ImportError as error:
        _say(f"{sys.executable} lacks the package {error.name}; install what servers/torch/pyproject.toml lists.")
        return 3
    from mgeo_torch.load import load_service
    from mgeo_torch.request_log import ServerLog
    from mgeo_torch.state import ServerState

    try:
        log = ServerLog(options.log_level, options.log_file)
    except OSError as error:
        _say(f"The log file {options.log_file} cannot be written: {error.strerror}.")
        return 3
    state = ServerState()
    app, metrics = build_app(options, state, log)
    stop = stop_on_signals(state, log)
    try:
        listener = bind(options)
    except OSError as error:
        _say(_listen_problem(error, options))
        return 3
    http = HttpServer(app, listener, metrics)
    await http.start()
    host = f"[{options.host}]" if ":" in options.host else options.host
    sys.stdout.write(json.dumps({"event": "listening", "url": f"http://{host}:{listener.getsockname()[1]}", "pid": os.getpid()}, separators=(",", ":")) + "\n")
    sys.stdout.flush()

    loading = asyncio.ensure_future(load_service(options, lambda message: log.say("info", message), metrics.batch, metrics.drop))
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait([loading, stopped], return_when=asyncio.FIRST_COMPLETED)
    if loading.done():
        try:
            state.service = loading.result()
        except InferenceError as error:
            log.say("fatal", str(error), code=error.code, hint=error.hint)
            log.flush()
            _say(error.sentence())
            return 3
        info, pool = state.service.info, state.service.pool
        log.say("info", "ready", model=info.name, sha256=info.sha256, scoresMeaningful=info.scores_meaningful, replicas=pool.replicas)
        # A signal may have come while the model was loaded.
        if state.phase == "loading":
            state.phase = "ready"
        await asyncio.wait([stopped, pool.crashed], return_when=asyncio.FIRST_COMPLETED)
        if pool.crashed.done() and not stop.is_set():
            log.say("fatal", f"inference is dead, the server ends: {pool.crashed.result()}")
            log.flush()
            return 70
    cut_off = await drain(http, state, options.drain_s)
    if cut_off > 0:
        log.say("warn", "the time to drain was over before every request had ended", cut_off=cut_off)
    log.say("info", "stopped")
    log.flush()
    return 0
