import assert from 'node:assert/strict';
import type { Diagnosis, ExaminedCandidate, WorkersList } from '../../../src/model/workers.ts';
import { formatDiagnosis, formatDiagnosisMarkdown, formatWorkersList } from '../../../src/report/workers.ts';
import { assertGolden } from './golden.ts';

const official = '/usr/lib/polkadot/polkadot-prepare-worker';
const builtIn = '/opt/pvf/dist/portable-worker.cjs';
const damaged = '/home/me/bin/polkadot-prepare-worker';
const sha256 = 'ab'.repeat(32);

const list: WorkersList = {
  places: [
    { source: 'workspace', path: '/w/target/*/x', state: 'not-looked-at', note: 'The workspace is not trusted.' },
    { source: 'beside-polkadot', path: 'x', state: 'missing', note: 'There is no polkadot on PATH.' },
    { source: 'path', path: damaged, state: 'found', note: 'It is on PATH.' },
    { source: 'system', path: official, state: 'found', note: 'Installed by a system package.' },
    { source: 'built-in', path: builtIn, state: 'found', note: 'It is part of this tool and needs nothing installed.' },
  ],
  candidates: [
    { source: 'path', path: damaged, realPath: damaged, modifiedMs: 0 },
    { source: 'system', path: official, realPath: official, modifiedMs: 0 },
    { source: 'built-in', path: builtIn, realPath: builtIn, modifiedMs: 0 },
  ],
  selection: { kind: 'found', source: 'system', path: official },
};

const examined: readonly ExaminedCandidate[] = [
  { kind: 'unusable', source: 'path', path: damaged, reason: `${damaged} --version printed "hello"` },
  {
    kind: 'usable',
    source: 'system',
    path: official,
    worker: {
      kind: 'official',
      version: '1.25.1',
      wireRevision: '26.0.0',
      sha256,
      security: {
        landlock: { available: true },
        seccomp: { available: true },
        changeRoot: { available: false, reason: 'unshare: operation not permitted' },
        secureClone: { available: true },
      },
    },
  },
  {
    kind: 'usable',
    source: 'built-in',
    path: builtIn,
    worker: {
      kind: 'portable',
      version: '1.25.1',
      wireRevision: '26.0.0',
      sha256,
      engine: 'wasmtime 36.0.20 in WebAssembly',
      target: { cpu: 'x86-64-v3', features: ['has_sse3', 'has_avx'] },
      figures: 'estimated',
    },
  },
];

const diagnosis: Diagnosis = { runtime: 'Node 22.15.0', cacheFolder: '/home/me/.cache/polkadot-pvf', examined, list };

describe('formatWorkersList', () => {
  it('shows every place and the selected worker', () => assertGolden('workers-list.txt', formatWorkersList(list)));

  it('explains how to get another worker than the built-in one', () => {
    const selection = { kind: 'found', source: 'built-in', path: builtIn } as const;
    assert.match(formatWorkersList({ ...list, selection }), /This is the built-in worker\. `pvf workers build`/);
  });

  it('reports that there is no worker', () => {
    assert.match(formatWorkersList({ ...list, selection: { kind: 'none' } }), /^No prepare worker was found\./);
    assert.equal(formatWorkersList({ ...list, selection: { kind: 'none' } }).includes('→'), false);
  });

  it('reports that the requested worker is unusable', () => {
    const text = formatWorkersList({ ...list, selection: { kind: 'requested-unusable' } });
    assert.match(text, /^The requested worker can't be used\./);
  });
});

describe('formatDiagnosis', () => {
  it('describes each worker, then shows the list', () =>
    assertGolden('workers-diagnosis.txt', formatDiagnosis(diagnosis)));

  it('shows only the list when there is no worker', () => {
    const none: Diagnosis = { ...diagnosis, examined: [] };
    assert.equal(formatDiagnosis(none), formatWorkersList(list));
  });

  it('is a section of a Markdown document, with the runtime and the cache folder', () => {
    const text = formatDiagnosisMarkdown(diagnosis);
    assert.match(
      text,
      /^## Prepare workers\n\nNode 22\.15\.0, cache folder \/home\/me\/\.cache\/polkadot-pvf\n\n```text\n/,
    );
    assert(text.endsWith('\n```'));
  });
});
