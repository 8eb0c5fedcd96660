/** Names and versions of the built-in worker, for the host and for the worker itself (src/portable). */
import type { RevisionId } from '../wire/revision-id.ts';

/** Its name in `--worker` and in the setting. A file of this name is `./portable`. */
export const builtInName = 'portable';

/** The version of the node whose prepare worker it matches in verdicts, texts and Wasmtime. Printed for `--version`. */
export const builtInVersion = '1.25.1';
export const builtInFullVersion = `${builtInVersion}-${builtInName}`;
export const builtInRevision: RevisionId = '26.0.0';
