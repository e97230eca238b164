"""What the author of a Python plugin imports. Standard library only; copy this one file beside your plugin.

It serves tools over stdin and stdout: JSON-RPC 2.0, one message a line, as the Model Context Protocol's stdio transport
has it (revision 2025-06-18), and adds what Paddock's host offers. It validates no schema: the platform does, before and
after. What takes time to import is imported when it is first used.
"""
import json
import os
import sys
import threading
import time

__all__ = ["Call", "Cancelled", "Conflict", "HostError", "Plugin", "ToolError"]

PROTOCOL_VERSION = "2025-06-18"
CHUNK_BYTES = 1024 * 1024
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602


class ToolError(Exception):
    """A failure that the caller of a tool is told about. Any other exception is told by its message alone."""

    def __init__(self, code, message):
        """code: a stable word for programs, such as "city_unknown"; message: a sentence for people."""
        super().__init__(message)
        self.code = code


class HostError(Exception):
    """The host refused or failed; `code` is the host's, such as "capability_not_granted"."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Conflict(HostError):
    """A key had another version than `put` or `delete` expected."""


class Cancelled(Exception):
    """The run was cancelled, or its deadline has come."""


class Plugin:
    """A plugin and its tools. Define them with `tool`, then call `run`, last."""

    def __init__(self, name=None, version=None):
        """Name and version are plugin.json's if left out, and so are the descriptions and schemas of tools."""
        self._name = name
        self._version = version
        self._tools = {}
        self._cached_manifest = None

    def tool(self, name, description=None, input_schema=None, output_schema=None):
        """Decorates a handler: `handler(input, call)`, plain or `async`, that answers a dict, or any other JSON value as text."""

        def define(handler):
            if name in self._tools:
                raise ValueError("two tools are called " + name)
            self._tools[name] = (handler, description, input_schema, output_schema)
            return handler

        return define

    def run(self):
        """Serves the tools until stdin ends. `print` writes to stderr from then on: stdout belongs to the protocol."""
        output = sys.stdout.buffer
        sys.stdout = sys.stderr
        server = _Server(self, output)
        for line in sys.stdin.buffer:
            server.receive(line)
        server.finish()

    def _manifest(self):
        if self._cached_manifest is None:
            main = getattr(sys.modules["__main__"], "__file__", "main.py")
            with open(os.path.join(os.path.dirname(os.path.abspath(main)), "plugin.json"), encoding="utf-8") as file:
                self._cached_manifest = json.load(file)
        return self._cached_manifest

    def _introduction(self):
        return {
            "name": self._name or self._manifest()["name"],
            "version": self._version or self._manifest()["version"],
        }

    def _listing(self):
        return [self._declaration(name, *rest) for name, (_, *rest) in self._tools.items()]

    def _declaration(self, name, description, input_schema, output_schema):
        if description is None or input_schema is None:
            for tool in self._manifest()["tools"]:
                if tool["name"] == name:
                    return tool
            raise ValueError("plugin.json has no tool " + name)
        tool = {"name": name, "description": description, "inputSchema": input_schema}
        return tool if output_schema is None else {**tool, "outputSchema": output_schema}


class Call:
    """What a handler gets beside its input."""

    def __init__(self, server, meta):
        remaining = meta.get("paddock.dev/remainingMs")
        #: When the run will be ended, in seconds of `time.monotonic()`; None where the host does not say.
        self.deadline = None if remaining is None else time.monotonic() + remaining / 1000
        self.host = Host(server.call_host)
        self.log = Log(server.notify)
        self._notify = server.notify
        self._token = meta.get("progressToken")
        self._stopped = threading.Event()
        self._on_cancel = None

    @property
    def cancelled(self):
        """Whether the run was cancelled or its deadline has come; the sandbox is killed shortly after."""
        return self._stopped.is_set() or (self.deadline is not None and time.monotonic() >= self.deadline)

    @property
    def remaining(self):
        """Seconds until the deadline, at least 0; None where the host does not say."""
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    def wait(self, seconds=None):
        """Sleeps until that time has passed or the run is cancelled, and answers whether it is. A sleep that can be ended."""
        limits = [limit for limit in (seconds, self.remaining) if limit is not None]
        self._stopped.wait(min(limits) if limits else None)
        return self.cancelled

    def raise_if_cancelled(self):
        """Raises `Cancelled` if the run was cancelled."""
        if self.cancelled:
            raise Cancelled("the run was cancelled")

    def progress(self, done, total=None, message=None):
        """Tells how far the run is: `done` of `total`, in any unit."""
        if self._token is not None:
            self._notify(
                "notifications/progress",
                _present(progressToken=self._token, progress=done, total=total, message=message),
            )

    def _cancel(self):
        self._stopped.set()
        if self._on_cancel is not None:
            self._on_cancel()


class Log:
    """The run's log. The tenant can read it, so no secret belongs there."""

    def __init__(self, notify):
        self._notify = notify

    def debug(self, message):
        self._write("debug", message)

    def info(self, message):
        self._write("info", message)

    def warning(self, message):
        self._write("warning", message)

    def error(self, message):
        self._write("error", message)

    def _write(self, level, message):
        self._notify("notifications/message", {"level": level, "data": str(message)})


class Host:
    """What the host does for a plugin, as far as the manifest declares it and the tenant grants it.

    Every method raises HostError with the host's code, and blocks until the host has answered: an async handler awaits
    `asyncio.to_thread(call.host.kv.get, "key")`.
    """

    def __init__(self, request):
        self._request = request
        self.http = Http(self.call)
        self.kv = KeyValues(self.call)
        self.blob = Blobs(self.call)
        self.secrets = Secrets(self.call)
        self.clock = Clock(self.call)

    def call(self, service, params):
        """Asks the host by a service's name on the wire: `call("kv.get", {"key": "a"})`."""
        return self._request(service, params)


class KeyValues:
    """A key-value store of the install's own."""

    def __init__(self, call):
        self._call = call

    def get(self, key):
        """Answers `(value, version)`, or None when there is no such key."""
        found = self._call("kv.get", {"key": key})
        return (found.get("value"), found["version"]) if found["found"] else None

    def put(self, key, value, *, ttl_ms=None, if_version=None, if_absent=False):
        """Stores any JSON value and answers its version. Raises Conflict unless the key has that version, or is absent."""
        params = _present(key=key, ttlMs=ttl_ms, ifVersion=if_version)
        if if_absent:
            params["ifVersion"] = None
        return self._call("kv.put", {**params, "value": value})["version"]

    def delete(self, key, *, if_version=None):
        """Answers whether there was such a key."""
        return self._call("kv.delete", _present(key=key, ifVersion=if_version))["deleted"]

    def list(self, prefix=None, *, limit=None, cursor=None):
        """One page: `([(key, version), …], cursor)`; cursor is None on the last."""
        page = self._call("kv.list", _present(prefix=prefix, limit=limit, cursor=cursor))
        return [(entry["key"], entry["version"]) for entry in page["entries"]], page.get("cursor")


class Secrets:
    def __init__(self, call):
        self._call = call

    def get(self, name):
        """The value of a secret that the tenant has set for this install."""
        return self._call("secrets.get", {"name": name})["value"]


class Clock:
    def __init__(self, call):
        self._call = call

    def now(self):
        """The host's time and what is left of the run: `(unix_ms, remaining_ms)`."""
        now = self._call("clock.now", {})
        return now["unixMs"], now["remainingMs"]


class Http:
    """HTTP by the host, to the hosts that were granted."""

    def __init__(self, call):
        self._call = call

    def fetch(self, url, *, method="GET", headers=None, body=None, timeout_ms=None, redirect=None, stream=False):
        """Answers a Response. `body` is str or bytes. With `stream`, its body is read piece by piece, and it is to be closed."""
        sent = {} if body is None else {"bodyText": body} if isinstance(body, str) else {"bodyBase64": _encode(body)}
        params = _present(url=url, method=method, headers=headers, timeoutMs=timeout_ms, redirect=redirect, **sent)
        answer = self._call("http.fetch", {**params, "stream": True} if stream else params)
        return Response(self._call, answer)


class Response:
    """An HTTP answer. Iterate over a streamed one, or use it in a `with`, which closes it."""

    def __init__(self, call, answer):
        self._call = call
        self._stream = answer.get("streamId")
        self._body = _body_of(answer)
        self.status = answer["status"]
        #: Names are in lower case.
        self.headers = answer["headers"]
        #: Where the answer came from, after redirects.
        self.url = answer.get("url")

    def __iter__(self):
        """The body, piece by piece, as bytes."""
        if self._body:
            yield self._body
        while self._stream is not None:
            piece = self._call("http.read", {"streamId": self._stream})
            if piece["done"]:
                self._stream = None
            yield _decode(piece["dataBase64"])

    def read(self):
        """All of the body, or what is left of it, as bytes."""
        if self._stream is not None:
            self._body = b"".join(self)
        return self._body

    def text(self):
        return self.read().decode("utf-8")

    def json(self):
        return json.loads(self.read())

    def close(self):
        """Lets go of a stream that was not read to its end."""
        stream, self._stream = self._stream, None
        if stream is not None:
            self._call("http.close", {"streamId": stream})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Blobs:
    """Blobs that a run is given, and blobs that it gives."""

    def __init__(self, call):
        self._call = call

    def chunks(self, name):
        """An input blob piece by piece, as bytes."""
        offset = 0
        while True:
            piece = self._call("blob.read", {"name": name, "offset": offset})
            data = _decode(piece["dataBase64"])
            offset += len(data)
            yield data
            if piece["done"]:
                return

    def read(self, name):
        """All of an input blob, as bytes."""
        return b"".join(self.chunks(name))

    def create(self, name, content_type=None):
        """A new output blob: `write` to it, then `finish` it; a `with` does that at its end."""
        return BlobWriter(self._call, self._call("blob.create", _present(name=name, contentType=content_type))["blobId"])


class BlobWriter:
    """An output blob. One that is not finished when the run ends is dropped."""

    def __init__(self, call, blob):
        self._call = call
        self._blob = blob

    def write(self, data):
        for start in range(0, len(data), CHUNK_BYTES):
            piece = _encode(data[start : start + CHUNK_BYTES])
            self._call("blob.write", {"blobId": self._blob, "dataBase64": piece})

    def finish(self):
        """Answers `{"sha256": …, "bytes": …}`."""
        return self._call("blob.finish", {"blobId": self._blob})

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.finish()


class _Server:
    """Reads on the main thread; each call of a tool has a thread of its own."""

    def __init__(self, plugin, output):
        self._plugin = plugin
        self._output = output
        self._writing = threading.Lock()
        self._running = {}
        self._threads = set()
        self._host_calls = {}
        self._last_id = 0

    def receive(self, line):
        """Takes one line. What is not a message is left alone: there is nobody to tell."""
        try:
            message = json.loads(line)
        except ValueError:
            return
        if not isinstance(message, dict):
            return
        method, params = message.get("method"), message.get("params") or {}
        if method is None:
            self._settle_host_call(message)
        elif "id" in message:
            self._answer(message["id"], method, params)
        elif method == "notifications/cancelled" and params.get("requestId") in self._running:
            self._running[params["requestId"]]._cancel()

    def finish(self):
        """Waits for the tools under way, which are told that nobody listens any more."""
        for waiting in list(self._host_calls.values()):
            waiting.put({"error": {"message": "the host has gone", "data": {"code": "unavailable"}}})
        for thread in list(self._threads):
            thread.join()

    def notify(self, method, params):
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def call_host(self, service, params):
        answers = _Answer()
        with self._writing:
            self._last_id += 1
            request = "h" + str(self._last_id)
            self._host_calls[request] = answers
        self._send({"jsonrpc": "2.0", "id": request, "method": "host/" + service, "params": params})
        answer = answers.get()
        error = answer.get("error")
        if error is None:
            return answer.get("result")
        code = (error.get("data") or {}).get("code", "internal")
        raise (Conflict if code == "kv_conflict" else HostError)(code, error.get("message", code))

    def _settle_host_call(self, message):
        answer = self._host_calls.pop(message.get("id"), None)
        if answer is not None:
            answer.put(message)

    def _answer(self, request, method, params):
        if method == "tools/call":
            self._start(request, params)
        elif method == "tools/list":
            self._result(request, {"tools": self._plugin._listing()})
        elif method == "ping":
            self._result(request, {})
        elif method == "initialize":
            capabilities = {"tools": {}, "logging": {}}
            introduced = {"protocolVersion": PROTOCOL_VERSION, "capabilities": capabilities}
            self._result(request, {**introduced, "serverInfo": self._plugin._introduction()})
        else:
            self._refuse(request, METHOD_NOT_FOUND, "no method " + str(method))

    def _start(self, request, params):
        name = params.get("name")
        if name not in self._plugin._tools:
            self._refuse(request, INVALID_PARAMS, "no tool " + str(name))
            return
        handler = self._plugin._tools[name][0]
        call = Call(self, params.get("_meta") or {})
        self._running[request] = call
        thread = threading.Thread(target=self._run, args=(request, handler, params.get("arguments") or {}, call))
        self._threads.add(thread)
        thread.start()

    def _run(self, request, handler, input, call):
        try:
            value = handler(input, call)
            if hasattr(value, "__await__"):
                value = _wait_for(value, call)
            self._result(request, _success(value))
        except BaseException as error:  # SystemExit too: a tool that leaves has failed, and the plugin serves on.
            self._result(request, _failure(error))
        finally:
            self._running.pop(request, None)
            self._threads.discard(threading.current_thread())

    def _result(self, request, result):
        self._send({"jsonrpc": "2.0", "id": request, "result": result})

    def _refuse(self, request, code, message):
        self._send({"jsonrpc": "2.0", "id": request, "error": {"code": code, "message": message}})

    def _send(self, message):
        line = json.dumps(message, separators=(",", ":"), allow_nan=False).encode() + b"\n"
        with self._writing:
            self._output.write(line)
            self._output.flush()


class _Answer:
    """One value, handed from the reading thread to the asking one. `queue` does the same and takes long to import."""

    def __init__(self):
        self._ready = threading.Event()
        self._value = None

    def put(self, value):
        self._value = value
        self._ready.set()

    def get(self):
        self._ready.wait()
        return self._value


def _wait_for(awaitable, call):
    """Runs an async handler to its end; when the run is cancelled, so is its task."""
    import asyncio

    async def main():
        loop, task = asyncio.get_running_loop(), asyncio.ensure_future(awaitable)
        call._on_cancel = lambda: loop.call_soon_threadsafe(task.cancel)
        if call._stopped.is_set():
            task.cancel()
        try:
            return await task
        except asyncio.CancelledError:
            raise Cancelled("the run was cancelled") from None
        finally:
            call._on_cancel = None

    return asyncio.run(main())


def _success(value):
    if isinstance(value, str):
        return {"content": [{"type": "text", "text": value}]}
    content = [{"type": "text", "text": json.dumps(value, ensure_ascii=False, allow_nan=False)}]
    return {"content": content, "structuredContent": value} if isinstance(value, dict) else {"content": content}


def _failure(error):
    if isinstance(error, (ToolError, HostError)):
        text = error.code + ": " + str(error)
    else:
        text = str(error) or type(error).__name__
        if not isinstance(error, Cancelled):
            import traceback

            traceback.print_exception(error)
    return {"isError": True, "content": [{"type": "text", "text": text}]}


def _body_of(answer):
    if "bodyText" in answer:
        return answer["bodyText"].encode()
    return _decode(answer.get("bodyBase64", ""))


def _encode(data):
    import binascii

    return binascii.b2a_base64(data, newline=False).decode("ascii")


def _decode(text):
    import binascii

    return binascii.a2b_base64(text)


def _present(**values):
    return {name: value for name, value in values.items() if value is not None}
