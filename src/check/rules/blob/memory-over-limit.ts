import { paragraphs } from '../../../base/text.ts';
import { formatBytes, groupDigits } from '../../../base/units.ts';
import type { BlobContext, Rule } from '../rule.ts';

const PAGE_BYTES = 65_536;

/** Pages that validators add to `MaxMemoryPages`: an estimate of what a runtime needs for its stack and static data. */
const ESTIMATED_PAGES = 32;

/** Without the executor param (`EXTRA_HEAP_PAGES`). */
const DEFAULT_MAX_PAGES = 2048;

export const memoryOverLimit: Rule<'blob'> = {
  id: 'memory-over-limit',
  about: 'blob',
  severity: 'error',
  place: 'build-script',
  title: 'The module needs more memory than validators allow.',
  docs: paragraphs(`
    A module states how many pages of 64 KiB it needs at the start. Validators allow ${DEFAULT_MAX_PAGES} +
    ${ESTIMATED_PAGES} pages, or \`MaxMemoryPages\` + ${ESTIMATED_PAGES} with that executor param
    (polkadot-node-core-pvf-common 29.0.0, executor_interface.rs). Preparation does not compare them. Every execution
    would fail with "memory minimum size of N pages exceeds memory limits".

    A usual runtime needs 17 to 50 pages: 16 for the stack, the rest for static data. Look for a large linker stack
    (\`-z stack-size\`), large statics or embedded files, and a \`--initial-memory\` flag in \`WASM_BUILD_RUSTFLAGS\`.
  `),
  run(context) {
    const { memory } = context.facts;
    const limit = pageLimit(context);
    if (memory === undefined || memory.min <= limit) return [];
    const pages = (count: number) => `${groupDigits(count)} pages (${formatBytes(count * PAGE_BYTES)})`;
    return [
      {
        message: `The module needs ${pages(memory.min)} of memory at the start. Validators allow ${pages(limit)}, so every execution would fail.`,
        hint: "The linker's stack or the static data is too large. Remove stack-size and initial-memory flags from WASM_BUILD_RUSTFLAGS, and large statics from the runtime.",
        data: { pages: memory.min, limit },
      },
    ];
  },
};

/** The last param counts, as in Polkadot. */
function pageLimit({ executorParams }: BlobContext): number {
  const param = executorParams.findLast(({ tag }) => tag === 'MaxMemoryPages');
  return (param?.tag === 'MaxMemoryPages' ? param.value : DEFAULT_MAX_PAGES) + ESTIMATED_PAGES;
}
