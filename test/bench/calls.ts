/** Synchronous calls of a tool over connections that stay open, with as little work on the caller's side as can be. */
import { Agent, request } from 'node:http';

export interface Calls {
  /** Calls once and waits for the settled run. @returns the CPU time that its sandbox was billed for, in microseconds. */
  call(): Promise<number>;
  close(): void;
}

export interface CallsOptions {
  apiUrl: string;
  apiKey: string;
  installId: string;
  tool: string;
  input: Record<string, unknown>;
}

export function openCalls({ apiUrl, apiKey, installId, tool, input }: CallsOptions): Calls {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const url = new URL(`/v1/installs/${installId}/tools/${tool}/runs`, apiUrl);
  const body = Buffer.from(JSON.stringify({ input }));
  const headers = {
    Authorization: `Bearer ${apiKey}`,
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    Prefer: 'wait=30',
  };
  return {
    call: () =>
      new Promise((resolve, reject) => {
        const sent = request(url, { method: 'POST', agent, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            try {
              resolve(billed(response.statusCode, text));
            } catch (error) {
              reject(error);
            }
          });
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** @throws unless the run succeeded: a benchmark of failures measures something else */
function billed(status: number | undefined, text: string): number {
  const run = JSON.parse(text) as { state?: string; usage?: { cpuUs: number } | null };
  if (status !== 200 || run.state !== 'succeeded')
    throw new Error(`A call was answered with ${status}: ${text.slice(0, 500)}`);
  return run.usage?.cpuUs ?? 0;
}
