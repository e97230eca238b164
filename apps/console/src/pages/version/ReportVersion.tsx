import { Select } from '@mantine/core';
import type { Version } from '@paddock/client';
import { REPORT_CATEGORIES, type ReportCategory } from '@paddock/contracts';
import { useState } from 'react';
import { useReportVersion } from '../../api/reports.js';
import { useSession } from '../../api/session.js';
import { formatState } from '../../components/format.js';
import { type Act, ReasonDialog } from '../../components/ReasonDialog.js';

const OUT: readonly Version['state'][] = ['published', 'yanked', 'revoked'];

/** A tenant's word to the admins about somebody else's version. */
export function ReportVersion({ version: { id, plugin, state } }: { version: Version }) {
  const { me, canRun } = useSession();
  const report = useReportVersion(id);
  const [category, setCategory] = useState<ReportCategory>('malware');
  const isOwn = plugin.startsWith(`${me.organization.slug}/`);
  if (isOwn || !canRun || me.organization.platform || !OUT.includes(state)) return null;
  const mutation: Act = {
    error: report.error,
    isPending: report.isPending,
    mutate: (text, options) => report.mutate({ category, text }, options),
  };
  return (
    <ReasonDialog
      label={report.isSuccess ? 'Reported' : 'Report…'}
      question={`Report ${plugin} to the admins?`}
      consequence="Its publisher does not learn of it, nor who you are."
      field="What is wrong with it"
      maxLength={4000}
      action="Report"
      mutation={mutation}
    >
      <Select
        label="Category"
        data={REPORT_CATEGORIES.map((value) => ({ value, label: formatState(value) }))}
        value={category}
        onChange={(value) => setCategory(REPORT_CATEGORIES.find((each) => each === value) ?? 'other')}
        allowDeselect={false}
      />
    </ReasonDialog>
  );
}
