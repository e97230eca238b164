/** `paddock init`: a plugin's folder that can be packed as it stands. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PluginFullName, splitPluginName } from '@paddock/contracts';
import { Option } from 'commander';
import { action, examples, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { LANGUAGES, type Language, templateFiles } from '../template/template.js';

interface Options {
  runtime: Language;
  name: string;
}

export const init: Register = (program) => {
  program
    .command('init [dir]')
    .summary('make a plugin’s folder that works as it is')
    .description(
      'Make a folder with a plugin that works as it is. The folder is named like the plugin unless dir says otherwise.',
    )
    .addOption(new Option('--runtime <runtime>', 'what the plugin is written for').choices(LANGUAGES).default('node'))
    .requiredOption('--name <publisher/name>', 'the plugin’s full name; the publisher is your organization’s slug')
    .addHelpText(
      'after',
      examples('paddock init --name acme/greeter', 'paddock init plugins/greeter --runtime python --name acme/greeter'),
    )
    .action(
      action(async ({ output }, dir: string | undefined, { name, runtime }: Options) => {
        const parsed = PluginFullName.safeParse(name);
        if (!parsed.success)
          throw new CliError('usage', `${name} is no plugin’s name: ${parsed.error.issues[0]?.message ?? ''}.`);
        const folder = dir ?? splitPluginName(name).name;
        await mkdir(folder, { recursive: true });
        if ((await readdir(folder)).length > 0) throw new CliError('file_exists', `The folder ${folder} is not empty.`);
        const { files, build } = templateFiles(name, runtime);
        for (const [path, text] of Object.entries(files)) {
          await mkdir(dirname(join(folder, path)), { recursive: true });
          await writeFile(join(folder, path), text);
        }
        const paths = Object.keys(files);
        output.result(
          { plugin: name, folder, files: paths },
          () =>
            `Made ${name} in ${folder}: ${paths.join(', ')}.\nNext: ${build === undefined ? '' : `(cd ${folder} && ${build}) && `}paddock pack ${folder}`,
        );
      }),
    );
};
