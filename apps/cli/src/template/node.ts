import type { Template } from './template.js';

const MAIN = `import { readFileSync } from 'node:fs';
import { definePlugin, ToolError } from '@paddock/plugin-sdk';

// The manifest is the one place where tools and their schemas are declared; here stands what they do.
const manifest = JSON.parse(readFileSync(new URL('./plugin.json', import.meta.url), 'utf8'));

const handlers = {
  greet({ name }, { log }) {
    if (name.trim() === '') throw new ToolError('name_empty', 'There is nobody to greet.');
    log.info('greeting', { name });
    return { greeting: \`Hello, \${name.trim()}!\` };
  },
};

definePlugin({
  name: manifest.name,
  version: manifest.version,
  tools: manifest.tools.map((tool) => ({ ...tool, handler: handlers[tool.name] })),
});
`;

export const nodeFiles = (): Template => ({
  runtime: 'node',
  entry: 'main.mjs',
  files: { 'main.mjs': MAIN },
  packing: `\`paddock pack\` puts \`main.mjs\` and the packages that it imports into one file. The SDK comes with the command; any other
package is to be installed in this folder first (\`npm install <package>\`).`,
});
