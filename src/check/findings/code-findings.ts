import type { Finding } from '../../model/report.ts';
import type { RuntimeFacts } from '../../runtime/inspect.ts';

/**
 * What the blob itself tells and pre-checking does not: a worker prepares a module without `validate_block` all the
 * same, and such a chain stops (protocol, 7.7).
 */
export function codeFindings(facts: RuntimeFacts): Finding[] {
  return [...compressionFindings(facts), ...exportFindings(facts)];
}

/** zstd level 3 gives a window of 2^21, and level 22 one of 2^27; only the strongest is worth its time once a release. */
const WEAK_WINDOW_LOG = 21;

function compressionFindings({ compression, functions }: RuntimeFacts): Finding[] {
  if (compression.kind === 'none' && functions !== undefined) {
    return [
      {
        id: 'not-compressed',
        severity: 'warning',
        message: 'The blob is not compressed.',
        hint: 'Register the .compact.compressed.wasm of the release build instead: it is four to five times smaller, and the code hash is another.',
      },
    ];
  }
  if (compression.windowLog === WEAK_WINDOW_LOG) {
    return [
      {
        id: 'weakly-compressed',
        severity: 'information',
        message: 'The blob is compressed with the weak zstd level of older wasm-builders.',
        hint: 'wasm-builder 35 or newer uses level 22, which saves 20 to 25 % of the stored size (polkadot-sdk PR 9875).',
      },
    ];
  }
  return [];
}

function exportFindings({ exportList, problem }: RuntimeFacts): Finding[] {
  if (exportList === undefined || problem) return [];
  if (exportList.some(({ name }) => name === 'validate_block')) return [];
  return [
    {
      id: 'no-validate-block',
      severity: 'error',
      message: 'The module does not export validate_block, so it is no parachain validation function.',
      hint: 'Pre-checking does not look for it, but validators could not validate a single block. Is register_validate_block! there, and is this the parachain runtime?',
    },
  ];
}
