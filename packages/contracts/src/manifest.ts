/** `plugin.json`: what a plugin says of itself. Unknown keys are refused, so that nothing is believed to hold which does not. */
import { z } from 'zod';
import { Capabilities } from './capabilities.js';
import { IsolationLevel } from './isolation.js';
import { PartialLimits } from './limits.js';
import { PluginFullName, SemVer, ToolName } from './names.js';

/** What a sandbox can execute. */
export const RUNTIMES = ['node', 'python', 'native'] as const;
export const Runtime = z.enum(RUNTIMES);
export type Runtime = z.infer<typeof Runtime>;

/** A path inside the bundle: relative, forward slashes, no empty, `.` or `..` part, printable ASCII. */
export const BundlePath = z
  .string()
  .min(1)
  .max(255)
  .regex(
    /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))(?!.*\/\/)[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/,
    'a relative path of printable ASCII without . or .. parts',
  )
  .refine(
    (path) => !path.startsWith('/') && !path.endsWith('/') && !/[\\:*?"<>|]/.test(path),
    'a relative path with forward slashes',
  );

/** A JSON Schema as it stands in the manifest; {@link compileSchema} in jsonSchema.ts decides whether it is one that we take. */
export const JsonSchemaObject = z.record(z.string(), z.unknown());

/** How a tool is called, and what comes of it. The verifier calls it so, on a host that makes its answers up. */
export const ToolExample = z.strictObject({
  input: z.record(z.string(), z.unknown()),
  /** Left out where it may be another one each time. */
  output: z.unknown().optional(),
});
export type ToolExample = z.infer<typeof ToolExample>;

export const ToolDeclaration = z.strictObject({
  name: ToolName,
  /** Long enough for the servers that explain in it how to use them. */
  description: z.string().min(1).max(10_000),
  inputSchema: JsonSchemaObject,
  outputSchema: JsonSchemaObject.optional(),
  examples: z
    .array(ToolExample)
    .max(8)
    .optional()
    .describe('Calls that the verifier tries before the version is accepted'),
});
export type ToolDeclaration = z.infer<typeof ToolDeclaration>;

export const Manifest = z
  .strictObject({
    name: PluginFullName,
    version: SemVer,
    description: z.string().min(1).max(500),
    license: z.string().max(100).optional(),
    homepage: z
      .url({ protocol: /^https$/ })
      .max(500)
      .optional(),
    runtime: Runtime,
    entry: BundlePath,
    tools: z
      .array(ToolDeclaration)
      .min(1)
      .max(64)
      .refine((tools) => new Set(tools.map((tool) => tool.name)).size === tools.length, 'tool names must differ'),
    capabilities: Capabilities.default({}),
    limits: PartialLimits.default({}),
    minIsolation: IsolationLevel.default('L1'),
  })
  .describe('plugin.json');
export type Manifest = z.infer<typeof Manifest>;

/** The manifest's path in every bundle. */
export const MANIFEST_PATH = 'plugin.json';
