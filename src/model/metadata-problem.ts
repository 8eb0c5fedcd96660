import { formatBytes, formatSeconds } from '../base/units.ts';
import type { MetadataResult } from './metadata.ts';

/** Why the metadata could not be read: a sentence. Undefined when it was read. */
export function metadataProblem(result: MetadataResult): string | undefined {
  switch (result.kind) {
    case 'read':
      return undefined;
    case 'ancient':
      return `The metadata has version ${result.version}. Versions below 14 do not describe their types.`;
    case 'no-module':
      return `The metadata can't be read from this file: ${result.reason}.`;
    case 'failed':
      return `The runtime could not be run to read its metadata: ${result.reason}.`;
    case 'damaged':
      return `The runtime returned something else than metadata: ${result.reason}.`;
    case 'too-large':
      return `The runtime returned ${formatBytes(result.bytes)} of metadata. This tool reads at most ${formatBytes(result.limit)}.`;
    case 'timed-out':
      return `The runtime did not return its metadata within ${formatSeconds(result.afterMs)}.`;
    case 'out-of-memory':
      return 'The runtime needed too much memory to make its metadata.';
  }
}
