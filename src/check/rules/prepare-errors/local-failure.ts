/** Errors of this machine's disk, kernel and processes: validators would not get them. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

/** Rust and Node write it with and without the capital. */
const noSpace = /no space left on device|disk quota exceeded/i;

export const localFailureRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'disk-full',
    place: 'none',
    title: 'The disk is full.',
    docs: paragraphs(`
      The artifact or another file could not be written, because the disk is full or a quota is used up. This says nothing
      about the runtime, so the vote is undecided.

      Make room, or set \`PVF_CACHE_DIR\` to a folder on another disk.
    `),
    when: { IoErr: noSpace, CreateTmpFile: noSpace, RenameTmpFile: noSpace, ClearWorkerDir: noSpace, Kernel: noSpace },
    hint: 'The disk is full: this says nothing of the runtime. Make room, or let PVF_CACHE_DIR name a folder on another disk.',
  }),
  prepareErrorHint({
    id: 'local-failure',
    place: 'none',
    title: 'This machine failed.',
    docs: paragraphs(`
      A file could not be made, moved or removed, the worker's answer could not be read, or the kernel refused what the
      worker asked of it. A container without the rights to fork, or a folder without the right to write, does that. This
      says nothing about the runtime, so the vote is undecided.

      The message names the step. Run again with \`--log debug\`; \`pvf workers diagnose\` tells what the worker can do on
      this machine.
    `),
    when: { IoErr: anyText, CreateTmpFile: anyText, RenameTmpFile: anyText, ClearWorkerDir: anyText, Kernel: anyText },
    hint: 'This machine failed (disk, permissions, a dead worker), which says nothing of the runtime. Run again with --log debug.',
  }),
];
