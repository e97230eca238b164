/**
 * What a running plugin lists, beside what its manifest declares: the one place that says what the two have to have in
 * common, for whoever draws a manifest from a plugin and whoever holds a plugin to its manifest.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ToolDeclaration } from '@paddock/contracts';
import type { ListedTool } from './types.js';

/** What a manifest has to declare of a listed tool; titles, annotations and other words for clients are left out. */
export function declarationOf(listed: ListedTool): Record<string, unknown> {
  const { name, title, description, inputSchema, outputSchema } = listed;
  return {
    name,
    // The protocol lets a tool go without a description, and a tenant is to read one.
    description: description || title || name,
    inputSchema,
    ...(outputSchema === undefined ? {} : { outputSchema }),
  };
}

/** The names of the tools that are declared otherwise than listed, or only one of the two. */
export function differingTools(declared: readonly ToolDeclaration[], listed: readonly ListedTool[]): string[] {
  const shown = new Map(listed.map((tool) => [tool['name'], declarationOf(tool)]));
  const differing = declared.filter((tool) => {
    // Examples are the manifest's alone: the protocol has no place for them.
    const { examples: _, ...listing } = tool;
    const same = isDeepStrictEqual(shown.get(tool.name), listing);
    shown.delete(tool.name);
    return !same;
  });
  return [...differing.map((tool) => tool.name), ...[...shown.keys()].map(String)];
}
