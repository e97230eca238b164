import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger, type Logger } from './logger.js';

const CANARY = 'cAnArY2f9c1d';

/** What a logger writes while `use` runs. */
function logged(use: (logger: Logger) => void, level = 'trace'): { text: string; lines: Record<string, unknown>[] } {
  const written: string[] = [];
  use(createLogger({ process: 'test', level, destination: { write: (line) => void written.push(line) } }));
  const text = written.join('');
  return {
    text,
    lines: text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const pemBody = pem.split('\n')[1] as string;
class DriverError extends Error {
  readonly code = 'ECONNREFUSED';
  readonly command = { name: 'auth', args: [CANARY] };
}

const shapes: Record<string, (logger: Logger) => void> = {
  'a password': (log) => log.info({ password: CANARY }),
  'a password in depth': (log) => log.info({ a: [{ b: { dbPassword: CANARY } }] }),
  'an object under a secret’s name': (log) => log.info({ credentials: { user: 'u', value: CANARY } }),
  'an authorization header': (log) => log.info({ req: { headers: { Authorization: `Custom ${CANARY}` } } }),
  'a header with many values': (log) => log.info({ headers: { 'set-cookie': [`a=${CANARY}`, 'b=1'] } }),
  'raw headers': (log) => log.info({ rawHeaders: ['Host', 'x', 'Authorization', `Custom ${CANARY}`] }),
  'header lines in a text': (log) =>
    log.info(`GET / HTTP/1.1\r\nAuthorization: Custom a ${CANARY}\r\nCookie: a=1; b=${CANARY}\r\n`),
  'a bearer token in a text': (log) => log.info(`sent Bearer ${CANARY}.x`),
  'basic credentials in a text': (log) => log.warn(`sent basic ${CANARY}==`),
  'an API key in a text': (log) => log.info(`the key pdk_${CANARY}_${CANARY} is wrong`),
  'an API key as a name': (log) => log.info({ [`pdk_${CANARY}`]: 1 }),
  'an API key under a harmless name': (log) => log.info({ note: [`pdk_${CANARY}`] }),
  'the names of secrets in many spellings': (log) =>
    log.info({
      apiKey: CANARY,
      api_key: CANARY,
      'X-Api-Key': CANARY,
      accessToken: CANARY,
      client_secret: CANARY,
      privateKey: CANARY,
      DATABASE_URL: CANARY,
      REDIS_URL: CANARY,
    }),
  'a URL with credentials': (log) => log.info({ url: `postgresql://user:${CANARY}@db:5432/x` }),
  'a URL whose password has slashes and @': (log) => log.info(`cannot reach redis://:a/b@${CANARY}@db:6379/0 now`),
  'a URL with a user alone': (log) => log.info(`clone https://${CANARY}@example.org/x`),
  'a URL’s query': (log) => log.info(`GET https://example.org/?a=1&access_token=${CANARY}&X-Amz-Signature=${CANARY}`),
  'an assignment in a text': (log) =>
    log.info(`PGPASSWORD=${CANARY} psql; secret: ${CANARY}, token='${CANARY} ${CANARY}'`),
  'JSON in a text': (log) => log.info(JSON.stringify({ password: `a"b ${CANARY}` })),
  'JSON in JSON in a text': (log) => log.info(JSON.stringify(JSON.stringify({ password: `a b ${CANARY}` }))),
  'JSON that was cut off': (log) => log.info(`{"password":"a b ${CANARY}`),
  'a JSON web token': (log) => log.info(`session eyJ${CANARY}.eyJ${CANARY}.${CANARY}`),
  'a private key': (log) => log.info({ file: pem.replace(pemBody, CANARY) }),
  'half a private key': (log) => log.info(`read -----BEGIN EC PRIVATE KEY-----\n${CANARY}`),
  bytes: (log) => log.info({ bytes: Buffer.from(pem.replace(pemBody, CANARY)) }),
  'an error’s message': (log) => log.error(new Error(`connect postgres://u:${CANARY}@h/d`)),
  'an error’s cause': (log) => log.error({ err: new Error('outer', { cause: new Error(`password=${CANARY}`) }) }),
  'an error’s own properties': (log) => log.error(new DriverError('refused')),
  'an error under another name': (log) => log.error({ failure: new DriverError(`token=${CANARY}`) }),
  'errors in one': (log) => log.error(new AggregateError([new Error(`Bearer ${CANARY}`)], 'all failed')),
  'what is no error as a cause': (log) => log.error(new Error('x', { cause: { secret: CANARY } })),
  'a child’s fields': (log) => log.child({ token: CANARY, url: `http://a:${CANARY}@h` }).info('x'),
  'a format’s arguments': (log) => log.info('%s and %o', `pdk_${CANARY}`, { password: CANARY }),
  'depth beyond measure': (log) => log.info({ deep: nest(60) }),
};

function nest(depth: number): unknown {
  return depth === 0 ? { password: CANARY } : { deeper: nest(depth - 1) };
}

describe('the log', () => {
  it.each(Object.keys(shapes))('holds no secret in %s', (shape) => {
    const { text, lines } = logged(shapes[shape] as (logger: Logger) => void);
    expect(lines).toHaveLength(1);
    expect(text).not.toContain(CANARY);
    expect(Buffer.from(text.replace(/[^0-9,]/g, ''), 'utf8').toString()).not.toContain(
      [...Buffer.from(CANARY)].join(','),
    );
  });

  it('does not hold a real private key', () => {
    expect(logged((log) => log.info(`key: ${pem}`)).text).not.toContain(pemBody);
  });

  it('says who, when and how severe, and leaves the rest as it is', () => {
    const fields = {
      run: 'r1',
      attempt: 2,
      ok: true,
      none: null,
      list: [1, 'two'],
      url: 'https://example.org/a?b=c',
      keyId: 'k1',
      mail: 'a@b.example',
    };
    const { lines } = logged((log) => log.warn(fields, 'the token of the run has expired'));
    expect(lines).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        process: 'test',
        pid: process.pid,
        ...fields,
        msg: 'the token of the run has expired',
      },
    ]);
  });

  it('shows an error with its code and the chain of its causes', () => {
    const error = new Error('outer', { cause: new DriverError('inner', { cause: 'plain' }) });
    expect(logged((log) => log.error(error)).lines[0]).toMatchObject({
      level: 'error',
      msg: 'outer',
      err: {
        type: 'Error',
        message: 'outer',
        stack: expect.stringContaining('outer'),
        cause: { message: 'inner', code: 'ECONNREFUSED', cause: 'plain' },
      },
    });
  });

  it('shows eight causes of causes', () => {
    const error = Array.from({ length: 9 }, (_, n) => 8 - n).reduce<Error | undefined>(
      (cause, n) => new Error(`level ${n}`, { cause }),
      undefined,
    );
    expect(logged((log) => log.error(error)).text).toContain('"message":"level 8"');
  });

  it('survives causes and objects that go in circles', () => {
    const error = new Error('round');
    error.cause = error;
    const circle: Record<string, unknown> = { name: 'round' };
    circle['self'] = circle;
    expect(logged((log) => log.error({ err: error, circle })).lines).toHaveLength(1);
  });

  it('keeps to its level', () => {
    expect(logged((log) => log.info('quiet'), 'warn').text).toBe('');
  });

  it('stays one line of JSON a call, whatever is logged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (msg, value) => {
        expect(logged((log) => log.info({ value }, msg)).lines).toHaveLength(1);
      }),
    );
  });

  // Patterns that cost quadratic time would not come to an end here.
  it.each([
    'a://',
    'a://a:',
    'password="',
    'eyJ',
    'eyJa.',
    'a:a@',
    '-----BEGIN PRIVATE KEY-----',
    'Bearer ',
    '\\"',
    "token='",
    'cookie=',
  ])('ends for many %j', (part) => {
    expect(logged((log) => log.info(part.repeat(50_000))).lines).toHaveLength(1);
  });
});
