/** `paddock audit`: the trail, read and verified. */
import { unwrap } from '@paddock/client';
import { AUDIT_EVENTS, type AuditEventName } from '@paddock/contracts';
import { Option } from 'commander';
import { action, defined, examples, gather, LIMIT, type Register, timestamp } from '../command.js';
import { EXIT } from '../exitCodes.js';
import { readInput, replaceFile } from '../files.js';
import { table } from '../output.js';
import { describeCheck, verifyTrail } from '../verifyTrail.js';

interface ListOptions {
  event?: AuditEventName;
  organization?: string;
  subject?: string;
  actor?: string;
  from?: string;
  to?: string;
  limit: number;
  after?: string;
}

interface VerifyOptions {
  verifierKey?: string;
  earlier?: string[];
  save?: string;
}

export const audit: Register = (program) => {
  const group = program
    .command('audit')
    .summary('read the audit trail, or verify it')
    .description('The audit trail: read it, or verify it whole.');
  group
    .command('list')
    .summary('audit events, newest first')
    .description('Audit events, newest first: your organization’s, or for a platform organization everybody’s.')
    .addOption(new Option('--event <event>', 'only events of this kind').choices(Object.keys(AUDIT_EVENTS)))
    .option('--organization <id>', 'only this organization’s, for a platform organization')
    .option('--subject <id>', 'only what was done to this')
    .option('--actor <id>', 'only what this key or process did')
    .option('--from <date>', 'since when', timestamp)
    .option('--to <date>', 'until when', timestamp)
    .option(...LIMIT)
    .option('--after <next>', 'the page after one whose “next” this is')
    .addHelpText(
      'after',
      examples('paddock audit list --event run.settled', 'paddock audit list --subject 0198c1f2-… --json'),
    )
    .action(
      action(async ({ output, connect }, { organization, subject, actor, ...rest }: ListOptions) => {
        const { client } = await connect();
        const query = defined({ ...rest, organizationId: organization, subjectId: subject, actorId: actor });
        const page = await unwrap(client.GET('/v1/audit/events', { params: { query } }));
        const rows = page.items.map((one) => [
          one.seq,
          one.at,
          one.event,
          `${one.subject.type} ${one.subject.id}`,
          `${one.actor.type} ${one.actor.id}`,
        ]);
        output.result(page, () => table(['number', 'at', 'event', 'subject', 'actor'], rows, 'No events.'));
      }),
    );
  group
    .command('verify')
    .summary('verify the whole trail')
    .description(
      'Download the whole trail and recompute it against its signed checkpoint. For platform organizations.\n' +
        'Exit code: 0 intact, 1 tampered (the first bad number is named), 2 not complete.',
    )
    .option(
      '--verifier-key <key>',
      'the log’s public key as name+hash+key; without it, the server’s word on its own key is taken',
    )
    .option(
      '--earlier <file>',
      'a checkpoint saved before, which the trail must still contain; repeat it for more',
      gather,
    )
    .option('--save <file>', 'save the checkpoint if the trail is intact, for --earlier')
    .addHelpText(
      'after',
      examples(
        'paddock audit verify',
        'paddock audit verify --verifier-key "$(cat audit.pub)" --earlier monday.txt --save today.txt',
      ),
    )
    .action(
      action(async ({ output, connect }, { verifierKey, earlier = [], save }: VerifyOptions) => {
        const { client } = await connect();
        const earlierCheckpoints = await Promise.all(
          earlier.map(async (file) => (await readInput(file)).toString('utf8')),
        );
        if (verifierKey === undefined)
          output.progress('The verifier key is the server’s own word; --verifier-key takes one that you know.');
        const check = await verifyTrail(client, {
          verifierKey,
          earlierCheckpoints,
          onProgress: (count) => output.progress(`${count} leaves`),
        });
        if (check.verdict === 'intact' && save !== undefined) await replaceFile(save, check.checkpoint?.note ?? '');
        output.result(check, () => describeCheck(check));
        return { intact: EXIT.ok, tampered: 1, incomplete: 2 }[check.verdict];
      }),
    );
};
