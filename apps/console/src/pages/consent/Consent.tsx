import { Button, Checkbox, Group, Radio, Select, Stack, Text } from '@mantine/core';
import type { Install } from '@paddock/client';
import { effectiveLimits, ISOLATION_LEVELS } from '@paddock/contracts';
import { type SubmitEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useCreateInstall } from '../../api/installs.js';
import { type Manifest, type PluginDetails, usePlugin } from '../../api/plugins.js';
import { useVersion, useVersionAbilities } from '../../api/versions.js';
import { AbilityTable } from '../../components/AbilityTable.js';
import { capabilityItems, grantsOf } from '../../components/capabilities.js';
import { DeprecationNotice } from '../../components/DeprecationNotice.js';
import { LimitList } from '../../components/LimitList.js';
import { Loaded } from '../../components/Loaded.js';
import { Page } from '../../components/Page.js';
import { Problem } from '../../components/Problem.js';
import { LinkButton } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { UpgradeSelect } from '../../components/UpgradeSelect.js';

/** Where a tenant grants a plugin exactly what it chooses. */
export function Consent() {
  const { publisher = '', name = '' } = useParams();
  return (
    <Loaded query={usePlugin(publisher, name)}>
      {(details) => <ChosenVersion key={details.plugin} details={details} />}
    </Loaded>
  );
}

/** Consent is about one version: what another declares is asked anew. */
function ChosenVersion({ details }: { details: PluginDetails }) {
  const { plugin, manifest, versions } = details;
  const [version, setVersion] = useState(manifest.version);
  const isShown = version === manifest.version;
  const other = useVersion(isShown ? undefined : versions.find((candidate) => candidate.version === version)?.id);
  const published = versions.find((candidate) => candidate.version === version);
  const deprecation = published?.deprecation ?? null;
  const abilities = useVersionAbilities(published?.id);
  const chosen = isShown
    ? { data: manifest, error: null }
    : { data: other.data?.manifest ?? undefined, error: other.error };
  return (
    <Page
      title={`Install ${plugin}`}
      lead="It gets what you select here and nothing else. What you don’t grant is refused while it runs, and the attempt stands in your audit trail."
    >
      {versions.length > 1 ? (
        <Select
          label="Version"
          data={versions.map((each) => each.version)}
          value={version}
          onChange={(next) => setVersion(next ?? version)}
          allowDeselect={false}
          maw={240}
        />
      ) : null}
      {deprecation === null ? null : <DeprecationNotice deprecation={deprecation} />}
      <Section
        title="What it can do"
        lead="As its code shows it, as it says itself, and as it was seen in a sandbox before it was accepted."
      >
        <Loaded query={abilities}>{({ items }) => <AbilityTable items={items} />}</Loaded>
      </Section>
      {/* What is granted waits for what there is to read, which else would push it from under the pointer. */}
      {abilities.isLoading ? null : (
        <Loaded query={chosen}>{(its) => <ConsentForm key={version} plugin={plugin} manifest={its} />}</Loaded>
      )}
    </Page>
  );
}

const ISOLATIONS: { value: Install['isolation']; label: string; description: string }[] = [
  {
    value: 'install',
    label: 'Keep a sandbox warm for this install',
    description: 'Faster. Runs of this install may follow each other in one sandbox, which no other install ever gets.',
  },
  {
    value: 'run',
    label: 'A new sandbox for each run',
    description: 'Slower to start. Nothing of one run can be there in the next.',
  },
];

const LEVELS: Record<Install['minIsolation'], string> = {
  L1: 'L1: a locked-down container',
  L2: 'L2: and a user namespace and a security module',
  L3: 'L3: and a kernel of its own (gVisor)',
};

function ConsentForm({ plugin, manifest }: { plugin: string; manifest: Manifest }) {
  const items = capabilityItems(manifest.capabilities);
  const [granted, setGranted] = useState<readonly string[]>([]);
  const [isolation, setIsolation] = useState<Install['isolation']>('install');
  const [minIsolation, setMinIsolation] = useState(manifest.minIsolation);
  const [upgradePolicy, setUpgradePolicy] = useState<Install['upgradePolicy']>('none');
  const create = useCreateInstall();
  const navigate = useNavigate();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const grants = grantsOf(items.filter(({ id }) => granted.includes(id)));
    create.mutate(
      { plugin, version: manifest.version, grants, isolation, minIsolation, upgradePolicy },
      { onSuccess: (install) => navigate(`/installs/${install.id}`) },
    );
  };
  const toggle = (id: string) =>
    setGranted((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before, id]));
  return (
    <form onSubmit={submit} aria-label="Consent">
      <Stack gap="xl">
        <Section
          title="What you grant"
          lead={
            items.length === 0
              ? undefined
              : 'Nothing is selected for you. Some tools may not work without what they ask for.'
          }
        >
          {items.length === 0 ? (
            <Text size="sm">
              {plugin} asks for nothing: it computes with what you give it, without network, stored data or secrets.
            </Text>
          ) : null}
          <Stack gap="sm" role="group" aria-label="Capabilities">
            {items.map(({ id, title, meaning }) => (
              <div key={id} className="consent">
                <Checkbox
                  label={title}
                  description={meaning}
                  checked={granted.includes(id)}
                  onChange={() => toggle(id)}
                />
              </div>
            ))}
          </Stack>
        </Section>
        <Section title="Isolation">
          <Radio.Group
            value={isolation}
            onChange={(value) => setIsolation(value === 'run' ? 'run' : 'install')}
            aria-label="Isolation"
          >
            <Stack gap="sm">
              {ISOLATIONS.map((option) => (
                <div key={option.value} className="consent">
                  <Radio {...option} />
                </div>
              ))}
            </Stack>
          </Radio.Group>
          <Select
            label="Weakest isolation to run at"
            description="A run that finds no executor with it is refused, never run at a weaker one."
            data={ISOLATION_LEVELS.filter((level) => level >= manifest.minIsolation).map((level) => ({
              value: level,
              label: LEVELS[level],
            }))}
            value={minIsolation}
            onChange={(next) => setMinIsolation(next ?? minIsolation)}
            allowDeselect={false}
            maw={420}
            mt="md"
          />
        </Section>
        <Section title="Upgrades">
          <UpgradeSelect value={upgradePolicy} onChange={setUpgradePolicy} />
        </Section>
        <Section title="Limits of a run" lead="A run that goes beyond one of these is ended.">
          <LimitList limits={effectiveLimits(manifest.limits, {})} />
        </Section>
        <Problem error={create.error} />
        <Group>
          <Button type="submit" size="md" loading={create.isPending}>
            {summary(granted.length, items.length)}
          </Button>
          <LinkButton to={`/plugins/${plugin}`} variant="subtle" color="gray" size="md">
            Back
          </LinkButton>
        </Group>
      </Stack>
    </form>
  );
}

/** The button says what pressing it does. */
function summary(granted: number, asked: number): string {
  if (asked === 0) return 'Install';
  if (granted === 0) return 'Install and grant nothing';
  return granted === asked ? `Install and grant all ${asked}` : `Install and grant ${granted} of ${asked}`;
}
