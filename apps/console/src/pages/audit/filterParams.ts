/** The audit trail's filters as they stand in the page's address. */
import { AuditEventName } from '@paddock/contracts';
import type { AuditFilter } from '../../api/audit.js';

export function filterFromParams(params: URLSearchParams): AuditFilter {
  const event = AuditEventName.safeParse(params.get('event'));
  const text = (name: 'organizationId' | 'subjectId' | 'from' | 'to') => {
    const value = params.get(name)?.trim();
    return value === undefined || value === '' ? {} : { [name]: value };
  };
  return {
    ...(event.success ? { event: event.data } : {}),
    ...text('organizationId'),
    ...text('subjectId'),
    ...text('from'),
    ...text('to'),
  };
}

export const paramsFromFilter = (filter: AuditFilter): URLSearchParams => new URLSearchParams(Object.entries(filter));

/** A moment as `<input type="datetime-local">` has it, in this browser's zone, to the second. */
export function toLocalInput(iso: string | undefined): string {
  if (iso === undefined || Number.isNaN(Date.parse(iso))) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** Undefined for an empty or unfinished input. */
export function fromLocalInput(local: string): string | undefined {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
