/** `paddock login`: keeps a server and an API key for the commands to come. The key is never an argument. */
import { createClient, unwrap } from '@paddock/client';
import { action, examples, type Register } from '../command.js';
import { keepConfig, keyOf, serverUrl } from '../connection.js';
import { CliError } from '../errors.js';
import { readInput, readStdin } from '../files.js';
import { askSecret, isInteractive } from '../prompts.js';

export const login: Register = (program) => {
  program
    .command('login')
    .summary('keep a server and an API key for the commands to come')
    .description(
      'Check an API key and keep it with the server’s address. The key is read from stdin, or asked for at a terminal.',
    )
    .addHelpText(
      'after',
      examples(
        'paddock login --url http://127.0.0.1:8080',
        'paddock login --url https://paddock.example.com < key.txt',
      ),
    )
    .action(
      action(async ({ output, options, environment }) => {
        const given = options.url ?? environment.url;
        if (given === undefined) throw new CliError('no_server', 'Which server? Give --url.');
        const url = serverUrl(given);
        const apiKey = await readKey(options.apiKeyFile);
        const me = await unwrap(createClient({ url, apiKey }).GET('/v1/me'));
        await keepConfig(environment.configFile, { url, apiKey });
        output.result(
          { url, configFile: environment.configFile, ...me },
          () => `Logged in to ${url} as ${me.organization.slug} (${me.apiKey.role}).`,
        );
      }),
    );
};

async function readKey(file: string | undefined): Promise<string> {
  if (file !== undefined) return keyOf((await readInput(file)).toString('utf8'), file);
  return isInteractive() ? keyOf(await askSecret('API key'), 'the answer') : keyOf(await readStdin(), 'stdin');
}
