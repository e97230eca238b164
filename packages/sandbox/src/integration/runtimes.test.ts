/** Each runtime beside `node`, with a plugin that speaks the protocol by hand. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { openSandboxHost, SandboxPool } from '../index.js';
import { openTestHost, planFor, type TestHost, writeBundle } from './harness.js';

const never = new AbortController().signal;

/** Answers `look` with what a stranger would want to find around it. */
const PYTHON = `
import json, os, sys
for line in sys.stdin:
    message = json.loads(line)
    if message.get("method") == "initialize":
        result = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": {"name": "p", "version": "1"}}
    elif message.get("method") == "tools/call":
        import csv, decimal, hashlib, sqlite3, zoneinfo, ctypes
        found = {"shell": os.path.exists("/bin/sh"), "uid": os.getuid(), "sum": hashlib.sha256(b"x").hexdigest()[:4]}
        result = {"content": [], "structuredContent": found}
    else:
        continue
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}))
`;

const GO = `package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var message struct {
			ID     *int   \`json:"id"\`
			Method string \`json:"method"\`
		}
		if json.Unmarshal(lines.Bytes(), &message) != nil || message.ID == nil {
			continue
		}
		result := \`{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"g","version":"1"}}\`
		if message.Method == "tools/call" {
			_, err := os.Stat("/bin/sh")
			result = fmt.Sprintf(\`{"content":[],"structuredContent":{"shell":%v,"uid":%d}}\`, err == nil, os.Getuid())
		}
		fmt.Printf("{\\"jsonrpc\\":\\"2.0\\",\\"id\\":%d,\\"result\\":%s}\\n", *message.ID, result)
	}
}
`;

let test: TestHost;
let pool: SandboxPool;
beforeAll(async () => {
  test = await openTestHost();
});
beforeEach(() => {
  pool = new SandboxPool(test.host, {
    maxSandboxes: 2,
    memoryBytes: 2 ** 40,
    maxSpares: 0,
    idleMs: 60_000,
    maxAgeMs: 600_000,
    maxRuns: 1000,
  });
});
afterEach(async () => {
  await pool.close();
  expect(await test.leftovers()).toEqual([]);
});

it('python runs a plugin with the standard library at hand, and no shell', async () => {
  const bundle = await writeBundle({ 'main.py': PYTHON });
  try {
    const result = await pool.run(
      planFor(bundle.dir, { runtime: 'python', entry: 'main.py' }),
      { tool: 'look', input: {} },
      never,
    );
    expect(result).toMatchObject({ outcome: 'succeeded', output: { shell: false, uid: 65_532, sum: '2d71' } });
  } finally {
    await bundle.remove();
  }
});

it('native runs a static executable, and nothing else is there', async () => {
  const built = await mkdtemp(join(tmpdir(), 'paddock-go-'));
  onTestFinished(() => rm(built, { recursive: true, force: true }));
  await chmod(built, 0o755);
  await writeFile(join(built, 'main.go'), GO);
  await promisify(execFile)('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', 'plugin', 'main.go'], {
    cwd: built,
    env: { ...process.env, CGO_ENABLED: '0' },
  });
  const plan = planFor(built, { runtime: 'native', entry: 'plugin' });
  const result = await pool.run(plan, { tool: 'look', input: {} }, never);
  expect(result).toMatchObject({ outcome: 'succeeded', output: { shell: false, uid: 65_532 } });
}, 300_000);

it('a host tells which runtimes it has, and starts none of the others', async () => {
  expect(await test.host.runtimes()).toEqual(['node', 'python', 'native']);
  const { node } = test.options.images;
  const missing = `sha256:${'0'.repeat(64)}`;
  const host = await openSandboxHost({ ...test.options, images: { node, native: missing } });
  expect(await host.runtimes()).toEqual(['node']);
  const spec = { ...planFor('/tmp', { runtime: 'python', entry: 'main.py' }), lifeMs: 60_000 };
  await expect(host.start(spec)).rejects.toMatchObject({ code: 'no_eligible_executor' });
});
