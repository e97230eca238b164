/** The components as a CycloneDX 1.6 document: https://cyclonedx.org/docs/1.6/json/ */
import type { Component } from './component.js';
import { licensesOf } from './licenses.js';

const TYPES = { npm: 'npm', PyPI: 'pypi', Go: 'golang' } as const;

/** The package URL by which other tools know a component. */
export function packageUrl({ ecosystem, name, version }: Pick<Component, 'ecosystem' | 'name' | 'version'>): string {
  const path = name.split('/').map(encodeURIComponent).join('/');
  return `pkg:${TYPES[ecosystem]}/${path}@${encodeURIComponent(version)}`;
}

/**
 * @param of the version that the components are a part of
 * @param sha256 of its bundle
 * @param components each of them once
 */
export function sbomDocument(
  of: { plugin: string; version: string; license: string | undefined },
  sha256: string,
  components: readonly Component[],
): Record<string, unknown> {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': `sha256:${sha256}`,
        name: of.plugin,
        version: of.version,
        ...licensesOf(of.license),
        hashes: [{ alg: 'SHA-256', content: sha256 }],
      },
    },
    components: components.map((component) => ({
      type: 'library',
      'bom-ref': packageUrl(component),
      name: component.name,
      version: component.version,
      scope: component.development ? 'excluded' : 'required',
      purl: packageUrl(component),
      ...licensesOf(component.license),
      properties: [{ name: 'paddock:file', value: component.file }],
    })),
  };
}
