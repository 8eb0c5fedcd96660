/** The runtime blob in a report. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { buildVariants } from './build-variant.ts';
import { bytes, count, hash } from './report-values.ts';

/** The format of a blob as stored on chain. */
export type BlobKind = (typeof blobKinds)[number];
const blobKinds = ['wasm', 'compressed-wasm', 'polkavm', 'unknown'] as const;

export const containerKindSchema = v.pipe(
  v.picklist(['wasm', 'compressed-wasm', 'polkavm', 'hex', 'chain-spec']),
  v.description('The file format of the runtime blob.'),
);

/** What a runtime blob may be wrapped in, in words that follow "taken out of". */
export const wrappings = {
  gzip: 'a gzip file',
  'utf-16': 'UTF-16 text',
  json: 'a JSON document',
  'rpc-answer': 'the answer of a node',
  'byte-list': 'a JSON list of bytes',
  'surrounding-text': 'the text around it',
  quotes: 'quotes',
  'white-space': 'hex text with white space',
  base64: 'base64 text',
  'scale-length': 'its SCALE encoding with the length in front',
  'encoded-call': 'an encoded call',
} as const;

export const wrappingSchema = v.picklist(Object.keys(wrappings) as (keyof typeof wrappings)[]);

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

export type Wrapping = ValueOf<typeof wrappingSchema>;
export type ContainerKind = ValueOf<typeof containerKindSchema>;
export type CompressionSummary = ValueOf<typeof compressionSummarySchema>;
export type RuntimeSummary = ValueOf<typeof runtimeSummarySchema>;
