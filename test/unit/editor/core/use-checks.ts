import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stateFrom } from '../../../../src/base/file-state.ts';
import type { CheckSettings } from '../../../../src/check/check-settings.ts';
import type { Result } from '../../../../src/editor/check-thread/messages.ts';
import { CheckRunner, type CheckRunnerOptions } from '../../../../src/editor/core/check-runner.ts';
import { CheckStore, type CheckStoreOptions } from '../../../../src/editor/core/check-store.ts';
import type { CheckState, FinishedCheck, Runtime } from '../../../../src/editor/model.ts';

type RequestCheck = CheckRunnerOptions['requestCheck'];

type HeldRequest = Parameters<RequestCheck>[1] & {
  path: string;
  settings: CheckSettings;
  resolve(result: Result<'check'>): void;
  reject(error: Error): void;
};

/** Replaces the check thread, so that the test controls its results. test/integration tests the real thread. */
class HeldThread {
  readonly requests: HeldRequest[] = [];
  readonly requestCheck: RequestCheck = ({ path: input, settings: requested }, options) =>
    new Promise((resolve, reject) => {
      this.requests.push({ ...options, path: input, settings: requested, resolve, reject });
    });

  async next(): Promise<HeldRequest> {
    for (;;) {
      const request = this.requests.shift();
      if (request !== undefined) return request;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const settings = {
  instances: 1,
  profile: 'relay-3mib',
  workspaceFolders: [],
  trustWorkspace: false,
  verbose: false,
  worker: '/usr/lib/polkadot/polkadot-prepare-worker',
  metadata: {},
};

/** Call it in a `describe`. Provides checks without VS Code or a thread, and a folder for a blob. */
export function useChecks() {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pvf-checks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Writes the blob of the only runtime. */
  function runtimeWith(content: string): Runtime {
    const file = path.join(folder, 'a.wasm');
    writeFileSync(file, content);
    const blob = { path: file, variant: 'compressed', ...stateFrom(statSync(file, { bigint: true })) } as const;
    return { id: file, name: 'a', blob, others: [] };
  }

  /** @param saved what an earlier session saved */
  function create(saved = new Map<string, unknown>(), identify: CheckStoreOptions['identify'] = async () => undefined) {
    const held = new HeldThread();
    const changes: CheckState[] = [];
    const finished: FinishedCheck[] = [];
    const logged: string[] = [];
    const logError = (message: string) => assert.fail(message);
    const store = new CheckStore({
      memento: {
        get: (key) => saved.get(key),
        update: async (key, value) => void saved.set(key, structuredClone(value)),
      },
      identify,
      onChange: (_, state) => changes.push(state),
      logError,
    });
    const runner = new CheckRunner({
      requestCheck: held.requestCheck,
      store,
      settingsOf: () => settings,
      onFinish: (one) => finished.push(one),
      log: { info: (message) => logged.push(message), error: logError },
    });
    return { store, runner, held, changes, finished, logged };
  }

  return { runtimeWith, create };
}
