/** What `paddock init` writes. */
import { MANIFEST_PATH, type Runtime, splitPluginName } from '@paddock/contracts';

const INPUT = {
  type: 'object',
  properties: { name: { type: 'string', maxLength: 100 } },
  required: ['name'],
  additionalProperties: false,
};
const OUTPUT = {
  type: 'object',
  properties: { greeting: { type: 'string' } },
  required: ['greeting'],
  additionalProperties: false,
};
const DESCRIPTION = 'Greets whoever is named.';

/** The files of a new plugin by their paths in its folder. */
export function templateFiles(fullName: string, runtime: Runtime): Record<string, string> {
  const { name } = splitPluginName(fullName);
  const manifest = {
    name: fullName,
    version: '0.1.0',
    description: DESCRIPTION,
    runtime,
    entry: 'main.mjs',
    tools: [{ name: 'greet', description: DESCRIPTION, inputSchema: INPUT, outputSchema: OUTPUT }],
  };
  return {
    [MANIFEST_PATH]: `${JSON.stringify(manifest, null, 2)}\n`,
    'main.mjs': MAIN,
    'README.md': readme(fullName, name),
  };
}

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

const readme = (fullName: string, name: string): string => `# ${fullName}

${DESCRIPTION}

| Tool | Input | Output |
|---|---|---|
| \`greet\` | \`{ "name": "Ada" }\` | \`{ "greeting": "Hello, Ada!" }\` |

## Try it

\`\`\`sh
paddock keygen --out ~/${name}.pem --register ${name}   # once
paddock publish --key ~/${name}.pem
paddock install ${fullName}
paddock run ${fullName} greet --input '{"name":"Ada"}'
\`\`\`

\`paddock pack\` puts \`main.mjs\` and the packages that it imports into one file. The SDK comes with the command; any other
package is to be installed in this folder first (\`npm install <package>\`).
`;
