# The first process of a Docker engine's own namespaces (processes, mounts, network): it keeps the engine running, and
# when it ends, the kernel ends everything in them: engine, containerd, sandboxes, mounts.
# Our standard input stays open as long as the command that started us lives; its end is the order to stop.
# Usage: sh engine.sh DOCKERD ARGUMENTS...
set -u

# Sockets, pid files and mounts of the engine: nothing is there from an earlier one, and nothing stays.
mount -t tmpfs -o mode=0755,nosuid,nodev paddock /run || exit 1

exec 3<&0
stopping=
engine=
trap 'stopping=yes; [ -z "$engine" ] || kill -TERM "$engine"' TERM
(
  trap - TERM
  read -r _
  kill -TERM 1
) <&3 &

while [ -z "$stopping" ]; do
  "$@" 3<&- </dev/null &
  engine=$!
  wait "$engine"
  code=$?
  # The trap interrupts the first wait; this one is for the engine's own end.
  [ -z "$stopping" ] || { wait "$engine"; exit 0; }
  # 137: the engine was killed. It starts again, as a system's service would; any other end is its own word.
  [ "$code" -eq 137 ] || exit "$code"
  echo 'paddock: the engine was killed and starts again' >&2
  rm -f /run/docker.pid
  sleep 0.5
done
