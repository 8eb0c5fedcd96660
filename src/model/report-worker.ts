/** The prepare worker in a report. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { workerSources } from './workers.ts';

export const targetSummarySchema = v.pipe(
  v.object({
    cpu: v.pipe(
      v.picklist(['this-machine', 'x86-64-v3']),
      v.description(
        "The CPU features that the code uses: those of `this-machine`, as with Polkadot's workers, or of the named level.",
      ),
    ),
    features: v.pipe(v.array(v.string()), v.description("Cranelift's names for the features.")),
  }),
  v.description('The machine that the worker compiles for: always x86-64 Linux, like validators.'),
);

export const workerSummarySchema = v.object({
  kind: v.picklist(['official', 'portable']),
  path: v.exactOptional(v.string()),
  foundAt: v.exactOptional(
    v.pipe(
      v.picklist(workerSources),
      v.description(
        'How the worker was chosen: `setting` when the user named it, otherwise the place where the search found it.',
      ),
    ),
  ),
  version: v.exactOptional(v.pipe(v.string(), v.description('The output of `--version`, trimmed.'))),
  wireRevision: v.exactOptional(v.string()),
  engine: v.exactOptional(
    v.pipe(v.string(), v.description('The compiler, if known: `wasmtime 36.0.20 in WebAssembly`.')),
  ),
  target: v.exactOptional(targetSummarySchema),
});

export const securitySummarySchema = v.pipe(
  v.object({
    landlock: v.exactOptional(v.boolean()),
    seccomp: v.exactOptional(v.boolean()),
    changeRoot: v.exactOptional(v.boolean()),
    secureClone: v.exactOptional(v.boolean()),
  }),
  v.description(
    "The four sandbox features, as the worker's own `--check-can-*` commands reported them; absent = not probed.",
  ),
);

export type TargetSummary = ValueOf<typeof targetSummarySchema>;
export type WorkerSummary = ValueOf<typeof workerSummarySchema>;
export type SecuritySummary = ValueOf<typeof securitySummarySchema>;
