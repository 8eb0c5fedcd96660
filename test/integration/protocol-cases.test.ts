/** Every module case of `protocol/cases.json` through the host, with Polkadot's own worker, with and without sandbox. */
import assert from 'node:assert/strict';
import { blake2b256 } from '../../src/base/hash.ts';
import { messageOf } from '../../src/polkadot/prepare-error.ts';
import { durationFromNanos } from '../../src/polkadot/scale.ts';
import type { PrepareJob } from '../../src/worker/host/job.ts';
import type { Outcome } from '../../src/worker/host/outcome.ts';
import type { PrepareHost } from '../../src/worker/host/prepare-host.ts';
import type { OfficialWorker } from '../../src/worker/probe/examined-worker.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { moduleCases as cases, type ModuleCase, paramOf } from '../support/protocol-case-request.ts';
import { withHost, withWorkbench } from '../support/workbench.ts';

function jobOf(one: ModuleCase): PrepareJob {
  const code = Buffer.from(one.code_base64, 'base64');
  return {
    code,
    codeHash: blake2b256(code),
    executorParams: one.params.map(paramOf),
    bombLimit: one.bombLimit,
    prepTimeout: durationFromNanos(BigInt(one.prepTimeoutNanos)),
    kind: one.kind === 'precheck' ? 'Prechecking' : 'Compilation',
  };
}

/** The answer as the fixture writes it; the host has outcomes of their own for three errors. */
function answerOf(outcome: Outcome): unknown {
  switch (outcome.kind) {
    case 'concluded':
      return 'prepared' in outcome
        ? { ok: { observedWasmCodeLen: outcome.prepared.stats.observedWasmCodeLen } }
        : { err: { kind: outcome.error.tag, value: messageOf(outcome.error) } };
    case 'timed-out':
      return { err: { kind: 'TimedOut', value: null } };
    case 'out-of-memory':
      return { err: { kind: 'OutOfMemory', value: null } };
    default:
      return outcome;
  }
}

function expectedOf({ expect }: ModuleCase): unknown {
  return 'ok' in expect ? { ok: { observedWasmCodeLen: expect.ok.observedWasmCodeLen } } : expect;
}

interface Answered {
  readonly answer: unknown;
  readonly artifactBytes: number | undefined;
  readonly wallMs: number;
}

async function answers(host: PrepareHost): Promise<Map<string, Answered>> {
  const all = new Map<string, Answered>();
  for (const one of cases) {
    const { outcome, wallMs } = await host.prepare(jobOf(one));
    const prepared = outcome.kind === 'concluded' && 'prepared' in outcome ? outcome.prepared : undefined;
    all.set(one.name, { answer: answerOf(outcome), artifactBytes: prepared?.artifactBytes, wallMs });
  }
  return all;
}

function withoutSandbox(worker: OfficialWorker): OfficialWorker {
  const off = { available: false, reason: 'switched off by the test' } as const;
  return { ...worker, security: { landlock: off, seccomp: off, changeRoot: off, secureClone: off } };
}

describeWithOfficialWorker('the module cases of the protocol', (program) => {
  it(`are answered as the real worker answered them, ${cases.length} cases with and without sandbox`, async function () {
    this.timeout(120_000);
    await withWorkbench(async (bench) => {
      await using directories = await bench.openHostDirectories();
      const worker = await bench.examine(program, directories);
      let sandboxed = new Map<string, Answered>();
      let plain = new Map<string, Answered>();
      await withHost(bench, worker, async ({ host }) => {
        sandboxed = await answers(host);
      });
      await withHost(bench, withoutSandbox(worker), async ({ host }) => {
        plain = await answers(host);
      });
      printTable(sandboxed);
      for (const one of cases) {
        const found = sandboxed.get(one.name);
        assert.deepEqual(found?.answer, expectedOf(one), one.name);
        assert.deepEqual(plain.get(one.name)?.answer, found?.answer, `${one.name}, without sandbox`);
        assert.equal(plain.get(one.name)?.artifactBytes, found?.artifactBytes, `${one.name}, artifact`);
      }
    });
  });
});

function printTable(all: ReadonlyMap<string, Answered>): void {
  const lines = [...all].map(([name, { answer, artifactBytes, wallMs }]) => {
    const text = artifactBytes === undefined ? JSON.stringify(answer) : `ok, artifact ${artifactBytes} B`;
    return `      ${name.padEnd(58)} ${wallMs.toFixed(0).padStart(5)} ms  ${text.slice(0, 110)}`;
  });
  process.stdout.write(`${lines.join('\n')}\n`);
}
