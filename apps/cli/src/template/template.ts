/** What `paddock init` writes: a plugin that greets, in the language that is asked for. */
import { MANIFEST_PATH, type Runtime, splitPluginName } from '@paddock/contracts';
import { goFiles } from './go.js';
import { nodeFiles } from './node.js';
import { pythonFiles } from './python.js';

export const LANGUAGES = ['node', 'python', 'go'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One language's part: what runs it, and its files beside the manifest. */
export interface Template {
  readonly runtime: Runtime;
  readonly entry: string;
  readonly files: Readonly<Record<string, string>>;
  /** What has to be done before it can be packed, if anything. */
  readonly build?: string;
  /** For the README: how the plugin becomes a bundle. */
  readonly packing: string;
}

const TEMPLATES: Readonly<Record<Language, () => Template>> = { node: nodeFiles, python: pythonFiles, go: goFiles };

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
/** The verifier tries it before the version is accepted. */
const EXAMPLE = { input: { name: 'Ada' }, output: { greeting: 'Hello, Ada!' } };
const DESCRIPTION = 'Greets whoever is named.';

/** The files of a new plugin by their paths in its folder, and the command that builds it, if it needs one. */
export function templateFiles(
  fullName: string,
  language: Language,
): { files: Record<string, string>; build: string | undefined } {
  const { runtime, entry, files, build, packing } = TEMPLATES[language]();
  const manifest = {
    name: fullName,
    version: '0.1.0',
    description: DESCRIPTION,
    runtime,
    entry,
    tools: [{ name: 'greet', description: DESCRIPTION, inputSchema: INPUT, outputSchema: OUTPUT, examples: [EXAMPLE] }],
  };
  return {
    build,
    files: {
      [MANIFEST_PATH]: `${JSON.stringify(manifest, null, 2)}\n`,
      ...files,
      'README.md': readme(fullName, build, packing),
    },
  };
}

function readme(fullName: string, build: string | undefined, packing: string): string {
  const { name } = splitPluginName(fullName);
  return `# ${fullName}

${DESCRIPTION}

| Tool | Input | Output |
|---|---|---|
| \`greet\` | \`{ "name": "Ada" }\` | \`{ "greeting": "Hello, Ada!" }\` |

## Try it

\`\`\`sh
${build === undefined ? '' : `${build}\n`}paddock keygen --out ~/${name}.pem --register ${name}   # once
paddock publish --key ~/${name}.pem
paddock install ${fullName}
paddock run ${fullName} greet --input '{"name":"Ada"}'
\`\`\`

${packing}
`;
}
