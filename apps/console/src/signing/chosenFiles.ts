/** Files that a person dropped or chose, with their paths inside the folder. It reads no content. */

export interface ChosenFile {
  /** Inside the chosen folder: its own name is not a part of it. */
  readonly path: string;
  readonly file: File;
}

export type Chosen =
  | { readonly kind: 'folder'; readonly name: string; readonly files: readonly ChosenFile[] }
  | { readonly kind: 'files'; readonly files: readonly File[] };

/** From `<input type="file">`; with `webkitdirectory`, each file knows its path from the chosen folder on. */
export function chosenFromInput(list: FileList): Chosen {
  const files = [...list];
  if (files[0]?.webkitRelativePath) {
    const whole = files.map((file) => ({ path: file.webkitRelativePath, file }));
    return {
      kind: 'folder',
      name: whole[0]?.path.split('/')[0] ?? '',
      files: whole.map(({ path, file }) => ({ path: path.slice(path.indexOf('/') + 1), file })),
    };
  }
  return { kind: 'files', files };
}

/** From a drop. It MUST be called in the event's own turn: the browser empties the transfer afterwards. */
export async function chosenFromDrop(transfer: DataTransfer): Promise<Chosen> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = [...transfer.files];
  const folder = entries.find((entry) => entry.isDirectory) as FileSystemDirectoryEntry | undefined;
  if (folder === undefined) return { kind: 'files', files };
  return { kind: 'folder', name: folder.name, files: await filesBelow(folder, '') };
}

async function filesBelow(folder: FileSystemDirectoryEntry, prefix: string): Promise<ChosenFile[]> {
  const found: ChosenFile[] = [];
  const reader = folder.createReader();
  for (;;) {
    // A reader answers about a hundred entries at a time, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return found;
    for (const entry of entries) {
      const path = `${prefix}${entry.name}`;
      if (entry.isDirectory) found.push(...(await filesBelow(entry as FileSystemDirectoryEntry, `${path}/`)));
      else
        found.push({
          path,
          file: await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
        });
    }
  }
}
