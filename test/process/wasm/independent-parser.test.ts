import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decompress } from '../../../src/runtime/compression.ts';
import { type Calls, readCode } from '../../../src/wasm/code-section.ts';
import { type ModuleContents, readContents } from '../../../src/wasm/contents.ts';
import { openInspector } from '../../../src/wasm/inspector.ts';
import { readModule, type WasmModule } from '../../../src/wasm/module.ts';
import type { EntityKind, GlobalType, Import, TableType, ValueType } from '../../../src/wasm/types.ts';
import { describeWithCorpus } from '../../support/corpus.ts';
import { type ParsedModule, parseIndependently } from '../../support/independent-parser.ts';

const LIMIT = 64 * 1024 * 1024;
const kinds: readonly EntityKind[] = ['function', 'table', 'memory', 'global', 'tag'];
const valueTypes: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
};

const tableText = ({ element, ...limits }: TableType) => ({ element: valueTypes[element], ...limits });
const globalText = ({ type, isMutable }: GlobalType) => [valueTypes[type], isMutable];

function assertModule(module: WasmModule, parsed: ParsedModule): void {
  assert.equal(module.problem, undefined);
  assert.deepEqual(
    module.sections.map(({ id, name, start, bytes }) => ({ id, name: id === 0 ? name : '', end: start + bytes })),
    parsed.sections,
  );
  assert.equal(module.types.length, parsed.types);
  assert.deepEqual(module.functionTypes, parsed.functionTypes);
  assert.deepEqual(module.tables.map(tableText), parsed.tables);
  assert.deepEqual(module.memories, parsed.memories);
  assert.deepEqual(module.globals.map(globalText), parsed.globals);
  assert.deepEqual(
    module.imports.map(({ module, name, kind }) => ({ module, name, kind: kinds.indexOf(kind) })),
    parsed.imports.map(({ module, name, kind }) => ({ module, name, kind })),
  );
  for (const [at, { kind, type }] of parsed.imports.entries()) {
    const own = module.imports[at] as Import;
    if (kind === 0) assert.equal(own.type, module.types[type as number]);
    else
      assert.deepEqual(
        own.memory ?? (own.table && tableText(own.table)) ?? (own.global && globalText(own.global)),
        type,
      );
  }
  assert.deepEqual(
    module.exports.map(({ name, kind, index }) => ({ name, kind: kinds.indexOf(kind), index })),
    parsed.exports,
  );
}

function assertContents(module: Uint8Array, contents: ModuleContents, parsed: ParsedModule): void {
  const { bodies, elements, data, names } = contents;
  assert.equal(contents.problem, undefined);
  assert.deepEqual([...(bodies?.entries.subarray(1) ?? [])], parsed.bodyEnds);
  assert.deepEqual(
    elements?.map(({ offset, functions }) => ({ offset, functions: [...functions] })) ?? [],
    parsed.elements,
  );
  assert.deepEqual(data?.map(({ offset, contentBytes }) => ({ offset, bytes: contentBytes })) ?? [], parsed.data);
  const { starts, ends } = names?.functions ?? { starts: new Uint32Array(), ends: new Uint32Array() };
  const text = new TextDecoder();
  const own = new Map<number, string>();
  for (const [index, start] of starts.entries()) {
    if (start !== 0) own.set(index, text.decode(module.subarray(start, ends[index])));
  }
  assert.deepEqual(own, parsed.functionNames);
}

function callsOf({ bodies, ends, calls }: Calls): number[][] {
  return Array.from({ length: bodies }, (_, body) => [...calls.subarray(body === 0 ? 0 : ends[body - 1], ends[body])]);
}

describeWithCorpus('the wasm model against the parser wasmparser', ({ blobs, pairs, path }) => {
  const wasm = blobs.filter(({ file, raw_bytes: raw }) => raw !== undefined && !file.endsWith('.polkavm'));
  const files = [...wasm.map(({ file }) => file), ...pairs.map(({ newer }) => newer)];
  for (const file of files) {
    it(`agrees on ${file}`, async function () {
      this.timeout(120_000);
      const decompressed = await decompress(readFileSync(path(file)), LIMIT);
      if (decompressed.kind !== 'ok') return this.skip();
      const raw = Uint8Array.from(decompressed.raw);
      const parsed = parseIndependently(raw);
      const module = readModule(raw);
      const contents = readContents(raw, module);
      assertModule(module, parsed);
      assertContents(raw, contents, parsed);
      const code = readCode(raw, module.sections, await openInspector());
      assert.deepEqual(code && callsOf(code.calls), parsed.calls);
    });
  }
});
