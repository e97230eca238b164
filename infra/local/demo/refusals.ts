/** A chapter of uploads that are refused before anybody reads what is in them. */
import type { PackedFolder } from '@paddock/cli';
import type { Upload } from '@paddock/client';
import type { ErrorCode } from '@paddock/contracts';
import type { Organization, Play } from './cast.js';
import { packNext, refusal, registerKey, signed, upload } from './publish.js';
import { must } from './steps.js';

interface Attempt {
  title: string;
  publisher: Organization;
  what: Upload;
  expected: ErrorCode;
}

export async function refuseUploads(play: Play): Promise<void> {
  const { steps, acme, mallory, refusals } = play;
  const acmeKey = await registerKey(play, acme);
  const malloryKey = await registerKey(play, mallory);
  const packed = await steps.step(
    'acme packs the next version of markdown',
    () => packNext(play, acme, 'honest/markdown'),
    ({ manifest }) => manifest.version,
  );
  const attempts: Attempt[] = [
    {
      title: 'Somebody changes one byte of it after acme has signed',
      publisher: acme,
      what: { ...(await signed(packed, acmeKey)), bundle: new Blob([withOneByteChanged(packed)]) },
      expected: 'statement_digest_mismatch',
    },
    {
      title: 'It is signed with mallory’s key',
      publisher: acme,
      what: await signed(packed, malloryKey),
      expected: 'signature_key_unknown',
    },
    {
      title: 'mallory signs it as acme’s, and uploads it',
      publisher: mallory,
      what: await signed(packed, malloryKey),
      expected: 'statement_name_mismatch',
    },
  ];
  for (const { title, publisher, what, expected } of attempts) {
    await steps.step(
      title,
      async () => {
        const { code } = await refusal(() => upload(play, publisher, what));
        must(code === expected, `it was refused as ${code}, and not as ${expected}`);
        refusals.push({ upload: title, code });
      },
      () => `refused: ${expected}`,
    );
  }
}

function withOneByteChanged({ bytes }: PackedFolder): Uint8Array<ArrayBuffer> {
  const changed = new Uint8Array(bytes);
  const middle = changed.length >> 1;
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  return changed;
}
