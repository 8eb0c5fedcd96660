import assert from 'node:assert/strict';
import { toHex } from '../../../../src/base/bytes.ts';
import { fileLooksLikeRuntime, looksLikeRuntime } from '../../../../src/editor/discovery/looks-like-runtime.ts';
import { plainPvf } from '../../../support/plain-pvf.ts';
import { useBuildTree } from './build-tree.ts';

const text = (content: string) => new TextEncoder().encode(content);
const json = (value: unknown) => text(JSON.stringify(value, null, 2));
const hex = toHex(plainPvf);
const code = { raw: { top: { '0x3a636f6465': hex } } };

describe('looksLikeRuntime', () => {
  const runtimes: readonly (readonly [string, string, Uint8Array])[] = [
    ['a module of any name', 'x.bin', plainPvf],
    ['a damaged module', 'x.wasm', text('<html>')],
    ['an empty hex file', 'x.hex', text('')],
    ['hex text', 'x.txt', text(hex.padEnd(5000, '0'))],
    ['hex text without 0x', 'x.txt', text(hex.slice(2).padEnd(5000, '0'))],
    ['a chain spec', 'tick.json', json({ name: 'Tick', id: 'tick', chainType: 'Live', bootNodes: [], genesis: code })],
    ['the beginning of a chain spec', 'x.json', text('{ "name": "Quartz", "id": "quartz", "bootNodes": [\n "/dns')],
    ['a chain spec with code substitutes alone', 'x.json', json({ id: 'x', codeSubstitutes: {} })],
    ['a genesis alone', 'x.json', json({ genesis: code })],
    ['a chain spec without code', 'x.json', json({ id: 'x', genesis: { stateRootHash: '0x00' } })],
    ['the answer of a node', 'x.json', json({ jsonrpc: '2.0', id: 1, result: hex })],
  ];
  for (const [title, name, head] of runtimes) {
    it(`is true for ${title}`, () => assert(looksLikeRuntime(name, head, head.length)));
  }

  const others: readonly (readonly [string, string, Uint8Array])[] = [
    ['a package manifest', 'package.json', json({ name: 'x', id: 3, version: '1.0.0' })],
    ['settings', 'settings.json', text('{\n  // comment\n  "editor.tabSize": 2 }')],
    ['a short hex text', 'hash.txt', text(`0x${'ab'.repeat(32)}`)],
    ['notes', 'notes.txt', text('genesis and bootNodes')],
    ['a Cargo manifest', 'Cargo.toml', text('[package]\nname = "x"')],
    ['an image', 'x.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)],
    ['an empty file', 'x.json', text('')],
  ];
  for (const [title, name, head] of others) {
    it(`is false for ${title}`, () => assert(!looksLikeRuntime(name, head, head.length)));
  }
});

describe('fileLooksLikeRuntime', () => {
  const tree = useBuildTree();

  it('reads the file', async () => {
    assert(await fileLooksLikeRuntime(tree.write('tick.json', JSON.stringify({ id: 'tick', genesis: code }))));
    assert(!(await fileLooksLikeRuntime(tree.write('package.json', '{"name": "x"}'))));
  });

  it('is false for absent files and folders', async () => {
    assert(!(await fileLooksLikeRuntime(tree.path('none.wasm'))));
    assert(!(await fileLooksLikeRuntime(tree.path())));
  });
});
