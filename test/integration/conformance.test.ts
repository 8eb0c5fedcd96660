/**
 * Polkadot's tests of its PVF host (polkadot-sdk, node/core/pvf/tests/it), here with our host, Polkadot's worker and a real
 * runtime. Each title ends with the name of Polkadot's test. Only the cases that no other test covers.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type SandboxFeature, sandboxFeatures } from '../../src/model/workers.ts';
import type { ExecutorParam } from '../../src/polkadot/executor-params.ts';
import { durationFromMillis } from '../../src/polkadot/scale.ts';
import type { HostDirectories } from '../../src/worker/host/host-directories.ts';
import type { PrepareJob } from '../../src/worker/host/job.ts';
import type { OpenedHost } from '../../src/worker/host/open-host.ts';
import type { Outcome, Prepared } from '../../src/worker/host/outcome.ts';
import type { Preparation } from '../../src/worker/host/prepare-host.ts';
import { processesNaming, processesOfGroup, until } from '../support/leaks.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { skipEvenInCi } from '../support/skip.ts';
import { tally } from '../support/tally.ts';
import { jobFor, withWorkbench } from '../support/workbench.ts';

interface Running {
  readonly preparation: Promise<Preparation>;
  readonly workerPid: number;
  /** The worker's child, which compiles. */
  readonly jobPid: number;
}

/** Of CPU time; the host waits four times as long. */
const SHORT_MS = 500;

const runtimeJob = (changes: Partial<PrepareJob> = {}) => jobFor(tally.stored(), changes);
const shortJob = () => runtimeJob({ prepTimeout: durationFromMillis(SHORT_MS) });

const workerDirsIn = ({ artifacts }: HostDirectories) =>
  readdirSync(artifacts.folder).filter((name) => name.startsWith('worker-dir'));

describeWithOfficialWorker("Polkadot's tests of its host", (program) => {
  /** Runs a test with a host of this worker, in a folder that only the host's processes name. */
  const withOfficialHost = (
    test: (opened: OpenedHost, directories: HostDirectories, folder: string) => Promise<void>,
  ) =>
    withWorkbench(async (bench) => {
      await using directories = await bench.openHostDirectories();
      const worker = await bench.examine(program, directories);
      const opened = await bench.openHost(worker, directories);
      await using _host = opened.host;
      await test(opened, directories, bench.folder);
    });

  describe('about processes', function () {
    this.timeout(60_000);

    /**
     * Disturbs a running job. Checks that the outcome is as expected, that nothing of the worker is left, and that the next
     * job succeeds.
     */
    const disturbed = (disturb: (running: Running) => void, expected: (running: Running) => Outcome) =>
      withOfficialHost(async ({ host }, directories, folder) => {
        const running = await runningJob(host.prepare(shortJob()), folder);
        disturb(running);
        const { outcome } = await running.preparation;
        assert.deepEqual(outcome, expected(running));
        assert.deepEqual(workerDirsIn(directories), []);
        await until('the processes are gone', () => processesOfGroup(running.workerPid).length === 0);
        assert.equal((await host.prepare(jobFor())).outcome.kind, 'concluded');
      });

    const timedOut: Outcome = { kind: 'timed-out', clock: 'wall', limitMs: 4 * SHORT_MS };

    it('a worker that is stopped times out (prepare_worker_timeout)', () =>
      disturbed(
        ({ workerPid }) => process.kill(workerPid, 'SIGSTOP'),
        () => timedOut,
      ));

    it('a job that is stopped times out (prepare_worker_timeout)', () =>
      disturbed(
        ({ jobPid }) => process.kill(jobPid, 'SIGSTOP'),
        () => timedOut,
      ));

    it('a job that takes too long is ended in time (prepare_job_terminates_on_timeout)', () =>
      withOfficialHost(async ({ host }) => {
        const { outcome, wallMs } = await host.prepare(shortJob());
        assert.equal(outcome.kind, 'timed-out');
        assert(wallMs >= SHORT_MS && wallMs < 4 * SHORT_MS + 1000, `${wallMs} ms`);
      }));

    it('a worker that is killed during a job is an I/O error (prepare_worker_killed_during_job)', () =>
      disturbed(
        ({ workerPid }) => process.kill(workerPid, 'SIGKILL'),
        () => ({ kind: 'io-error', message: 'early eof' }),
      ));

    // The job is process 1 of its own namespace, so it ignores the signals that a crash would send.
    it('a job that is killed has died (forked_prepare_job_killed_during_job)', () =>
      disturbed(
        ({ jobPid }) => process.kill(jobPid, 'SIGKILL'),
        ({ jobPid }) => ({ kind: 'job-died', message: 'received signal: SIGKILL', jobPid }),
      ));

    it('a worker has one thread, its job four (ensure_prepare_processes_have_correct_num_threads)', () =>
      withOfficialHost(async ({ host }, _, folder) => {
        const { preparation, workerPid, jobPid } = await runningJob(host.prepare(runtimeJob()), folder);
        let ended = false;
        void preparation.then(() => {
          ended = true;
        });
        const ofWorker = new Set<number>();
        const ofJob = new Set<number>();
        while (!ended) {
          ofWorker.add(threadsOf(workerPid));
          ofJob.add(threadsOf(jobPid));
          await delay(2);
        }
        assert.equal((await preparation).outcome.kind, 'concluded');
        assert.deepEqual([...ofWorker], [1]);
        // The main thread, and those that compile, watch the CPU time and track the memory.
        assert.equal(Math.max(...ofJob), 4);
      }));

    it('every sandbox feature works that this machine has (all_security_features_work)', async function () {
      await withWorkbench(async (bench) => {
        await using directories = await bench.openHostDirectories();
        const { security } = await bench.examine(program, directories);
        const missing = sandboxFeatures.flatMap((feature) => {
          const probe = security[feature];
          return probe.available ? [] : [{ feature, reason: probe.reason }];
        });
        assert.deepEqual(
          missing.filter(({ feature }) => machineHas(feature)),
          [],
        );
        const [first] = missing;
        if (first) skipEvenInCi(this, `this machine lacks ${first.feature}: ${first.reason}`);
      });
    });
  });

  describe('about artifacts', function () {
    this.timeout(60_000);

    it('a deleted one is made again (deleting_prepared_artifact_does_not_dispute)', () =>
      withOfficialHost((opened) => isMadeAgainAfter(opened, jobFor(), (path) => rmSync(path))));

    it('a corrupted one is made again (corrupted_prepared_artifact_does_not_dispute)', () =>
      withOfficialHost((opened) =>
        isMadeAgainAfter(opened, runtimeJob(), (path) => {
          const bytes = readFileSync(path);
          const middle = bytes.length >> 1;
          bytes[middle] = (bytes[middle] ?? 0) ^ 1;
          writeFileSync(path, bytes);
        }),
      ));

    it('the same one serves params of execution (artifact_does_not_reprepare_on_non_meaningful_exec_parameter_change)', () =>
      withOfficialHost(async (opened) => {
        const { path } = await preparedBy(opened, jobFor());
        const executorParams: ExecutorParam[] = [{ tag: 'PvfExecTimeout', value: { kind: 'Backing', millis: 500n } }];
        const found = await opened.findCached(jobFor(undefined, { executorParams }));
        assert(found?.outcome.kind === 'concluded' && 'prepared' in found.outcome);
        assert.equal(found.outcome.prepared.path, path);
      }));

    it('another one is made for params of preparation (artifact_does_reprepare_on_meaningful_exec_parameter_change)', () =>
      withOfficialHost(async (opened) => {
        const { path } = await preparedBy(opened, jobFor());
        const job = jobFor(undefined, { executorParams: [{ tag: 'StackLogicalMax', value: 1024 }] });
        assert.equal(await opened.findCached(job), undefined);
        assert.notEqual((await preparedBy(opened, job)).path, path);
      }));
  });
});

/** Waits until the worker, the leader of its group, has forked the job. */
async function runningJob(preparation: Promise<Preparation>, folder: string): Promise<Running> {
  await until('the job', () => processesNaming(folder).length === 2);
  const pids = processesNaming(folder);
  const workerPid = pids.find((pid) => processesOfGroup(pid).length === 2);
  const jobPid = pids.find((pid) => pid !== workerPid);
  assert(workerPid !== undefined && jobPid !== undefined);
  return { preparation, workerPid, jobPid };
}

/** 0 when the process is gone. */
function threadsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

async function preparedBy({ host }: OpenedHost, job: PrepareJob): Promise<Prepared> {
  const { outcome } = await host.prepare(job);
  assert(outcome.kind === 'concluded' && 'prepared' in outcome);
  return outcome.prepared;
}

async function isMadeAgainAfter(opened: OpenedHost, job: PrepareJob, damage: (path: string) => void): Promise<void> {
  const first = await preparedBy(opened, job);
  const bytes = readFileSync(first.path);
  assert(await opened.findCached(job));
  damage(first.path);
  assert.equal(await opened.findCached(job), undefined);
  const second = await preparedBy(opened, job);
  assert.equal(second.path, first.path);
  assert(readFileSync(second.path).equals(bytes));
  assert(await opened.findCached(job));
}

/** Whether other programs than the worker can use a feature. */
function machineHas(feature: SandboxFeature): boolean {
  switch (feature) {
    case 'landlock':
      return textOf('/sys/kernel/security/lsm').split(',').includes('landlock');
    case 'seccomp':
      return textOf('/proc/self/status').includes('Seccomp_filters:');
    case 'changeRoot':
      return canUnshare('--mount');
    case 'secureClone':
      return canUnshare('--mount', '--pid', '--fork', '--net', '--ipc', '--uts', '--cgroup');
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function canUnshare(...namespaces: readonly string[]): boolean {
  try {
    execFileSync('unshare', ['--user', '--map-root-user', ...namespaces, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
