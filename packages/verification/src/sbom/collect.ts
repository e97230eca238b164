/** Gathers a bundle's components, file by file, as the scanner reads it. */
import type { BundleFile, Ecosystem, Finding } from '@paddock/contracts';
import { isElf } from '../native/elfFile.js';
import { Component, MAX_COMPONENTS, type Named } from './component.js';
import { goMod, goProgram, vendoredModules } from './go.js';
import { packageJson, packageLock, paddockSource, pnpmLock, yarnLock } from './npm.js';
import { metadata, packageTables, pipfileLock, requirements } from './python.js';

const MiB = 1024 * 1024;
const MAX_TEXT_BYTES = 8 * MiB;

/** Which files name components, and who reads them. */
const SOURCES: readonly [path: RegExp, ecosystem: Ecosystem, read: (content: string) => Named[]][] = [
  [/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, 'npm', packageLock],
  [/(?:^|\/)node_modules\/\.package-lock\.json$/, 'npm', packageLock],
  [/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/, 'npm', packageJson],
  [/^paddock-source\.json$/, 'npm', paddockSource],
  [/(?:^|\/)yarn\.lock$/, 'npm', yarnLock],
  [/(?:^|\/)pnpm-lock\.yaml$/, 'npm', pnpmLock],
  [/(?:^|\/)requirements[^/]*\.txt$/, 'PyPI', requirements],
  [/(?:^|\/)(?:poetry|uv|pdm)\.lock$/, 'PyPI', packageTables],
  [/(?:^|\/)Pipfile\.lock$/, 'PyPI', pipfileLock],
  [/\.dist-info\/METADATA$/, 'PyPI', metadata],
  [/\.egg-info\/PKG-INFO$/, 'PyPI', metadata],
  [/(?:^|\/)go\.mod$/, 'Go', goMod],
  [/(?:^|\/)vendor\/modules\.txt$/, 'Go', vendoredModules],
];

type Listed = Pick<BundleFile, 'path' | 'size'>;

const sourceOf = (path: string) => SOURCES.find(([pattern]) => pattern.test(path));

export class ComponentCollector {
  readonly #components = new Map<string, Component>();
  readonly #findings: Finding[] = [];
  #complete = true;

  /** @param bytes all of the file */
  add(file: Listed, bytes: Uint8Array): void {
    const source = sourceOf(file.path);
    if (source === undefined) {
      if (isElf(bytes)) this.#take(file.path, 'Go', goProgram(bytes));
      return;
    }
    const [, ecosystem, read] = source;
    try {
      if (file.size > MAX_TEXT_BYTES) throw new RangeError('too large');
      this.#take(file.path, ecosystem, read(new TextDecoder().decode(bytes)));
    } catch {
      this.#findings.push(
        found('dependencies-unreadable', 'medium', 'What it depends on can’t be read from this file.', file.path),
      );
    }
  }

  /** Sorted, each once. */
  get components(): Component[] {
    return [...this.#components.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, component]) => component);
  }

  get findings(): Finding[] {
    const many = `It names more than ${MAX_COMPONENTS} packages; the rest was not examined.`;
    return this.#complete ? this.#findings : [...this.#findings, found('dependencies-too-many', 'high', many, null)];
  }

  #take(file: string, ecosystem: Ecosystem, names: readonly Named[]): void {
    for (const { name, version, development = false, license: stated } of names) {
      const license = stated === undefined || stated === '' ? null : stated.slice(0, 200);
      // What has not the form of a name is no package that an advisory could name.
      const component = Component.safeParse({ ecosystem, name, version, development, license, file });
      if (!component.success) continue;
      const key = `${ecosystem}\0${name}\0${version}`;
      const known = this.#components.get(key);
      if (known === undefined && this.#components.size >= MAX_COMPONENTS) this.#complete = false;
      else if (known === undefined) this.#components.set(key, component.data);
      else {
        const merged = { license: known.license ?? license, development: known.development && development };
        this.#components.set(key, { ...(known.development && !development ? component.data : known), ...merged });
      }
    }
  }
}

const found = (rule: string, severity: Finding['severity'], message: string, file: string | null): Finding => ({
  ...{ rule, severity, message, file },
  line: null,
  excerpt: null,
});
