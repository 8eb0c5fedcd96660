import { omitUndefined } from '../base/omit-undefined.ts';
import type { MetadataHashes, MetadataResult, RuntimeMetadata } from '../model/metadata.ts';
import type { MetadataChange } from '../model/metadata-change.ts';
import { metadataChanges } from '../model/metadata-changes.ts';
import { metadataProblem } from '../model/metadata-problem.ts';
import type { MetadataSummary } from '../model/report.ts';

/** Undefined when one of them is not known. */
export function changesBetween(
  older: MetadataResult | undefined,
  newer: MetadataResult | undefined,
): readonly MetadataChange[] | undefined {
  if (older?.kind !== 'read' || newer?.kind !== 'read') return undefined;
  return metadataChanges(older.metadata, newer.metadata);
}

/** What a report says about the metadata. */
export function summarizeMetadata(
  result: MetadataResult,
  changes: readonly MetadataChange[] | undefined,
): MetadataSummary {
  const problem = metadataProblem(result);
  if (result.kind === 'ancient') return { ...omitUndefined({ problem }), version: result.version };
  if (result.kind !== 'read') return omitUndefined({ problem });
  return {
    ...summarizeContent(result.metadata),
    ...omitUndefined({ hash: summarizeHash(result.metadata, result.hashes), changes: changes && [...changes] }),
  };
}

function summarizeContent({ version, types, pallets, apis, extensions }: RuntimeMetadata): MetadataSummary {
  return {
    version,
    types: types.length,
    pallets: pallets.map(({ name, index, calls, storage, events, errors, constants }) => ({
      ...{ name, index, calls: calls.length, storage: storage.length, events: events.length },
      ...{ errors: errors.length, constants: constants.length },
    })),
    ...(version > 14 && {
      runtimeApis: apis.map(({ name, version: apiVersion, methods }) => ({
        name,
        ...omitUndefined({ version: apiVersion }),
        methods: methods.length,
      })),
    }),
    transactionExtensions: extensions.map(({ identifier }) => identifier),
  };
}

function summarizeHash({ extensions }: RuntimeMetadata, { computed, found, differ }: MetadataHashes) {
  if (!extensions.some(({ identifier }) => identifier === 'CheckMetadataHash')) return undefined;
  return { found: [...found], ...omitUndefined({ computed, differ }) };
}
