/** A way to the engine that can be cut, as when executor or engine are lost. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function openProxy(engineSocket: string): Promise<{ socketPath: string; cut: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-proxy-'));
  const socketPath = join(folder, 'engine.sock');
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(engineSocket);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const cut = async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await rm(folder, { recursive: true, force: true });
  };
  return { socketPath, cut };
}
