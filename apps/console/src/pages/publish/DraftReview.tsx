import { Badge, Button, FileInput, Group, Progress, Spoiler, Stack, Text, Title } from '@mantine/core';
import type { Version } from '@paddock/client';
import { useState } from 'react';
import { useUploadVersion } from '../../api/versions.js';
import { CapabilityList } from '../../components/CapabilityList.js';
import { FileTable } from '../../components/FileTable.js';
import { formatBytes } from '../../components/format.js';
import { Hash } from '../../components/Hash.js';
import { Json } from '../../components/Json.js';
import { Problem } from '../../components/Problem.js';
import { Section } from '../../components/Section.js';
import { SignerList } from '../../components/SignerList.js';
import { Stats } from '../../components/Stats.js';
import type { Draft } from '../../signing/draft.js';

interface DraftReviewProps {
  draft: Draft;
  onBack: () => void;
  onUploaded: (version: Version) => void;
}

/** What would be uploaded, shown before it is. */
export function DraftReview({ draft, onBack, onUploaded }: DraftReviewProps) {
  const [sent, setSent] = useState(0);
  const [provenance, setProvenance] = useState<File | null>(null);
  const upload = useUploadVersion(setSent);
  const { plugin, version, manifest, files, leftOut, sha256, keyIds, bundle } = draft;
  return (
    <Stack gap="xl">
      <Section title="Ready to upload">
        <Group gap="sm">
          <Title order={3}>{plugin}</Title>
          <Badge color="gray">{version}</Badge>
          <Badge color="moss">signed</Badge>
        </Group>
        <Text size="sm">{manifest.description}</Text>
        <Stats
          items={[
            ['Bundle', formatBytes(bundle.size)],
            ['Files', files.length],
            ['Tools', manifest.tools.length],
            ['Signed with', <SignerList key="signers" signers={keyIds.map((keyId) => ({ type: 'key', keyId }))} />],
          ]}
        />
        <Stack gap={2}>
          <Text size="xs" c="dimmed">
            sha256 of the bundle
          </Text>
          <Hash value={sha256} label="the sha256" />
        </Stack>
        <FileInput
          label="Provenance"
          description="SLSA provenance, if its build left one. It is checked and shown, and says nothing of safety."
          placeholder="None"
          accept=".json,.jsonl,.sigstore"
          value={provenance}
          onChange={setProvenance}
          disabled={upload.isPending}
          clearable
          maw={420}
        />
        {upload.isPending ? (
          <Stack gap={4} role="status">
            <Progress.Root size="lg">
              <Progress.Section value={sent * 100} aria-label="Upload" />
            </Progress.Root>
            <Text size="xs" c="dimmed">
              {sent < 1 ? `${Math.round(sent * 100)} % sent` : 'Sent. The registry checks the signature.'}
            </Text>
          </Stack>
        ) : null}
        <Problem error={upload.error} />
        <Group>
          <Button
            loading={upload.isPending}
            onClick={() => upload.mutate({ ...draft, provenance }, { onSuccess: onUploaded })}
          >
            Upload {formatBytes(bundle.size)}
          </Button>
          <Button variant="subtle" color="gray" disabled={upload.isPending} onClick={onBack}>
            Choose something else
          </Button>
        </Group>
      </Section>
      <Section title="What it asks for" lead="Tenants decide on each of these.">
        <CapabilityList declared={manifest.capabilities} />
      </Section>
      <Section
        title="Files"
        flush
        lead={
          leftOut.length === 0
            ? undefined
            : `Left out: ${leftOut.slice(0, 8).join(', ')}${leftOut.length > 8 ? ` and ${leftOut.length - 8} more` : ''}.`
        }
      >
        <FileTable files={files} />
      </Section>
      <Section title="plugin.json">
        <Spoiler maxHeight={220} showLabel="Show all of it" hideLabel="Show less">
          <Json value={manifest} label="plugin.json" />
        </Spoiler>
      </Section>
    </Stack>
  );
}
