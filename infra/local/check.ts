/** `npm run check`: types, form, lint and imports. Exit code 0 when all hold. */
import pc from 'picocolors';
import { runChecks } from './checks.js';
import { runCommand } from './command.js';

await runCommand(async ({ progress, signal }) => {
  const failed = await runChecks(progress, signal);
  progress.print(failed === 0 ? pc.green('All checks hold.') : pc.red(`${failed} of the checks failed.`));
  return failed === 0 ? 0 : 1;
});
