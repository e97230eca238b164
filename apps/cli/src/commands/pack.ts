/** `paddock pack`: from a plugin's folder to its .tgz. */
import { action, bundlingOption, examples, type Register } from '../command.js';
import { replaceFile } from '../files.js';
import { bytes, table } from '../output.js';
import { packFolder } from '../pack/packFolder.js';

interface Options {
  out?: string;
  bundle: boolean;
}

export const pack: Register = (program) => {
  bundlingOption(program.command('pack [dir]'))
    .summary('check a plugin’s folder and pack it')
    .description(
      'Check plugin.json and pack the folder. Left out: node_modules, hidden files, *.tgz, *.pem, *.key, and what .paddockignore names.\n' +
        'An entry that imports packages becomes one file with them; the SDK needs no installation.',
    )
    .option('-o, --out <file>', 'the bundle’s file, <publisher>-<name>-<version>.tgz by default')
    .addHelpText(
      'after',
      examples('paddock pack', 'paddock pack plugins/greeter -o greeter.tgz', 'paddock pack --no-bundle'),
    )
    .action(
      action(async ({ output }, dir: string | undefined, { out, bundle }: Options) => {
        const packed = await packFolder(dir ?? '.', { bundle });
        const file = out ?? packed.fileName;
        await replaceFile(file, packed.bytes);
        const { manifest, sha256, files, isBundled } = packed;
        const document = {
          plugin: manifest.name,
          version: manifest.version,
          file,
          size: packed.bytes.length,
          sha256,
          isBundled,
          files,
        };
        output.result(document, () =>
          [
            table(
              ['file', 'size'],
              files.map(({ path, size }) => [path, bytes(size)]),
              '',
            ),
            '',
            `${manifest.name}@${manifest.version} → ${file} (${bytes(packed.bytes.length)})${isBundled ? `; ${manifest.entry} holds what it imports` : ''}`,
            `sha256 ${sha256}`,
          ].join('\n'),
        );
      }),
    );
};
