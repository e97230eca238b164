/** The smallest ELF files that name a function or import one: what the rules about machine code show themselves with. */

const HEADER = 64;
const SECTION = 64;
const SYMBOL = 24;

/** A program with the table of functions that Go 1.20 makes, and no more. */
export function goProgramOf(...functions: string[]): Uint8Array {
  const names = Buffer.from(functions.map((name) => `${name}\0`).join(''));
  const table = Buffer.alloc(8 + 8 * 8);
  table.set([0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8]);
  table.writeBigUInt64LE(BigInt(functions.length), 8);
  table.writeBigUInt64LE(BigInt(table.length), 8 + 3 * 8);
  table.writeBigUInt64LE(BigInt(table.length + names.length), 8 + 4 * 8);
  return Buffer.concat([header(0, 0), table, names]);
}

/** A file that imports names from shared libraries. */
export function importing(...imports: string[]): Uint8Array {
  const names = Buffer.from(['', ...imports].map((name) => `${name}\0`).join(''));
  const symbols = Buffer.alloc(SYMBOL * (imports.length + 1));
  for (const [index, name] of imports.entries())
    symbols.writeUInt32LE(names.indexOf(`\0${name}\0`) + 1, SYMBOL * (index + 1));
  const sections = Buffer.alloc(2 * SECTION);
  section(sections, 0, { type: 11, offset: HEADER + sections.length, size: symbols.length, link: 1 });
  section(sections, SECTION, {
    type: 3,
    offset: HEADER + sections.length + symbols.length,
    size: names.length,
    link: 0,
  });
  return Buffer.concat([header(HEADER, 2), sections, symbols, names]);
}

function header(sections: number, count: number): Buffer {
  const data = Buffer.alloc(HEADER);
  data.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  data.writeBigUInt64LE(BigInt(sections), 40);
  data.writeUInt16LE(count, 60);
  return data;
}

function section(into: Buffer, at: number, of: { type: number; offset: number; size: number; link: number }): void {
  into.writeUInt32LE(of.type, at + 4);
  into.writeBigUInt64LE(BigInt(of.offset), at + 24);
  into.writeBigUInt64LE(BigInt(of.size), at + 32);
  into.writeUInt32LE(of.link, at + 40);
}
