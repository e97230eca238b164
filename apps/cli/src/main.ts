/** The process: runs the command, prints its error, sets its exit code. */
import { reportOf } from './errors.js';
import { codeOf } from './files.js';
import { Output } from './output.js';
import { createProgram } from './program.js';

// Whoever reads the output may stop early, as `head` does; that is no error.
process.stdout.on('error', (error) => {
  if (codeOf(error) !== 'EPIPE') throw error;
  process.exit();
});

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  const report = reportOf(error);
  if (report !== null) {
    new Output(process.argv.includes('--json')).error(report);
    process.exitCode = report.exitCode;
  }
}
