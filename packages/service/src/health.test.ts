import { afterEach, describe, expect, it } from 'vitest';
import { type Health, type HealthOptions, startHealth } from './health.js';

let health: Health | undefined;
afterEach(() => health?.close());

async function serve(checks: HealthOptions['checks'], onFailure?: HealthOptions['onFailure']) {
  const started = await startHealth({ port: 0, host: '127.0.0.1', checks, ...(onFailure && { onFailure }) });
  health = started;
  return async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${started.port}${path}`);
    return { status: response.status, body: (await response.json()) as unknown };
  };
}

const fine = async () => {};
const hangs = () => new Promise<void>(() => {});

describe('health', () => {
  it('is ready when every check succeeds', async () => {
    const get = await serve({ database: fine, redis: fine });
    expect(await get('/readyz')).toEqual({ status: 200, body: { status: 'ready' } });
    expect(await get('/healthz?verbose')).toEqual({ status: 200, body: { status: 'alive' } });
    expect(await get('/metrics')).toMatchObject({ status: 404 });
  });

  it('names what fails, hangs or throws at once, and not why', async () => {
    const told: string[] = [];
    const checks = {
      database: async () => {
        throw new Error('password=hunter2');
      },
      redis: fine,
      docker: hangs,
      disk: () => {
        throw new Error('at once');
      },
    };
    const get = await serve(checks, (name, error) => told.push(`${name}: ${(error as Error).message}`));
    expect(await get('/readyz')).toEqual({
      status: 503,
      body: { status: 'not_ready', failing: ['database', 'docker', 'disk'] },
    });
    expect(told.sort()).toEqual(['database: password=hunter2', 'disk: at once', 'docker: no answer within 2000 ms']);
    expect(await get('/healthz')).toMatchObject({ status: 200 });
  });

  it('looks again at every request, and at checks that came later', async () => {
    let up = false;
    const checks: Record<string, () => Promise<void>> = {
      database: async () => {
        if (!up) throw new Error('down');
      },
    };
    const get = await serve(checks);
    expect(await get('/readyz')).toMatchObject({ status: 503 });
    up = true;
    expect(await get('/readyz')).toMatchObject({ status: 200 });
    checks['late'] = () => Promise.reject(new Error('down'));
    expect(await get('/readyz')).toMatchObject({ body: { failing: ['late'] } });
  });

  it('checks once for requests that come together', async () => {
    let checked = 0;
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const get = await serve({
      database: async () => {
        checked += 1;
        await gate;
      },
    });
    const answers = Promise.all(Array.from({ length: 10 }, () => get('/readyz')));
    await get('/healthz');
    release();
    expect((await answers).every(({ status }) => status === 200)).toBe(true);
    expect(checked).toBeLessThan(10);
  });

  it('is not ready while it drains, and alive', async () => {
    const get = await serve({ database: fine });
    health?.drain();
    expect(await get('/readyz')).toEqual({ status: 503, body: { status: 'draining' } });
    expect(await get('/healthz')).toMatchObject({ status: 200 });
  });

  it('rejects when the port is taken', async () => {
    await serve({});
    const port = health?.port as number;
    await expect(startHealth({ port, host: '127.0.0.1', checks: {} })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
