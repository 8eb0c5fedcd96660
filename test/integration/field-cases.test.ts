/** The situations of real teams (corpus/field/cases.json) through the built CLI: exit status, vote, conclusion and text. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describeWithCorpus } from '../support/corpus.ts';
import { entriesOf, needBuiltCli, reportOf, withCli } from '../support/run-cli.ts';

/** What a user reads: a report, or a problem of the input. */
type Wanted =
  | {
      readonly vote: 'accept' | 'reject';
      readonly status: 'pass' | 'fail';
      /** Ids that decide. */
      readonly because: readonly string[];
      readonly reason: RegExp;
      readonly hint?: RegExp;
      readonly args?: (path: (file: string) => string) => readonly string[];
    }
  | { readonly problem: string; readonly message: RegExp; readonly remedy: RegExp };

const accepted = { vote: 'accept', status: 'pass', because: [], reason: /^Validators would accept it/ } as const;
const emptyCode: Wanted = { problem: 'empty-code', message: /without/, remedy: /SKIP_WASM_BUILD/ };

const cases: Readonly<Record<string, Wanted>> = {
  'plain.compact.wasm': accepted,
  'memory-44-pages-fine.compact.wasm': accepted,
  'imports-rust-begin-unwind.compact.wasm': {
    vote: 'accept',
    status: 'fail',
    because: ['unknown-imports'],
    reason: /rust_begin_unwind/,
    hint: /PR 8198/,
  },
  'imports-benchmarking.compact.wasm': {
    vote: 'accept',
    status: 'fail',
    because: ['benchmarking-build'],
    reason: /runtime-benchmarks/,
    hint: /runtime-benchmarks/,
  },
  'no-runtime-version-section.compact.wasm': {
    vote: 'accept',
    status: 'fail',
    because: ['no-runtime-version'],
    reason: /FailedToExtractRuntimeVersion/,
    hint: /runtime_version/,
  },
  'version-not-raised.compact.wasm': {
    vote: 'accept',
    status: 'fail',
    because: ['spec-version-not-raised'],
    reason: /SpecVersionNeedsToIncrease/,
    args: (path) => ['--baseline', path('field/version-on-chain.compact.wasm'), '--baseline-is', 'chain'],
  },
  'reference-types-call-indirect.compact.wasm': {
    vote: 'reject',
    status: 'fail',
    because: ['opcode-reference-types'],
    reason: /reference types.*function \d+/s,
    hint: /wasm32v1-none/,
  },
  'sign-extension-in-named-function.compact.wasm': {
    vote: 'reject',
    status: 'fail',
    because: ['opcode-sign-extension'],
    reason: /sign-extension.*function \d+/s,
    hint: /wasm32v1-none/,
  },
  'exceptions-tag-section.compact.wasm': {
    vote: 'reject',
    status: 'fail',
    because: ['wasm-exceptions'],
    reason: /exceptions/,
    hint: /panic/,
  },
  'exported-through-a-terminal-crlf.wasm': { problem: 'crlf-damage', message: /CR LF/, remedy: /-t/ },
  'archive.zip': { problem: 'zip-archive', message: /zip archive.*"para-wasm"/s, remedy: /[Uu]npack/ },
  'web-page.compact.compressed.wasm': { problem: 'html-page', message: /HTML page/, remedy: /download/i },
  'git-lfs-pointer.compact.compressed.wasm': { problem: 'git-lfs-pointer', message: /Git LFS/, remedy: /git lfs pull/ },
  'not-found-text.compact.compressed.wasm': { problem: 'text', message: /9 bytes/, remedy: /./ },
  'spec-with-empty-code.json': emptyCode,
  'spec-with-empty-code-raw.json': emptyCode,
  'srtool-digest.json': { problem: 'srtool-digest', message: /srtool/, remedy: /\.wasm/ },
};

describeWithCorpus('the situations of real teams', (corpus) => {
  before(needBuiltCli);
  const list = JSON.parse(readFileSync(corpus.path('field/cases.json'), 'utf8')) as {
    readonly cases: readonly { readonly file: string; readonly as?: string }[];
  };

  it('are all in this table', () => {
    const files = list.cases.filter((one) => one.as === undefined).map(({ file }) => file);
    assert.deepEqual(files.sort(), Object.keys(cases).sort());
  });

  for (const [file, wanted] of Object.entries(cases)) {
    it(`${file}: ${'problem' in wanted ? `no runtime, ${wanted.problem}` : `${wanted.vote}, ${wanted.status}`}`, () =>
      withCli(async (cli) => {
        const args = 'args' in wanted && wanted.args ? wanted.args((name) => corpus.path(name)) : [];
        const ended = await cli.run([
          'prepare',
          '--json',
          '--worker',
          'portable',
          ...args,
          corpus.path(`field/${file}`),
        ]);
        if ('problem' in wanted) {
          const [entry] = entriesOf(ended);
          assert.ok(entry !== undefined && 'problem' in entry);
          assert.deepEqual([ended.code, entry.problem.id], [2, wanted.problem]);
          assert.match(entry.problem.message, wanted.message);
          assert.match(entry.problem.remedy, wanted.remedy);
          return;
        }
        const { vote, conclusion, findings } = reportOf(ended);
        const { status, because } = conclusion;
        assert.deepEqual(
          [ended.code, vote, status, because],
          [wanted.status === 'pass' ? 0 : 1, wanted.vote, wanted.status, wanted.because],
        );
        assert.match(conclusion.reason, wanted.reason);
        if (wanted.hint) assert.match(findings.find(({ id }) => id === because[0])?.hint ?? '', wanted.hint);
      }));
  }

  it('active-config-polkadot-js.json: a profile', () =>
    withCli(async (cli) => {
      const profile = corpus.path('field/active-config-polkadot-js.json');
      const plain = corpus.path('field/plain.compact.wasm');
      const ended = await cli.run(['prepare', '--json', '--worker', 'portable', '--profile', profile, plain]);
      assert.equal(ended.code, 0);
      assert.match(reportOf(ended).limits.source, /ActiveConfig/);
    }));

  it('an earlier build with the same spec version is only a note', () =>
    withCli(async (cli) => {
      const baseline = corpus.path('field/version-on-chain.compact.wasm');
      const file = corpus.path('field/version-not-raised.compact.wasm');
      const ended = await cli.run(['prepare', '--json', '--worker', 'portable', '--baseline', baseline, file]);
      assert.equal(ended.code, 0);
      const found = reportOf(ended).findings.find(({ id }) => id === 'spec-version-not-raised');
      assert.equal(found?.severity, 'information');
    }));
});
