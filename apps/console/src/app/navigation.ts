/** The pages that a session's role makes sense of. What a key may really do is decided by the API. */
import type { Session } from '../api/session.js';

export interface NavigationGroup {
  readonly title: string;
  readonly links: readonly { readonly to: string; readonly label: string }[];
}

export function navigationFor({
  me,
  isAdmin,
  canAudit,
}: Pick<Session, 'me' | 'isAdmin' | 'canAudit'>): NavigationGroup[] {
  const { platformAdmin, organization } = me;
  const audit = canAudit ? [{ to: '/audit', label: 'Audit trail' }] : [];
  const platform = {
    title: 'Platform',
    links: [
      { to: '/review', label: 'Review' },
      { to: '/reports', label: 'Reports' },
      ...audit,
      { to: '/executors', label: 'Executors' },
    ],
  };
  const use = {
    title: 'Use',
    links: [
      { to: '/catalogue', label: 'Catalogue' },
      { to: '/installs', label: 'Installs' },
      { to: '/runs', label: 'Runs' },
      ...(organization.platform ? [] : [{ to: '/reports', label: 'My reports' }]),
    ],
  };
  const publish = {
    title: 'Publish',
    links: [
      ...(isAdmin ? [{ to: '/publish', label: 'Publish' }] : []),
      { to: '/versions', label: organization.platform ? 'All versions' : 'My versions' },
    ],
  };
  if (platformAdmin) return [platform, use, publish];
  return [use, publish, ...(audit.length === 0 ? [] : [{ title: 'Prove', links: audit }])];
}

/** Where a session begins. */
export const homeOf = ({ me }: Pick<Session, 'me'>): string => (me.platformAdmin ? '/review' : '/catalogue');
