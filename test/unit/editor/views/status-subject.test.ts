import assert from 'node:assert/strict';
import { type CheckState, type RuntimeEntry, uncheckedState } from '../../../../src/editor/model.ts';
import {
  type ActiveDocument,
  nameAmong,
  statusOfAll,
  statusSubject,
} from '../../../../src/editor/views/status-subject.ts';
import { accepted, inspected, rejected, undecided } from '../../../support/sample-reports.ts';
import { checked, english, running, runtime, withStored } from './samples.ts';

function entryOf(name: string, state: CheckState): RuntimeEntry {
  const blob = { ...runtime.blob, path: `/chain/target/release/wbuild/${name}/${name}.compact.compressed.wasm` };
  const id = `/chain/target/release/wbuild/${name}/${name}`;
  return { runtime: { ...runtime, id, name, manifestPath: `/chain/${name}/Cargo.toml`, blob }, state };
}

const other: ActiveDocument = { kind: 'other' };
const passing = checked(withStored(accepted, 100_000));
const hydradx = entryOf('hydradx', checked(accepted));
const shell = entryOf('shell', passing);
const broken = entryOf('broken', checked(rejected));
const all = [hydradx, shell, broken];

/** The name of the shown runtime, or `all`. */
function shown(entries: readonly RuntimeEntry[], active: ActiveDocument): string | undefined {
  const subject = statusSubject(entries, active);
  return subject?.kind === 'one' ? subject.name : subject?.kind;
}

describe('statusSubject', () => {
  it('is the runtime of a file of its crate, or of its blob', () => {
    assert.equal(shown(all, { kind: 'file', path: '/chain/shell/src/lib.rs' }), 'shell');
    assert.equal(shown(all, { kind: 'file', path: '/chain/shell/Cargo.toml' }), 'shell');
    assert.equal(shown(all, { kind: 'file', path: shell.runtime.blob.path }), 'shell');
  });

  it('is the runtime of an open report', () => {
    assert.equal(shown(all, { kind: 'report', runtimeId: hydradx.runtime.id }), 'hydradx');
  });

  it('is the runtime that has the finding of an open explanation', () => {
    assert.equal(shown(all, { kind: 'explanation', findingId: 'opcode-sign-extension' }), 'broken');
    assert.equal(shown(all, { kind: 'explanation', findingId: 'near-limit-code-size' }), 'hydradx');
  });

  it('is the worst one if a document belongs to several', () => {
    const production = { ...broken, runtime: { ...broken.runtime, manifestPath: '/chain/shell/Cargo.toml' } };
    assert.equal(shown([hydradx, shell, production], { kind: 'file', path: '/chain/shell/src/lib.rs' }), 'broken');
  });

  it('is all runtimes if none belongs to the document', () => {
    for (const active of [
      other,
      { kind: 'file', path: '/chain/README.md' },
      { kind: 'report', runtimeId: 'gone' },
    ] as const)
      assert.equal(shown(all, active), 'all');
  });

  it('is the only runtime, without its name', () => assert.equal(shown([shell], other), ''));
  it('is nothing without runtimes', () => assert.equal(shown([], other), undefined));

  it('leaves out runtimes that are checked only on request, unless one of them is open', () => {
    const development: RuntimeEntry = {
      runtime: { ...broken.runtime, id: '/dev', name: 'dev', build: { profile: 'debug', kind: 'development' } },
      state: broken.state,
    };
    const subject = statusSubject([shell, hydradx, development], other);
    assert.deepEqual(subject, { kind: 'all', entries: [shell, hydradx] });
    assert.equal(shown([shell, development], other), 'shell');
    assert.equal(shown([shell, development], { kind: 'report', runtimeId: '/dev' }), 'dev');
  });

  it('is the running check, whatever is open', () => {
    const busy = entryOf('busy', running());
    assert.equal(shown([...all, busy], { kind: 'file', path: '/chain/shell/src/lib.rs' }), 'busy');
  });
});

describe('nameAmong', () => {
  it('adds the profile to the name of two blobs of one crate', () => {
    const production = { ...shell, runtime: { ...shell.runtime, id: '/p', profile: 'production' } };
    assert.equal(nameAmong([shell, production], production.runtime), 'shell (production)');
    assert.equal(nameAmong([shell, production], shell.runtime), 'shell (release)');
  });
});

describe('statusOfAll', () => {
  const unchecked = entryOf('new', uncheckedState);
  const old = entryOf('old', { ...checked(rejected), isCurrent: false });
  const cases: readonly (readonly [readonly RuntimeEntry[], text: string, icon: string, background: string])[] = [
    [all, '1 of 3 fails', 'error', 'error'],
    [[broken, shell, broken], '2 of 3 fail', 'error', 'error'],
    [[entryOf('x', checked(undecided)), hydradx], '1 of 2 undecided', 'question', 'warning'],
    [
      [entryOf('x', { ...uncheckedState, problem: { message: 'gone' } }), shell],
      '1 of 2 undecided',
      'question',
      'warning',
    ],
    [[hydradx, shell, unchecked], '1 of 3 near a limit', 'warning', 'none'],
    [[shell, unchecked, old], '2 of 3 not prepared', 'circle-outline', 'none'],
    [[shell, entryOf('x', checked(inspected))], '1 of 2 fails', 'error', 'error'],
    [[shell, shell], 'all 2 pass', 'pass', 'none'],
  ];
  for (const [entries, text, icon, background] of cases) {
    it(`says "${text}"`, () => {
      const status = statusOfAll(entries, english);
      assert.deepEqual([status.text, status.icon, status.background], [text, icon, background]);
      assert.equal(status.accessibleLabel, `PVF: ${text}`);
    });
  }
});
