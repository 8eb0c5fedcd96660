/** The vectors written by the real Rust types (pvf-common 29.0.0), and their values in the shape of our codecs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHex } from '../../../../src/base/bytes.ts';
import type { ExecutorParam } from '../../../../src/polkadot/executor-params.ts';
import type { PrepareError } from '../../../../src/polkadot/prepare-error.ts';
import type { Duration } from '../../../../src/polkadot/scale.ts';
import type { PvfPrepData } from '../../../../src/worker/wire/request.ts';
import type { PrepareWorkerSuccess } from '../../../../src/worker/wire/response.ts';

/** 64-bit numbers are decimal strings. */
export interface ParamValue {
  readonly kind: ExecutorParam['tag'];
  readonly value?: number | string;
  readonly prepKind?: 'Precheck' | 'Prepare';
  readonly execKind?: 'Backing' | 'Approval';
  readonly millis?: string;
  readonly hostFunction?: 'EccRfc163';
}

interface DurationValue {
  readonly secs: string;
  readonly nanos: number;
}

export interface RequestValue {
  readonly maybeCompressedCode: string | { readonly repeatByte: number; readonly length: number };
  readonly validationCodeBombLimit: number;
  readonly codeHash: string;
  readonly executorParams: readonly ParamValue[];
  readonly prepTimeout: DurationValue;
  readonly prepKind: PvfPrepData['prepKind'];
}

export interface OkValue {
  readonly checksum: string;
  readonly stats: {
    readonly cpuTimeElapsed: DurationValue;
    readonly memoryStats: {
      readonly memoryTrackerStats: { readonly resident: string; readonly allocated: string } | null;
      readonly maxRss: string | null;
      readonly peakTrackedAlloc: string;
    };
    readonly observedWasmCodeLen: number;
  };
}

export interface ErrorValue {
  readonly kind: PrepareError['tag'];
  readonly value:
    | string
    | null
    | { readonly err: string; readonly src: string | null; readonly dest: string | null }
    | { readonly err: string; readonly jobPid: number };
}

export interface Vector<Value> {
  readonly name: string;
  readonly value: Value;
  readonly bytes: Uint8Array;
}

interface StoredVector {
  readonly name: string;
  readonly value: unknown;
  readonly hex: string;
}

const file = join(import.meta.dirname, '../../../fixtures/protocol/vectors.json');
const all = (JSON.parse(readFileSync(file, 'utf8')) as StoredVector[]).map(({ name, value, hex }) => ({
  name,
  value,
  bytes: fromHex(hex),
}));

export const vectorNames: readonly string[] = all.map(({ name }) => name);

/** The vectors whose name begins so. `Value` is the shape that the file has for them. */
export function vectorsOf<Value>(prefix: string): readonly Vector<Value>[] {
  return all.filter(({ name }) => name.startsWith(prefix)) as Vector<Value>[];
}

export function vector<Value>(wanted: string): Vector<Value> {
  const found = all.find(({ name }) => name === wanted);
  if (!found) throw new RangeError(`no vector ${wanted}`);
  return found as Vector<Value>;
}

export function paramOf({ kind, value, prepKind, execKind, millis, hostFunction }: ParamValue): ExecutorParam {
  switch (kind) {
    case 'MaxMemoryPages':
    case 'StackLogicalMax':
    case 'StackNativeMax':
      return { tag: kind, value: Number(value) };
    case 'PrecheckingMaxMemory':
      return { tag: kind, value: BigInt(value ?? '') };
    case 'PvfPrepTimeout':
      return { tag: kind, value: { kind: prepKind ?? 'Precheck', millis: BigInt(millis ?? '') } };
    case 'PvfExecTimeout':
      return { tag: kind, value: { kind: execKind ?? 'Backing', millis: BigInt(millis ?? '') } };
    case 'WasmExtBulkMemory':
      return { tag: kind, value: undefined };
    case 'EnabledHostFunction':
      return { tag: kind, value: hostFunction ?? 'EccRfc163' };
  }
}

export function requestOf(value: RequestValue): PvfPrepData {
  const { maybeCompressedCode: code } = value;
  return {
    maybeCompressedCode: typeof code === 'string' ? fromHex(code) : new Uint8Array(code.length).fill(code.repeatByte),
    validationCodeBombLimit: value.validationCodeBombLimit,
    codeHash: fromHex(value.codeHash),
    executorParams: value.executorParams.map(paramOf),
    prepTimeout: durationOf(value.prepTimeout),
    prepKind: value.prepKind,
  };
}

export function successOf({ checksum, stats }: OkValue): PrepareWorkerSuccess {
  const { memoryTrackerStats, maxRss, peakTrackedAlloc } = stats.memoryStats;
  return {
    checksum: { algorithm: 'twox-256', hex: checksum },
    stats: {
      cpuTimeElapsed: durationOf(stats.cpuTimeElapsed),
      memoryStats: {
        memoryTrackerStats: memoryTrackerStats
          ? { resident: BigInt(memoryTrackerStats.resident), allocated: BigInt(memoryTrackerStats.allocated) }
          : undefined,
        maxRss: maxRss === null ? undefined : BigInt(maxRss),
        peakTrackedAlloc: BigInt(peakTrackedAlloc),
      },
      observedWasmCodeLen: stats.observedWasmCodeLen,
    },
  };
}

/** Rust's `None` is `null` in the file and `undefined` in the codecs. */
export function errorOf({ kind, value }: ErrorValue): PrepareError {
  const fields =
    value === null || typeof value === 'string'
      ? (value ?? undefined)
      : Object.fromEntries(Object.entries(value).map(([name, field]) => [name, field ?? undefined]));
  return { tag: kind, value: fields } as PrepareError;
}

function durationOf({ secs, nanos }: DurationValue): Duration {
  return { secs: BigInt(secs), nanos };
}
