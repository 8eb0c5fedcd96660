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
    hint: 'The disk is full. This says nothing about the runtime. Free some space, or set PVF_CACHE_DIR to a folder on another disk.',
  }),
  prepareErrorHint({
    id: 'local-failure',
    place: 'none',
    title: 'This machine failed.',
    docs: paragraphs(`
      A file could not be created, moved or removed, the worker's response could not be read, or the kernel denied a
      request of the worker. Typical causes are a container that may not fork and a folder that can't be written. This
      says nothing about the runtime, so the vote is undecided.

      The message names the step. Run again with \`--log debug\`. \`pvf workers diagnose\` shows what the worker can do on
      this machine.
    `),
    when: { IoErr: anyText, CreateTmpFile: anyText, RenameTmpFile: anyText, ClearWorkerDir: anyText, Kernel: anyText },
    hint: 'This machine failed (disk, permissions or a dead worker). This says nothing about the runtime. Run again with --log debug.',
  }),
];
