/** The shapes of the names that people choose. Nothing here reads a store. */
import semver from 'semver';
import { z } from 'zod';

/** An organization's slug, and so the publisher's half of a plugin's name. */
export const OrganizationSlug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?$/, 'lower-case letters, digits and inner hyphens, 1 to 39 characters');

/** The plugin's half of its name. */
export const PluginName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'lower-case letters, digits and inner hyphens, 1 to 64 characters');

/** `publisher/name`. */
export const PluginFullName = z
  .string()
  .max(104)
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?\/[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
    'publisher/name, both in lower-case letters, digits and inner hyphens',
  );

/** A strict semver 2.0.0 version without build metadata, which would make two names for one precedence. */
export const SemVer = z
  .string()
  .max(64)
  .refine(
    (v) => semver.parse(v)?.version === v,
    'a semver 2.0.0 version such as 1.4.0 or 2.0.0-beta.1, without build metadata',
  );

/** `publisher/name`, or `publisher/name@version`. */
export const PluginReference = z.string().refine((text) => {
  const [name, version, ...more] = text.split('@');
  return (
    more.length === 0 &&
    PluginFullName.safeParse(name).success &&
    (version === undefined || SemVer.safeParse(version).success)
  );
}, 'publisher/name or publisher/name@version');

/** A tool's name, as the Model Context Protocol allows it. */
export const ToolName = z
  .string()
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}$/, 'letters, digits, _, - and inner or final dots, 1 to 128 characters');

/** Lower-case hexadecimal sha256. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits');

/** Splits `publisher/name`; the input must have passed {@link PluginFullName}. */
export function splitPluginName(fullName: string): { publisher: string; name: string } {
  const slash = fullName.indexOf('/');
  return { publisher: fullName.slice(0, slash), name: fullName.slice(slash + 1) };
}
