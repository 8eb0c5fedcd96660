/** The metadata of the runtime in a report. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { metadataChangeClasses, metadataChangeKinds, metadataSubjects } from './metadata-change.ts';
import { count, hash } from './report-values.ts';

export const metadataChangeSchema = v.object({
  kind: v.picklist(metadataChangeKinds),
  subject: v.picklist(metadataSubjects),
  path: v.pipe(v.string(), v.description('`Balances`, `Balances.transfer`, `Balances.transfer.value`, `CheckNonce`')),
  was: v.exactOptional(v.string()),
  now: v.exactOptional(v.string()),
  class: v.picklist(metadataChangeClasses),
});

export const metadataSummarySchema = v.pipe(
  v.object({
    problem: v.exactOptional(v.pipe(v.string(), v.description("One sentence: why the metadata can't be read."))),
    version: v.exactOptional(v.pipe(count, v.description('The metadata version. Below 14, the rest is unknown.'))),
    types: v.exactOptional(v.pipe(count, v.description('How many types the metadata describes.'))),
    pallets: v.exactOptional(
      v.array(
        v.object({
          name: v.string(),
          index: count,
          calls: count,
          storage: count,
          events: count,
          errors: count,
          constants: count,
        }),
      ),
    ),
    runtimeApis: v.exactOptional(
      v.pipe(
        v.array(v.object({ name: v.string(), version: v.exactOptional(count), methods: count })),
        v.description('Absent in metadata version 14. `runtime.runtimeApis` comes from the blob itself.'),
      ),
    ),
    transactionExtensions: v.exactOptional(v.array(v.string())),
    hash: v.exactOptional(
      v.pipe(
        v.object({
          computed: v.exactOptional(
            v.pipe(hash, v.description('What the hash compiled in must be; absent when the token is unknown.')),
          ),
          found: v.pipe(v.array(hash), v.description('What may be the hash compiled in.')),
          differ: v.exactOptional(
            v.pipe(v.boolean(), v.description('Whether metadata versions 15 and 16 give different hashes.')),
          ),
        }),
        v.description('The hash of CheckMetadataHash (RFC 78); absent when the runtime does not have that extension.'),
      ),
    ),
    changes: v.exactOptional(
      v.pipe(v.array(metadataChangeSchema), v.description('What changed since the baseline; absent without one.')),
    ),
  }),
  v.description('The metadata of the runtime; present when it was requested.'),
);

export type MetadataSummary = ValueOf<typeof metadataSummarySchema>;
