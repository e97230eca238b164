/**
 * What `npm run demo`, `npm test` and their like begin with. It checks Node and hands over to launch.mjs.
 * Written in the oldest JavaScript that a Node with modules reads, so that an old one answers with a sentence, not a riddle.
 */
import { spawnSync } from 'node:child_process';
import { sep } from 'node:path';

const NEEDED = [20, 19];

// node_modules/.bin holds a program called node (the sandboxes' runtime), and npm puts that folder first on the PATH.
const ours = process.execPath.indexOf(`${sep}node_modules${sep}`) >= 0;
const node = (ours && process.env.npm_node_execpath) || process.execPath;
const version = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout.trim();
const [major, minor] = version.split('.').map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(`Paddock needs Node ${NEEDED.join('.')} or newer, and this is ${version}: see https://nodejs.org`);
  process.exit(1);
}
void import('./launch.mjs').then(({ launch }) => launch(node, process.argv.slice(2)));
