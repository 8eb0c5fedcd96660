import type { LimitId } from '../../../model/report.ts';
import type { SourcePlace } from '../../../model/rule-info.ts';
import { paragraphs } from '../rule.ts';

/** How the findings and the docs of a limit speak about it. */
export interface LimitWording {
  /** The subject of the sentence. */
  readonly what: string;
  readonly unit: 'bytes' | 'ms';
  readonly hint: string;
  readonly place: SourcePlace;
  readonly docs: string;
}

const budget = {
  hint: 'The budget file holds this limit. Find out what grew before you raise it.',
  place: 'manifest',
  docs: paragraphs(`
    The limit is one of your own: it stands in the budget file (\`--budget\`, \`pvf.budget\`). Validators don't know it,
    and the vote does not depend on it.

    Compare with an earlier report (\`--baseline\`) to see what grew, and raise the budget only when you know why.
  `),
} as const;

export const limitWordings: Readonly<Record<LimitId, LimitWording>> = {
  'code-size': {
    what: 'The blob as stored',
    unit: 'bytes',
    hint: 'The relay chain refuses code above max_code_size before any validator sees it. Register the .compact.compressed.wasm; wasm-builder 35 or newer compresses it by about a fifth better.',
    place: 'manifest',
    docs: paragraphs(`
      The relay chain stores at most \`max_code_size\` bytes of code. Its \`paras\` pallet refuses a larger blob with
      \`InvalidCode\`, before any validator prepares it. The value belongs to the host configuration of each relay
      chain: polkadot-primitives allows 3 MiB up to version 24 and 5 MiB from version 25 on (polkadot-sdk PR 11894), and
      governance has to raise it on each chain.

      Register the \`.compact.compressed.wasm\`, and build it with substrate-wasm-builder 35 or newer. If that is not
      enough, leave out what production does not need: genesis presets (tanssi PR 1149: 300 kB of compressed code),
      logs, unused pallets.
    `),
  },
  'raw-code-size': {
    what: 'The code after decompression',
    unit: 'bytes',
    hint: 'Validators stop decompressing at this limit. Leave out what production does not need: logs (on-chain-release-build), genesis presets, try-runtime, unused pallets.',
    place: 'construct-runtime',
    docs: paragraphs(`
      A worker stops decompressing at the bomb limit and answers "Possible compression bomb encountered"; validators
      then vote against. Relay chains set the limit to ten times \`max_code_size\` (runtime API
      \`validation_code_bomb_limit\`, polkadot-sdk PR 7760). Older nodes had a constant, which a live parachain ran into
      (polkadot-sdk issue 7664).

      Leave out what production does not need: logs (feature \`on-chain-release-build\`), genesis presets (tanssi
      PR 1149: 0.9 MB of raw code), \`try-runtime\`, unused pallets.
    `),
  },
  'cpu-time': {
    what: 'CPU time of the preparation',
    unit: 'ms',
    hint: 'Slower validators need longer than this machine, and a third of them voting no is enough. Fewer or smaller functions cost less.',
    place: 'construct-runtime',
    docs: paragraphs(`
      Pre-checking grants 60 s of CPU time unless the relay chain's executor params say otherwise
      (\`PvfPrepTimeout\`). A validator that needs more votes against (polkadot PR 6492), and two thirds must vote for
      the PVF. The slowest third decides: the same preparation took 3 s on a good machine and over 10 s on others
      (polkadot PR 4270).

      Fewer or smaller functions compile faster. Split huge functions, such as a \`match\` with very many arms, and leave
      out pallets that production does not need.
    `),
  },
  memory: {
    what: 'Memory of the preparation',
    unit: 'bytes',
    hint: 'Above the limit the worker is stopped and the vote is no. The largest functions cost most.',
    place: 'construct-runtime',
    docs: paragraphs(`
      The limit is the executor param \`PrecheckingMaxMemory\`; a relay chain that does not set it has no limit. The
      worker counts what its allocator hands out, which is not the resident memory that the system shows. Above the
      limit it ends with \`OutOfMemory\`, and validators vote against.

      The largest functions cost the most memory: split them. Give a larger limit only when the relay chain has it too.
    `),
  },
  'stored-bytes-budget': { what: 'The blob as stored', unit: 'bytes', ...budget },
  'raw-bytes-budget': { what: 'The code after decompression', unit: 'bytes', ...budget },
  'artifact-bytes-budget': { what: 'The artifact', unit: 'bytes', ...budget },
  'cpu-time-budget': { what: 'CPU time of the preparation', unit: 'ms', ...budget },
  'memory-budget': { what: 'Memory of the preparation', unit: 'bytes', ...budget },
};
