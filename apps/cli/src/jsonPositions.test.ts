import { describe, expect, it } from 'vitest';
import { lineAndColumn, positionOf, syntaxErrorPosition } from './jsonPositions.js';

const TEXT = `{
  "name": "a\\"}/b",
  "tools": [
    { "name": "x", "inputSchema": {} },
    {
      "name" : "y, z",
      "limits": { "pids": -1, "more": [1, [2], {"a": null}] }
    }
  ],
  "extra": true
}`;

const textAt = (path: string[]) => {
  const { line, column } = positionOf(TEXT, path);
  return TEXT.split('\n')[line - 1]?.slice(column - 1) ?? '';
};

describe('positionOf', () => {
  it.each([
    [[], '{'],
    [['name'], '"name": "a'],
    [['tools'], '"tools": ['],
    [['tools', '0'], '{ "name": "x"'],
    [['tools', '1', 'name'], '"name" : "y'],
    [['tools', '1', 'limits', 'pids'], '"pids": -1'],
    [['tools', '1', 'limits', 'more', '2', 'a'], '"a": null'],
    [['extra'], '"extra": true'],
  ])('finds %j', (path, expected) => {
    expect(textAt(path).startsWith(expected)).toBe(true);
  });

  it('points to what is nearest where a part is missing', () => {
    expect(textAt(['tools', '1', 'outputSchema', 'type']).startsWith('{')).toBe(true);
    expect(positionOf(TEXT, ['tools', '1', 'outputSchema'])).toEqual({ line: 5, column: 5 });
    expect(positionOf(TEXT, ['nothing'])).toEqual({ line: 1, column: 1 });
  });
});

it('says where JSON.parse stumbled', () => {
  const broken = '{\n  "a": 1,\n  "b" 2\n}';
  try {
    JSON.parse(broken);
    expect.unreachable();
  } catch (error) {
    expect(syntaxErrorPosition(broken, (error as Error).message)).toEqual({ line: 3, column: 7 });
  }
  expect(lineAndColumn('a\nbc', 3)).toEqual({ line: 2, column: 2 });
});
