/** What a plugin and the packages in it say of their licences, in the terms of SPDX: https://spdx.org/licenses/ */
import type { Finding } from '@paddock/contracts';
import parse from 'spdx-expression-parse';
import type { Component } from './component.js';

const MAX_NAMED = 10;

/** Whether it is an expression of SPDX's identifiers. */
export function isExpression(license: string): boolean {
  try {
    parse(license);
    return true;
  } catch {
    return false;
  }
}

/** A component's licence as CycloneDX has it; nothing where none is stated. */
export function licensesOf(license: string | null | undefined): { licenses?: unknown[] } {
  if (license === null || license === undefined) return {};
  if (!isExpression(license)) return { licenses: [{ license: { name: license } }] };
  return { licenses: [/^[A-Za-z0-9.-]+$/.test(license) ? { license: { id: license } } : { expression: license }] };
}

/** npm's word for a package that nobody else may use. */
const forbids = (license: string | null | undefined): boolean => license?.trim().toUpperCase() === 'UNLICENSED';

/** @param license the manifest's; a plugin that states none claims nothing, and is no finding */
export function licenseFindings(license: string | undefined, components: readonly Component[]): Finding[] {
  const closed = components.filter((component) => forbids(component.license)).map(({ name }) => name);
  const findings: Finding[] = [];
  if (forbids(license)) findings.push(finding('license-forbids', 'Its manifest gives nobody a licence to use it.'));
  else if (license !== undefined && !isExpression(license))
    findings.push({
      ...finding('license-unclear', `Its manifest’s licence is no SPDX expression: ${license}`),
      suggestion: 'Use an identifier of SPDX’s list, such as MIT or Apache-2.0, or an expression of them.',
    });
  if (closed.length > 0)
    findings.push({
      ...finding('license-forbids', `Packages in it give nobody a licence: ${closed.slice(0, MAX_NAMED).join(', ')}`),
      suggestion: 'Ask their owners, or leave them out.',
    });
  return findings;
}

/** It never decides: a licence is between people. */
const finding = (rule: string, message: string): Finding => ({
  ...{ rule, severity: 'low', message },
  ...{ file: null, line: null, excerpt: null },
});
