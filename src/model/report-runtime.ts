/** The runtime blob in a report. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { buildVariants } from './build-variant.ts';
import { bytes, count, hash } from './report-values.ts';
import { type Wrapping, wrappings } from './wrapping.ts';

/** The format of a blob as stored on chain. */
export type BlobKind = (typeof blobKinds)[number];
const blobKinds = ['wasm', 'compressed-wasm', 'polkavm', 'unknown'] as const;

export const containerKindSchema = v.pipe(
  v.picklist(['wasm', 'compressed-wasm', 'polkavm', 'hex', 'chain-spec']),
  v.description('The file format of the runtime blob.'),
);

export const wrappingSchema = v.picklist(Object.keys(wrappings) as Wrapping[]);

export const compressionSummarySchema = v.object({
  kind: v.picklist(['none', 'zstd']),
  level: v.exactOptional(
    v.pipe(
      v.number(),
      v.integer('must be a whole number'),
      v.description('zstd level; absent when the frame header does not reveal it.'),
    ),
  ),
  windowLog: v.exactOptional(v.pipe(count, v.description('Base-2 logarithm of the window size.'))),
});

const entityKindSchema = v.picklist(['function', 'table', 'memory', 'global', 'tag']);

export const runtimeSummarySchema = v.object({
  path: v.pipe(v.string(), v.description('The path as the user gave it.')),
  container: containerKindSchema,
  unwrapped: v.exactOptional(
    v.pipe(
      v.array(wrappingSchema),
      v.description(
        'What the runtime blob was taken out of, the outermost first. A chain would not unwrap it. Absent: nothing.',
      ),
    ),
  ),
  codeAt: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('Where a chain spec has this code: `genesis.raw.top.0x3a636f6465`, `codeSubstitutes.1161532`.'),
    ),
  ),
  storedBytes: v.pipe(bytes, v.description('Size of the blob as it would be stored on chain.')),
  rawBytes: v.exactOptional(
    v.pipe(bytes, v.description("Size after decompression; absent when the blob can't be decompressed.")),
  ),
  compression: v.exactOptional(compressionSummarySchema),
  codeHash: v.pipe(hash, v.description('blake2b-256 of the bytes as stored.')),
  specName: v.exactOptional(v.string()),
  specVersion: v.exactOptional(count),
  implVersion: v.exactOptional(count),
  transactionVersion: v.exactOptional(count),
  runtimeApis: v.exactOptional(
    v.pipe(
      v.array(
        v.object({
          id: v.pipe(v.string(), v.description("The first 8 bytes of blake2b of the trait's name, 0x-hex.")),
          name: v.exactOptional(v.string()),
          version: count,
        }),
      ),
      v.description('The runtime APIs by the custom section `runtime_apis`.'),
    ),
  ),
  functions: v.exactOptional(
    v.pipe(count, v.description('Functions that the module defines; imports are not counted.')),
  ),
  imports: v.exactOptional(v.array(v.object({ module: v.string(), name: v.string(), kind: entityKindSchema }))),
  exports: v.exactOptional(v.array(v.object({ name: v.string(), kind: entityKindSchema }))),
  memory: v.exactOptional(
    v.pipe(
      v.object({ minimum: count, maximum: v.exactOptional(count), imported: v.boolean() }),
      v.description('The memory, in pages of 64 KiB.'),
    ),
  ),
  sections: v.exactOptional(v.array(v.object({ name: v.string(), bytes }))),
  buildVariant: v.exactOptional(
    v.pipe(v.picklist(buildVariants), v.description("Which of wasm-builder's three files this is.")),
  ),
  buildProfile: v.exactOptional(
    v.pipe(v.string(), v.description('The cargo profile by the path of the file: `debug`, `release`, `production`, …')),
  ),
  isParachain: v.exactOptional(
    v.pipe(v.boolean(), v.description('False for the runtime of a relay chain or solo chain; absent when unknown.')),
  ),
});

export type { Wrapping } from './wrapping.ts';
export type ContainerKind = ValueOf<typeof containerKindSchema>;
export type CompressionSummary = ValueOf<typeof compressionSummarySchema>;
export type RuntimeSummary = ValueOf<typeof runtimeSummarySchema>;
