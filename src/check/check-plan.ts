import { cacheKey } from '../base/cache-key.ts';
import type { FileState } from '../base/file-state.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import type { CheckInputs } from './check-inputs.ts';
import type { CheckProgress } from './check-progress.ts';
import type { CheckSettings } from './check-settings.ts';
import type { WorkerChoice } from './choose-worker.ts';

/** Settings, and what they lead to: the content of files and the worker. Serves any number of blobs. */
export type CheckPlan = InspectPlan | PreparePlan;

export interface InspectPlan {
  readonly kind: 'inspect';
  readonly settings: CheckSettings;
  readonly inputs: CheckInputs;
}

export interface PreparePlan {
  readonly kind: 'prepare';
  readonly settings: CheckSettings;
  readonly inputs: CheckInputs;
  readonly choice: WorkerChoice;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Gets a first value at once, and then one with each change. */
  readonly onProgress?: (progress: CheckProgress) => void;
  /** Measures again, even if the result is cached. */
  readonly isForced?: boolean;
}

/** Which runtime a file holds. */
export interface FileIdentity {
  /** blake2b-256 of the blob as stored, 0x-hex. */
  readonly codeHash: string;
  /** State of the file when it was read. */
  readonly file: FileState;
}

/** A name for everything that can change the report. */
export function answerKey({ path, container, codeHash }: RuntimeBlob, plan: CheckPlan): string {
  const { kind, prepTimeoutMs, memoryLimit } = plan.settings;
  const blob = [path, container, codeHash];
  const job = [plan.kind, kind, prepTimeoutMs, memoryLimit];
  return cacheKey(blob, job, plan.inputs, plan.kind === 'prepare' ? workerKey(plan.choice) : undefined);
}

function workerKey(choice: WorkerChoice): readonly unknown[] | undefined {
  if (choice.kind === 'none') return undefined;
  const { path, identity, program, revision } = choice.worker;
  return [path, identity, program.leadingArgs, revision.id];
}
