/** What is wrong with the chosen files before the registry has a word for it. Its sentences are shown as they are. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
  constructor(
    readonly title: string,
    readonly detail: string,
  ) {
    super(`${title} ${detail}`);
  }
}
