import { Select } from '@mantine/core';
import { UPGRADE_POLICIES } from '@paddock/contracts';
import type { UpgradePolicy } from '../api/installs.js';

export const UPGRADES: Record<UpgradePolicy, string> = {
  none: 'It stays at its version',
  fixes: 'It leaves a version that is flagged or taken back, for a newer one that asks for no more',
  compatible: 'It takes newer versions that ask for no more',
};

interface UpgradeSelectProps {
  value: UpgradePolicy;
  onChange: (policy: UpgradePolicy) => void;
  disabled?: boolean;
}

/** How an install is upgraded by itself. */
export function UpgradeSelect({ value, onChange, disabled = false }: UpgradeSelectProps) {
  return (
    <Select
      label="When there are newer versions"
      data={UPGRADE_POLICIES.map((policy) => ({ value: policy, label: UPGRADES[policy] }))}
      value={value}
      onChange={(next) => {
        if (next !== null && next !== value) onChange(next);
      }}
      allowDeselect={false}
      disabled={disabled}
      maw={620}
    />
  );
}
