/**
 * What a supervisor asks of a process: `/healthz` (it is alive) and `/readyz` (it can do its work). Answers name what fails
 * and never why: anyone who reaches the port can read them.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const CHECK_TIMEOUT_MS = 2000;

export interface HealthOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** What must succeed for the process to be ready. Read at every request, so checks can be added later. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
  /** Told of every check that fails. */
  readonly onFailure?: (check: string, error: unknown) => void;
}

export interface Health {
  readonly port: number;
  /** From now on, `/readyz` answers 503 `draining`. */
  drain(): void;
  close(): Promise<void>;
}

/** @throws what listening throws, such as EADDRINUSE. */
export async function startHealth({ port, host, checks, onFailure = () => {} }: HealthOptions): Promise<Health> {
  let draining = false;
  let current: Promise<string[]> | undefined;

  /** The names of the checks that fail. Requests that come together share one round, so that probes can't pile up. */
  const failing = () => {
    current ??= Promise.all(Object.entries(checks).map(([name, check]) => fails(name, check, onFailure))).then(
      (names) => names.filter((name) => name !== undefined),
    );
    return current.finally(() => {
      current = undefined;
    });
  };

  const server = createServer(async (request, response) => {
    const path = request.url?.split('?', 1)[0];
    if (path === '/healthz') return answer(response, 200, { status: 'alive' });
    if (path !== '/readyz') return answer(response, 404, { status: 'not_found' });
    if (draining) return answer(response, 503, { status: 'draining' });
    const names = await failing();
    return names.length === 0
      ? answer(response, 200, { status: 'ready' })
      : answer(response, 503, { status: 'not_ready', failing: names });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    drain: () => {
      draining = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function fails(
  name: string,
  check: () => Promise<void>,
  onFailure: NonNullable<HealthOptions['onFailure']>,
): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([Promise.resolve().then(check), late]);
    return undefined;
  } catch (error) {
    onFailure(name, error);
    return name;
  } finally {
    clearTimeout(timer);
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
