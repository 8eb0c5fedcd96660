/** The built-in worker, as the host and the worker itself (src/portable) know it. */
import type { RevisionId } from '../wire/revision.ts';

/** What `--worker` and the setting call it. A user who means a file of this name writes `./portable`. */
export const builtInName = 'portable';

/** The node whose prepare worker it matches in verdicts, texts and Wasmtime. It prints this for `--version`. */
export const builtInVersion = '1.25.1';
export const builtInFullVersion = `${builtInVersion}-${builtInName}`;
export const builtInRevision: RevisionId = '26.0.0';
