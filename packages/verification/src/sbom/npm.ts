/** The packages that npm's, Yarn's and pnpm's lock files and installed packages name. */
import { z } from 'zod';
import type { Named } from './component.js';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

/** An expression; old packages have an object, or a list of them. */
const Stated = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);
const Package = z.object({
  ...{ name: text, version: text, dev: flag, link: flag },
  license: Stated.optional().catch(undefined),
  licenses: z
    .array(Stated)
    .transform((several) => (several.length > 1 ? `(${several.join(' OR ')})` : several[0]))
    .optional()
    .catch(undefined),
});

interface OldEntry {
  version?: string | undefined;
  dev?: boolean | undefined;
  dependencies?: Record<string, OldEntry> | undefined;
}
const OldEntry: z.ZodType<OldEntry> = z.object({
  version: text,
  dev: flag,
  get dependencies() {
    return z.record(z.string(), OldEntry).optional();
  },
});

const Lock = z.object({
  packages: z.record(z.string(), Package).optional(),
  dependencies: z.record(z.string(), OldEntry).optional(),
});

/** package-lock.json and npm-shrinkwrap.json, of lockfileVersion 1 to 3. @throws when it is none */
export function packageLock(content: string): Named[] {
  const { packages, dependencies } = Lock.parse(JSON.parse(content));
  if (packages === undefined) return oldEntries(dependencies ?? {});
  return Object.entries(packages).flatMap(([path, { name, version, license, dev = false, link = false }]) => {
    const at = path.lastIndexOf('node_modules/');
    if (at === -1 || link || version === undefined) return [];
    return [{ name: name ?? path.slice(at + 'node_modules/'.length), version, development: dev, license }];
  });
}

function oldEntries(entries: Record<string, OldEntry>): Named[] {
  return Object.entries(entries).flatMap(([name, { version, dev = false, dependencies }]) => {
    const alias = /^npm:(.+)@([^@]+)$/.exec(version ?? '');
    const own = { name: alias?.[1] ?? name, version: alias?.[2] ?? version, development: dev };
    return [
      ...(own.version === undefined ? [] : [{ ...own, version: own.version }]),
      ...oldEntries(dependencies ?? {}),
    ];
  });
}

/** An installed package's package.json. @throws when it is none */
export function packageJson(content: string): Named[] {
  const { name, version, license, licenses } = Package.parse(JSON.parse(content));
  return name === undefined || version === undefined ? [] : [{ name, version, license: license ?? licenses }];
}

const Source = z.object({ from: z.literal('npm'), package: Package, packages: z.array(Package) });

/** What `paddock pack --npm` has made few files of. @throws when it is no such list */
export function paddockSource(content: string): Named[] {
  const { package: own, packages } = Source.parse(JSON.parse(content));
  return [own, ...packages].flatMap(({ name, version, license }) =>
    name === undefined || version === undefined ? [] : [{ name, version, license }],
  );
}

/** yarn.lock of Yarn 1 and of later ones, whose entries differ in quotes and colons only. */
export function yarnLock(content: string): Named[] {
  const found: Named[] = [];
  let name: string | undefined;
  for (const line of content.split('\n')) {
    if (/^\S.*:\s*$/.test(line)) name = /^"?((?:@[^@/]+\/)?[^@/"\s]+)@(?!workspace:)/.exec(line)?.[1];
    const version = /^\s+version:?\s+"?([^"\s]+)"?/.exec(line)?.[1];
    if (version === undefined || name === undefined) continue;
    found.push({ name, version });
    name = undefined;
  }
  return found;
}

/** pnpm-lock.yaml, whose keys `name@version` or `/name/version` name the packages. */
export function pnpmLock(content: string): Named[] {
  const keys = content.matchAll(/^ {2}['"]?\/?((?:@[\w.~-]+\/)?[\w.~-]+)[@/](\d[\w.+-]*)(?:\([^\n]*\))?['"]?:/gm);
  return [...keys].map(([, name = '', version = '']) => ({ name, version }));
}
