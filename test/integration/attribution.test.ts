/** How much of the code of real runtimes has a known crate. Prints a table. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decompress } from '../../src/runtime/compression.ts';
import { isOwnCrate, isPallet } from '../../src/runtime/symbols/crate-kind.ts';
import { runtimeCrateOf } from '../../src/runtime/symbols/runtime-crate.ts';
import { type FunctionSymbol, openSymbols } from '../../src/runtime/symbols/symbols.ts';
import { Cursor } from '../../src/wasm/cursor.ts';
import { readModule, type WasmModule } from '../../src/wasm/module.ts';
import { sectionId } from '../../src/wasm/sections.ts';
import { describeWithCorpus } from '../support/corpus.ts';

const BOMB_LIMIT = 64 * 1024 * 1024;
/** The aim of issue 12, for a blob with names. */
const LEAST_SHARE = 0.999;

interface NamedFunction {
  readonly name: Uint8Array;
  readonly bytes: number;
}

describeWithCorpus('the crates of the code of real runtimes', (corpus) => {
  // The others are damaged, or no wasm.
  for (const { name, file, custom_sections: custom = [] } of corpus.blobs.filter((blob) => blob.functions_defined)) {
    const hasNames = custom.some((section) => section.name === 'name');
    it(`are known: ${name}`, async function () {
      this.timeout(60_000);
      const decompressed = await decompress(readFileSync(corpus.path(file)), BOMB_LIMIT);
      const functions = decompressed.kind === 'ok' ? functionsOf(decompressed.raw, readModule(decompressed.raw)) : [];
      assert.ok(functions.length > 0);
      const symbols = (await openSymbols()).read(functions.map((one) => one.name));
      const { known, owned, biggest } = sharesOf(functions, symbols);
      process.stdout.write(`      ${percent(known)} known, ${percent(owned)} owned by its types: ${biggest}\n`);
      if (hasNames) assert.ok(known >= LEAST_SHARE, percent(known));
      else assert.equal(known, 0);
    });
  }
});

function functionsOf(raw: Uint8Array, module: WasmModule): readonly NamedFunction[] {
  const sectionCursor = (wanted: (typeof module.sections)[number] | undefined) =>
    wanted && new Cursor(raw, wanted.start, wanted.start + wanted.bytes);
  const names = new Map<number, Uint8Array>();
  const section = sectionCursor(module.sections.find(({ id, name }) => id === sectionId('custom') && name === 'name'));
  while (section && !section.isAtEnd) {
    const id = section.byte();
    const part = section.part(section.u32());
    if (id !== 1) continue;
    for (let left = part.u32(); left > 0; left -= 1) names.set(part.u32(), part.take(part.u32()));
  }
  const imported = module.imports.filter(({ kind }) => kind === 'function').length;
  const code = sectionCursor(module.sections.find(({ id }) => id === sectionId('code')));
  const body = (index: number) => {
    const start = code?.at ?? 0;
    code?.take(code.u32());
    return { name: names.get(imported + index) ?? new Uint8Array(), bytes: (code?.at ?? 0) - start };
  };
  return code?.list(body) ?? [];
}

/** `owned`: given to a pallet or a crate of the team's own by the symbol alone. */
function sharesOf(functions: readonly NamedFunction[], symbols: readonly FunctionSymbol[]) {
  const runtime = runtimeCrateOf(symbols);
  const isOwner = (crate: string) => isPallet(crate) || isOwnCrate(crate, runtime);
  const byCrate = new Map<string, number>();
  let total = 0;
  let owned = 0;
  functions.forEach(({ bytes }, index) => {
    const { crate, mentions = [] } = symbols[index] ?? {};
    total += bytes;
    byCrate.set(crate ?? '', (byCrate.get(crate ?? '') ?? 0) + bytes);
    if ([...(crate === undefined ? [] : [crate]), ...mentions].some(isOwner)) owned += bytes;
  });
  const biggest = [...byCrate].filter(([crate]) => crate !== '').sort(([, a], [, b]) => b - a);
  return {
    known: 1 - (byCrate.get('') ?? 0) / total,
    owned: owned / total,
    biggest: biggest
      .slice(0, 3)
      .map(([crate, bytes]) => `${crate} ${percent(bytes / total)}`)
      .join(', '),
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
