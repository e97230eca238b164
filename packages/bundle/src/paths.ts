/**
 * Which paths may stand together in one bundle. BundlePath takes printable ASCII only, so Unicode's ways of writing one name
 * twice (NFC and NFD, ß and ss) can't occur here; what remains are letter case, and files that would also be folders.
 */
import { BundlePath, PaddockError } from '@paddock/contracts';

interface Node {
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/** The paths seen so far. It MUST be told of each path before anything is written there. */
export class PathSet {
  readonly #nodes = new Map<string, Node>();
  #files = 0;
  #folders = 0;

  constructor(readonly maxFiles: number) {}

  /**
   * Takes one more file.
   * @throws PaddockError `bundle_entry_path`, `bundle_entry_duplicate` or `bundle_too_many_files`.
   */
  addFile(path: string): void {
    if (!BundlePath.safeParse(path).success) throw new PaddockError('bundle_entry_path', printable(path));
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      this.#place({ path: path.slice(0, slash), kind: 'folder' });
    }
    this.#place({ path, kind: 'file' });
    if (this.#files > this.maxFiles || this.#folders > this.maxFiles) throw new PaddockError('bundle_too_many_files');
  }

  #place(node: Node): void {
    const folded = node.path.toLowerCase();
    const there = this.#nodes.get(folded);
    if (there === undefined) {
      this.#nodes.set(folded, node);
      if (node.kind === 'file') this.#files++;
      else this.#folders++;
    } else if (node.kind === 'file' || there.kind === 'file' || there.path !== node.path) {
      throw new PaddockError('bundle_entry_duplicate', `${there.path} and ${node.path}`);
    }
  }
}

/** A hostile path, made fit for a message. */
export function printable(text: string): string {
  return text.slice(0, 120).replace(/[^\x20-\x7e]/g, '?');
}
