/** The tools of versions, with their input schemas compiled. A version never changes, so what is kept stays true. */
import { compileSchema, Manifest, PaddockError, type SchemaCheck, type ToolDeclaration } from '@paddock/contracts';

const KEPT_VERSIONS = 1000;

export interface ToolSchemas {
  /**
   * Checks that the version has the tool and that the input fits it.
   *
   * @param loadManifest reads the version's manifest; called only when the version is not known yet.
   * @throws PaddockError `tool_unknown` or `input_invalid`
   */
  check(versionId: string, tool: string, input: unknown, loadManifest: () => Promise<unknown>): Promise<void>;
}

export function createToolSchemas(): ToolSchemas {
  const versions = new Map<string, Map<string, () => SchemaCheck>>();
  return {
    async check(versionId, tool, input, loadManifest) {
      let tools = versions.get(versionId);
      if (tools === undefined) {
        const manifest = Manifest.parse(await loadManifest());
        tools = new Map(manifest.tools.map((declaration) => [declaration.name, compileOnce(declaration)]));
        if (versions.size >= KEPT_VERSIONS) versions.delete(versions.keys().next().value as string);
        versions.set(versionId, tools);
      }
      const check = tools.get(tool);
      if (check === undefined) throw new PaddockError('tool_unknown');
      const issues = check()(input);
      if (issues.length > 0)
        throw new PaddockError('input_invalid', undefined, {
          issues: issues.map(({ path, message }) => ({ path: `/body/input${path === '/' ? '' : path}`, message })),
        });
    },
  };
}

function compileOnce({ inputSchema }: ToolDeclaration): () => SchemaCheck {
  let compiled: SchemaCheck | undefined;
  return () => {
    compiled ??= compileSchema(inputSchema);
    return compiled;
  };
}
