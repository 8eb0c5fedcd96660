import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { builtProgram, type CargoEvent, CargoOutput } from '../../../../src/toolchain/cargo/cargo-output.ts';

// Recorded from cargo 1.95 with the environment of runCargo (the first is shortened).
const recorded = (name: string) =>
  readFileSync(path.join(import.meta.dirname, '../../../fixtures/official', name), 'utf8');

function read(...chunks: string[]): CargoEvent[] {
  const output = new CargoOutput();
  return [...chunks.flatMap((chunk) => output.push(chunk)), ...output.end()];
}

const progressOf = (events: CargoEvent[]) => events.filter((one) => one.kind === 'progress');
const linesOf = (events: CargoEvent[]) => events.filter((one) => one.kind === 'line').map(({ text }) => text.trim());

describe('CargoOutput', () => {
  it('reports progress of a real build from the first crate to the last', () => {
    const events = read(recorded('cargo-build.stderr'));
    const progress = progressOf(events);
    assert.deepEqual(progress[0], { kind: 'progress', done: 8, total: 615, crate: 'proc-macro2' });
    assert.deepEqual(progress.at(-1), { kind: 'progress', done: 614, total: 615, crate: 'polkadot-prepare-worker' });
    assert.ok(progress.every(({ done }, at) => done >= (progress[at - 1]?.done ?? 0)));
    assert.ok(progress.every(({ total }) => total === 615));
    assert.match(linesOf(events).at(-1) ?? '', /^Finished `release` profile \[optimized\] target\(s\) in /);
  });

  it('does not report progress bars as lines', () => {
    for (const name of ['cargo-build.stderr', 'cargo-fetch.stderr', 'cargo-failure.stderr']) {
      assert.ok(
        linesOf(read(recorded(name))).every((line) => !/^Building \[/.test(line)),
        name,
      );
    }
  });

  it('distinguishes overwritten lines from permanent lines', () => {
    const events = read(recorded('cargo-fetch.stderr'));
    const status = events.filter((one) => one.kind === 'status').map(({ text }) => text.trim());
    assert.deepEqual(status.slice(0, 3), ['Downloading 1 crate', 'Downloading 2 crates', 'Downloading 3 crates']);
    assert.equal(linesOf(events)[0], 'Updating crates.io index');
    assert.equal(progressOf(events)[0]?.done, 0);
  });

  it("preserves the compiler's messages", () => {
    const lines = read(recorded('cargo-failure.stderr')).flatMap((one) => (one.kind === 'line' ? [one.text] : []));
    assert.ok(lines.includes('error: expected expression, found `}`'));
    assert.ok(lines.includes(' --> src/main.rs:1:29'));
  });

  it('accepts chunks of any size', () => {
    const text = recorded('cargo-fetch.stderr');
    const whole = read(text);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 60 }), (cuts) => {
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const chunks = bounds.slice(1).map((end, at) => text.slice(bounds[at], end));
        assert.deepEqual(read(...chunks), whole);
      }),
    );
  });

  it('finds the program in the messages on stdout', () => {
    const message = {
      reason: 'compiler-artifact',
      target: { kind: ['bin'], name: 'polkadot-prepare-worker' },
      executable: '/t/release/polkadot-prepare-worker',
    };
    const named = (line: unknown) => builtProgram(JSON.stringify(line), 'polkadot-prepare-worker');
    assert.equal(named(message), '/t/release/polkadot-prepare-worker');
    assert.equal(named({ ...message, executable: null }), undefined);
    assert.equal(named({ ...message, target: { name: 'build-script-build' } }), undefined);
    assert.equal(named({ reason: 'build-finished', success: true }), undefined);
    assert.equal(builtProgram('{"reason":"compiler-artifact"', 'polkadot-prepare-worker'), undefined);
  });
});
