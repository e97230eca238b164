import { Stack, Text } from '@mantine/core';
import type { Version } from '@paddock/client';
import { Hash } from './Hash.js';

/** Those whose signatures on a version count. */
export function SignerList({ signers }: { signers: Version['signers'] }) {
  return (
    <Stack gap={4}>
      {signers.map((signer) =>
        signer.type === 'key' ? (
          <Hash key={signer.keyId} value={signer.keyId} label="the key’s id" short />
        ) : (
          <Text key={signer.identity} size="sm" title={`by Sigstore; issuer ${signer.issuer}`}>
            {signer.identity}
          </Text>
        ),
      )}
    </Stack>
  );
}
