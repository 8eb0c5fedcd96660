import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decompress } from '../../src/runtime/compression.ts';
import { withoutLength } from '../../src/runtime/metadata/decode.ts';
import { withMetadataVersion, withoutNames } from '../../src/runtime/metadata/edit-module.ts';
import { Executor } from '../../src/runtime/metadata/executor.ts';

const example = path.join(import.meta.dirname, '../../examples/tally/blobs/tally_runtime.compact.compressed.wasm');

/** The metadata of the example runtime in versions 14, 15 and 16, from the magic number on. Takes a second. */
export async function exampleMetadata(): Promise<readonly Uint8Array[]> {
  const decompressed = await decompress(readFileSync(example), 2 ** 26);
  if (decompressed.kind !== 'ok') throw new Error('the example is damaged');
  const module = withoutNames(decompressed.raw);
  const executor = new Executor();
  return [14, 15, 16].map((version) => {
    const edited = withMetadataVersion(module, version);
    const execution = edited && executor.metadata(edited);
    const bytes = execution?.kind === 'ok' ? withoutLength(execution.bytes) : undefined;
    if (bytes === undefined) throw new Error(`the example offers no metadata version ${version}`);
    return bytes;
  });
}
