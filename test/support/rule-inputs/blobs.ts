/** Modules and files with one property that a rule is about. */

import { copyFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { okAnswer } from '../fake-worker.ts';
import { plainPvf } from '../plain-pvf.ts';
import { pvfModule, version } from '../pvf-module.ts';
import {
  custom,
  fails,
  inspected,
  inspectedAndFails,
  moduleInput,
  ofProtocol,
  passes,
  type RuleInput,
  withImport,
} from './rule-input.ts';

export const blobInputs: readonly RuleInput[] = [
  moduleInput('not-compressed', ['a module as the compiler wrote it', plainPvf, passes]),
  moduleInput('no-validate-block', [...ofProtocol('no validate_block'), fails]),
  moduleInput('no-core-version', [...ofProtocol('minimal pvf'), fails]),
  moduleInput('no-runtime-version', [...ofProtocol('minimal pvf, compilation'), fails]),
  moduleInput('no-heap-base', [...ofProtocol('floats'), fails]),
  moduleInput('no-memory', [...ofProtocol('no memory at all'), fails]),
  moduleInput('memory-over-limit', [...ofProtocol('initial memory 2081 pages'), fails]),
  moduleInput('unknown-imports', [...ofProtocol('unknown env function'), fails]),
  moduleInput('start-function', ['a module with a start function', pvfModule({ start: 3 }), passes]),
  moduleInput('two-runtimes', [
    'two `runtime_version` sections, of `mine` and `other`',
    pvfModule({ customs: [version('mine', 2), version('other', 1)] }),
    fails,
  ]),
  moduleInput('host-function-types', [
    '`ext_hashing_twox_64_version_1` imported as `() -> ()`',
    withImport('ext_hashing_twox_64_version_1', 2),
    inspectedAndFails,
  ]),
  moduleInput('benchmarking-build', [
    'an import of `ext_benchmarking_wipe_db_version_1`',
    withImport('ext_benchmarking_wipe_db_version_1', 2),
    fails,
  ]),
  moduleInput('newer-host-functions', [
    'an import of `ext_statement_store_remove_by_version_1`, of stable2509',
    withImport('ext_statement_store_remove_by_version_1', 3),
    inspected,
  ]),
  moduleInput('ecc-host-functions', [
    'an import of `ext_host_calls_vesta_mul_version_1`',
    withImport('ext_host_calls_vesta_mul_version_1', 3),
    inspected,
  ]),
  moduleInput('try-runtime-build', [
    'the API `TryRuntime` in the section `runtime_apis`',
    pvfModule({
      customs: [
        version('mine', 2),
        custom('runtime_apis', Uint8Array.of(0xe0, 0x83, 0x7f, 0xce, 9, 0xf4, 0x82, 0x9a, 1, 0, 0, 0)),
      ],
    }),
    passes,
  ]),
  moduleInput('debug-sections', [
    'a section `.debug_info` of 100 bytes',
    pvfModule({ customs: [version('mine', 2), custom('.debug_info', new Uint8Array(100))] }),
    passes,
  ]),
  {
    ...inCargoFolder('development-build', 'target/debug/wbuild/a/a.wasm', plainPvf),
    input: 'a blob below `target/debug`',
  },
  {
    rule: 'stale-compression',
    input: 'a compact file that is newer than the compressed one beside it',
    ...passes,
    needsCorpus: true,
    run: (bench) => {
      const folder = bench.at('target/release/wbuild/a');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, 'a.compact.compressed.wasm');
      copyFileSync(bench.corpus('shell-2.compact.compressed.wasm'), file);
      utimesSync(file, 1000, 1000);
      writeFileSync(join(folder, 'a.compact.wasm'), plainPvf);
      return bench.check(file);
    },
  },
  {
    rule: 'unwrapped-input',
    input: 'a runtime as 0x-hex text with its length in front',
    ...passes,
    run: (bench) => {
      const { length } = plainPvf;
      const prefix = Buffer.from(Uint8Array.of(((length << 2) | 1) & 0xff, length >> 6)).toString('hex');
      return bench.check(bench.write('a.hex', `0x${prefix}${Buffer.from(plainPvf).toString('hex')}`));
    },
  },
  {
    rule: 'near-estimate',
    input: 'the built-in worker and a timeout that its estimate is above',
    vote: 'reject',
    status: 'fail',
    needsCorpus: true,
    run: (bench) => bench.check(bench.corpus('shell-2.compact.compressed.wasm'), { prepTimeoutMs: 20 }),
  },
  {
    rule: 'no-costs',
    input: "`--costs` with Polkadot's worker",
    ...passes,
    run: async (bench) => {
      const worker = bench.fakeWorker({ spawns: [{ jobs: [await okAnswer()] }] });
      return bench.check(bench.write('a.wasm', plainPvf), { worker, costs: true });
    },
  },
];

function inCargoFolder(rule: string, file: string, module: Uint8Array): RuleInput {
  return {
    rule,
    input: '',
    ...passes,
    run: (bench) => {
      const path = bench.at(file);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, module);
      return bench.check(path);
    },
  };
}
