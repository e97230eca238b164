/** The packages that Python's lock files and installed packages name. Names are normalized as PEP 503 says. */
import { z } from 'zod';
import type { Named } from './component.js';

const normalize = (name: string) => name.replace(/[-_.]+/g, '-').toLowerCase();

const named = (name: string, version: string, development = false): Named => ({
  name: normalize(name),
  version,
  development,
});

/** The lines of a requirements file that pin one version. */
export function requirements(content: string): Named[] {
  const pins = content.matchAll(
    /^[ \t]*([A-Za-z0-9][\w.-]*)[ \t]*(?:\[[^\]\n]*\])?[ \t]*===?[ \t]*([^\s;,#*\\]+)(?!\S)/gm,
  );
  return [...pins].map(([, name = '', version = '']) => named(name, version));
}

/** poetry.lock, uv.lock and pdm.lock: TOML whose `[[package]]` tables begin with name and version. */
export function packageTables(content: string): Named[] {
  return content
    .split(/^\[\[package\]\]\s*$/m)
    .slice(1)
    .flatMap((table) => {
      const own = table.split(/^\[/m)[0] ?? '';
      const name = /^name\s*=\s*["']([^"'\n]+)["']/m.exec(own)?.[1];
      const version = /^version\s*=\s*["']([^"'\n]+)["']/m.exec(own)?.[1];
      const development = /^category\s*=\s*["']dev["']/m.test(own);
      return name === undefined || version === undefined ? [] : [named(name, version, development)];
    });
}

const Pins = z.record(z.string(), z.object({ version: z.string().optional() })).default({});
const Pipfile = z.object({ default: Pins, develop: Pins });

/** Pipfile.lock. @throws when it is none */
export function pipfileLock(content: string): Named[] {
  const { default: runtime, develop } = Pipfile.parse(JSON.parse(content));
  const pinned = (pins: z.infer<typeof Pins>, development: boolean) =>
    Object.entries(pins).flatMap(([name, { version }]) =>
      version?.startsWith('==') ? [named(name, version.slice(2), development)] : [],
    );
  return [...pinned(runtime, false), ...pinned(develop, true)];
}

/** The METADATA of a wheel's dist-info, or the PKG-INFO of an egg: headers as of e-mail. */
export function metadata(content: string): Named[] {
  const headers = content.split(/\r?\n\r?\n/)[0] ?? '';
  const name = /^Name:[ \t]*(\S+)/im.exec(headers)?.[1];
  const version = /^Version:[ \t]*(\S+)/im.exec(headers)?.[1];
  const license = /^License(?:-Expression)?:[ \t]*(\S[^\n\r]*)/im.exec(headers)?.[1];
  return name === undefined || version === undefined ? [] : [{ ...named(name, version), license }];
}
