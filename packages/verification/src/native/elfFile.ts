/**
 * Reads what an ELF file says of itself (System V ABI, "Object Files"), in both widths and both orders of bytes. The bytes
 * are hostile: whatever points beyond the file ends in a RangeError, and nothing is looked at twice.
 */

/** Whether bytes begin as those of an ELF file do. */
export const isElf = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;

/** Where fields stand in a width: in the header, a section's header, a segment's and a symbol. */
const LAYOUT = {
  32: {
    word: 4,
    header: { segments: 28, sections: 32, segmentCount: 44, sectionCount: 48 },
    section: { bytes: 40, offset: 16, size: 20, link: 24 },
    segment: { bytes: 32, offset: 4, address: 8, fileBytes: 16 },
    symbol: { bytes: 16, section: 14 },
  },
  64: {
    word: 8,
    header: { segments: 32, sections: 40, segmentCount: 56, sectionCount: 60 },
    section: { bytes: 64, offset: 24, size: 32, link: 40 },
    segment: { bytes: 56, offset: 8, address: 16, fileBytes: 32 },
    symbol: { bytes: 24, section: 6 },
  },
} as const;

const DYNAMIC_SYMBOLS = 11;
const LOADED = 1;
/** Defined elsewhere: what a file asks of the libraries that it is loaded with. */
const UNDEFINED = 0;
/** The largest browsers import a tenth of it. */
const MAX_SYMBOLS = 200_000;
const MAX_NAME = 1000;

export class ElfFile {
  readonly data: Buffer;
  readonly isBigEndian: boolean;
  readonly #layout: (typeof LAYOUT)[32 | 64];

  /** @throws RangeError when bytes do not begin as those of an ELF file. */
  constructor(bytes: Uint8Array) {
    const [width = 0, order = 0] = bytes.subarray(4, 6);
    if (!isElf(bytes) || ![1, 2].includes(width) || ![1, 2].includes(order)) throw new RangeError('no ELF file');
    this.data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.isBigEndian = order === 2;
    this.#layout = LAYOUT[width === 2 ? 64 : 32];
  }

  /** @throws RangeError beyond the file's end, and for a number that is larger than any file. */
  number(at: number, size: number): number {
    if (!Number.isSafeInteger(at)) throw new RangeError('no offset');
    if (size < 8) return this.isBigEndian ? this.data.readUIntBE(at, size) : this.data.readUIntLE(at, size);
    const value = Number(this.isBigEndian ? this.data.readBigUInt64BE(at) : this.data.readBigUInt64LE(at));
    if (!Number.isSafeInteger(value)) throw new RangeError('no size of a file');
    return value;
  }

  /** Where an address stands in the file; null where no segment holds it. */
  offsetOf(address: number): number | null {
    const { word, header, segment } = this.#layout;
    const start = this.number(header.segments, word);
    const count = this.number(header.segmentCount, 2);
    for (let at = start; at < start + count * segment.bytes; at += segment.bytes) {
      if (this.number(at, 4) !== LOADED) continue;
      const from = this.number(at + segment.address, word);
      if (address >= from && address < from + this.number(at + segment.fileBytes, word))
        return address - from + this.number(at + segment.offset, word);
    }
    return null;
  }

  /** The names that it imports from shared libraries, by the first table of dynamic symbols. */
  *imports(): Generator<string> {
    const { word, section, symbol } = this.#layout;
    const table = this.#sections().find((at) => this.number(at + 4, 4) === DYNAMIC_SYMBOLS);
    if (table === undefined) return;
    const start = this.number(table + section.offset, word);
    const count = Math.min(MAX_SYMBOLS, this.number(table + section.size, word) / symbol.bytes);
    const linked = this.#sections()[this.number(table + section.link, 4)];
    if (linked === undefined) return;
    const names = this.number(linked + section.offset, word);
    for (let index = 1; index < count; index++) {
      const at = start + index * symbol.bytes;
      if (this.number(at + symbol.section, 2) === UNDEFINED) yield this.#name(names + this.number(at, 4));
    }
  }

  /** Where the headers of the sections stand. Zero as a count stands for one that needs more than 16 bits. */
  #sections(): number[] {
    const { word, header, section } = this.#layout;
    const start = this.number(header.sections, word);
    const stated = this.number(header.sectionCount, 2);
    const count = stated === 0 && start > 0 ? this.number(start + section.size, word) : stated;
    if (start + count * section.bytes > this.data.length) throw new RangeError('no sections');
    return Array.from({ length: count }, (_, index) => start + index * section.bytes);
  }

  #name(at: number): string {
    if (at >= this.data.length) throw new RangeError('no name');
    const limit = this.data.subarray(at, at + MAX_NAME);
    const end = limit.indexOf(0);
    return limit.toString('latin1', 0, end === -1 ? limit.length : end);
  }
}
