/** Errors of this machine's disk, kernel and processes. Validators would not get them. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

/** Rust writes it with a capital letter, Node without. */
const noSpace = /no space left on device|disk quota exceeded/i;

export const localFailureRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'disk-full',
    place: 'none',
    title: 'The disk is full.',
    docs: paragraphs(`
      The artifact or another file could not be written, because the disk is full or the quota is exceeded. This says
      nothing about the runtime, so the vote is undecided.

      Free some space, or set \`PVF_CACHE_DIR\` to a folder on another disk.
    `),
    when: { IoErr: noSpace, CreateTmpFile: noSpace, RenameTmpFile: noSpace, ClearWorkerDir: noSpace, Kernel: noSpace },
    message: 'The disk is full. This says nothing about the runtime.',
    hint: 'Free some space, or set PVF_CACHE_DIR to a folder on another disk.',
  }),
  prepareErrorHint({
    id: 'worker-ended',
    place: 'none',
    title: 'The worker ended before it answered.',
    docs: paragraphs(`
      The connection to the worker was closed in the middle of a job: the worker process ended ("early eof"), or the process
      that compiles ended without a result ("closed channel"). Usually the system ran out of memory and its OOM killer chose
      the worker. This says nothing about the runtime, so the vote is undecided.

      Close other programs or use a machine with more memory. Run again with \`--log debug\` to see what the worker wrote
      last.
    `),
    when: {
      IoErr:
        /early eof|unexpected end of file|failed to fill whole buffer|closed channel|connection reset|broken pipe/i,
    },
    message: 'The worker ended before it answered. This says nothing about the runtime.',
    hint: 'Memory may have run out: close other programs, or use a machine with more memory. Run again with --log debug.',
  }),
  prepareErrorHint({
    id: 'kernel-refused',
    place: 'none',
    title: 'The system refused a request of the worker.',
    docs: paragraphs(`
      The worker could not start or watch the process that compiles: \`fork\`, \`clone\`, \`pipe2\`, \`getrusage\` or
      \`waitpid\` failed. Typical causes are a container without free processes (\`EAGAIN\`, \`pids.max\`), memory
      (\`ENOMEM\`), and a container that forbids namespaces (\`EPERM\`). This says nothing about the runtime, so the vote
      is undecided.

      \`pvf workers diagnose\` shows what the worker can do on this machine. Raise the limits of the container.
    `),
    when: { Kernel: anyText },
    message: 'The system refused a request of the worker. This says nothing about the runtime.',
    hint: 'Raise the limits of the container (processes, memory), and run `pvf workers diagnose`.',
  }),
  prepareErrorHint({
    id: 'local-failure',
    place: 'none',
    title: 'This machine failed.',
    docs: paragraphs(`
      A file could not be created, moved or removed, or the worker's response could not be read. The typical cause is a
      folder that can't be written. This says nothing about the runtime, so the vote is undecided.

      The message names the step. Run again with \`--log debug\`. \`pvf workers diagnose\` shows what the worker can do on
      this machine.
    `),
    when: { IoErr: anyText, CreateTmpFile: anyText, RenameTmpFile: anyText, ClearWorkerDir: anyText },
    message: 'This machine failed to write or read a file. This says nothing about the runtime.',
    hint: 'Check the permissions of the cache folder, or set PVF_CACHE_DIR to another one. Run again with --log debug.',
  }),
];
