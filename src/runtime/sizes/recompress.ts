/** What a stronger compression would save: measured, not estimated. */
import * as zlib from 'node:zlib';
import { concat } from '../../base/bytes.ts';
import type { Recompression } from '../../model/size-tree.ts';
import { HEADER_BYTES, type Section } from '../../wasm/sections.ts';
import { COMPRESSED_MAGIC } from '../magic.ts';

/** As `compress_strongly` of sp-maybe-compressed-blob. */
const LEVEL = 22;

/** Node has zstd since 22.15 and 23.8. The types of the oldest supported Node lack it. */
interface ZstdOfNode {
  readonly zstdCompressSync?: (content: Uint8Array, options: { params: Record<number, number> }) => Uint8Array;
  readonly constants: Readonly<Partial<Record<'ZSTD_c_compressionLevel' | 'ZSTD_c_contentSizeFlag', number>>>;
}

/** Undefined for a Node that can compress. Else one sentence. */
export function whyNotRecompress(): string | undefined {
  const { zstdCompressSync } = zlib as unknown as ZstdOfNode;
  if (zstdCompressSync !== undefined) return undefined;
  return `What the strongest compression would save can't be measured here: Node ${process.versions.node} has no zstd. Node 22.15, 23.8 and later have it.`;
}

/** Takes a second per MB. Undefined where Node has no zstd. @param names the name section */
export function recompress(
  module: Uint8Array,
  sections: readonly Section[],
  names: Section | undefined,
): Recompression | undefined {
  const { zstdCompressSync, constants } = zlib as unknown as ZstdOfNode;
  const { ZSTD_c_compressionLevel: level, ZSTD_c_contentSizeFlag: contentSize } = constants;
  if (zstdCompressSync === undefined || level === undefined || contentSize === undefined) return undefined;
  // Streams have no content size, which would shrink the window.
  const params = { [level]: LEVEL, [contentSize]: 0 };
  const size = (content: Uint8Array) => COMPRESSED_MAGIC.length + zstdCompressSync(content, { params }).length;
  return {
    level: LEVEL,
    storedBytes: size(module),
    ...(names && { withoutNamesBytes: size(without(module, sections, names)) }),
  };
}

function without(module: Uint8Array, sections: readonly Section[], section: Section): Uint8Array {
  const before = sections[sections.indexOf(section) - 1];
  const start = before ? before.start + before.bytes : HEADER_BYTES;
  return concat(module.subarray(0, start), module.subarray(section.start + section.bytes));
}
