import { Select } from '@mantine/core';
import { RUN_STATES } from '@paddock/contracts';
import { useState } from 'react';
import { type RunState, useRuns } from '../../api/runs.js';
import { formatState } from '../../components/format.js';
import { Page } from '../../components/Page.js';
import { PagedItems } from '../../components/PagedItems.js';
import { RunTable } from '../../components/RunTable.js';
import { Section } from '../../components/Section.js';

export function Runs() {
  const [state, setState] = useState<RunState | null>(null);
  const list = useRuns(state === null ? {} : { state });
  return (
    <Page
      title="Runs"
      lead="Every call of a tool, with what it used. Figures come from the sandbox’s own accounting, never from the plugin."
    >
      <Section
        title="Your runs"
        flush
        actions={
          <Select
            aria-label="State"
            placeholder="Every state"
            size="xs"
            clearable
            data={RUN_STATES.map((each) => ({ value: each, label: formatState(each) }))}
            value={state}
            onChange={(chosen) => setState(RUN_STATES.find((each) => each === chosen) ?? null)}
          />
        }
      >
        <PagedItems
          list={list}
          flush
          empty={{ title: state === null ? 'No runs yet' : `No run is ${formatState(state)}` }}
        >
          {(runs) => <RunTable runs={runs} />}
        </PagedItems>
      </Section>
    </Page>
  );
}
