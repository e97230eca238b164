import { useSearchParams } from 'react-router';
import { useAuditEvents } from '../../api/audit.js';
import { Page } from '../../components/Page.js';
import { PagedItems } from '../../components/PagedItems.js';
import { Section } from '../../components/Section.js';
import { AuditFilters } from './AuditFilters.js';
import { AuditTable } from './AuditTable.js';
import { Checkpoint } from './Checkpoint.js';
import { filterFromParams, paramsFromFilter } from './filterParams.js';

/** What happened, who did it, to what. The filters stand in the address, so that a view can be passed on. */
export function Audit() {
  const [params, setParams] = useSearchParams();
  const filter = filterFromParams(params);
  const list = useAuditEvents(filter);
  return (
    <Page
      title="Audit trail"
      lead="Every event is written in the transaction of what it records, then put into a tree whose signed head covers all of it."
    >
      <Checkpoint />
      <AuditFilters key={params.toString()} filter={filter} onApply={(next) => setParams(paramsFromFilter(next))} />
      <Section title="Events" flush>
        <PagedItems list={list} flush empty={{ title: 'No event matches' }}>
          {(events) => (
            <AuditTable events={events} onFilter={(part) => setParams(paramsFromFilter({ ...filter, ...part }))} />
          )}
        </PagedItems>
      </Section>
    </Page>
  );
}
