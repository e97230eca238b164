/** Visits every node of a syntax tree of ESTree's form, of whatever kind, parents first. */
import type { AnyNode } from 'acorn';

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** @param visit is given a node and its ancestors, outermost first, itself last. @throws RangeError when it nests too deep */
export function walk(root: AnyNode, visit: (node: AnyNode, ancestors: readonly AnyNode[]) => void): void {
  const ancestors: AnyNode[] = [];
  const go = (node: AnyNode): void => {
    ancestors.push(node);
    visit(node, ancestors);
    const properties = node as unknown as Record<string, unknown>;
    for (const key of Object.keys(properties)) {
      const value = properties[key];
      if (typeof value !== 'object' || value === null || key === 'loc') continue;
      if (Array.isArray(value)) {
        for (const each of value) if (isNode(each)) go(each);
      } else if (isNode(value)) go(value);
    }
    ancestors.pop();
  };
  go(root);
}
