import { estimateError } from '../model/estimates.ts';
import type { LocateResult } from '../worker/locate/locate.ts';
import type { Candidate, PlaceSource } from '../worker/locate/place.ts';
import type { ExaminedWorker, PortableWorker } from '../worker/probe/examined-worker.ts';
import type { SandboxFeature, SecurityProbes } from '../worker/probe/security-probe.ts';

/** A candidate, and what became of it when it was asked. */
export type Examined =
  | { readonly candidate: Candidate; readonly worker: ExaminedWorker }
  | { readonly candidate: Candidate; readonly refusal: string };

const sourceNames: Record<PlaceSource, string> = {
  setting: 'asked for',
  workspace: 'workspace',
  'beside-polkadot': 'beside polkadot',
  path: 'PATH',
  system: 'system',
  store: 'own store',
  'built-in': 'built-in',
};

const featureNames: Record<SandboxFeature, string> = {
  landlock: 'landlock',
  seccomp: 'seccomp',
  changeRoot: 'own user namespace and root',
  secureClone: 'secure clone',
};

const buildHint = '`pvf workers build` builds the official worker from its published crates.';

/** What would be used; or that there is nothing, whether or not one was asked for. */
export type Taken = Candidate | 'none' | 'not-the-asked';

/** Every place of the search, and the candidate that would be taken. */
export function listText({ places }: LocateResult, taken: Taken): string {
  const width = Math.max(...places.map(({ source }) => sourceNames[source].length), 0);
  const lines = places.map(({ source, path, state, note }) => {
    const isTaken = typeof taken !== 'string' && path === taken.path && source === taken.source;
    const mark = state === 'found' ? (isTaken ? '→' : '·') : ' ';
    return `${mark} ${sourceNames[source].padEnd(width)}  ${state.padEnd(14)}  ${path}\n  ${''.padEnd(width)}  ${note}`;
  });
  return `${headOf(taken)}\n\nLooked for, in this order:\n${lines.join('\n')}\n`;
}

function headOf(taken: Taken): string {
  if (taken === 'none') return `No prepare worker was found. ${buildHint}`;
  if (taken === 'not-the-asked') return `The worker that was asked for can't be used. ${buildHint}`;
  const head = `The worker that would be used: ${taken.path}`;
  return taken.source === 'built-in' ? `${head}\nIt is the built-in one. ${buildHint}` : head;
}

export function diagnosisText(found: LocateResult, examined: readonly Examined[], taken: Taken): string {
  const parts = examined.map(workerText);
  return `${parts.length > 0 ? `${parts.join('\n')}\n` : ''}${listText(found, taken)}`;
}

/** What was learnt of a worker, for other programs. */
export function facts(worker: ExaminedWorker): object {
  const { kind, version, revision, identity } = worker;
  const common = { kind, version, wireRevision: revision.id, sha256: identity };
  if (worker.kind === 'official') return { ...common, security: worker.security };
  const { engine, target, figures } = worker;
  return { ...common, engine, target: { cpu: target.from, features: target.flags }, figures };
}

function workerText(one: Examined): string {
  const head = `${one.candidate.path} (${sourceNames[one.candidate.source]})`;
  if ('refusal' in one) return `${head}\n  can't be used: ${one.refusal}\n`;
  const { worker } = one;
  const { version, revision, identity } = worker;
  return [
    head,
    `  version        ${version}`,
    `  wire revision  ${revision.id} (that of pvf-common ${revision.id})`,
    `  SHA-256        ${identity}${worker.kind === 'portable' ? ' (of engine and package)' : ''}`,
    ...(worker.kind === 'official' ? sandboxLines(worker.security) : builtInLines(worker)),
    '',
  ].join('\n');
}

function sandboxLines(security: SecurityProbes): string[] {
  const features = Object.entries(featureNames).map(([name, words]) => {
    const probe = security[name as SandboxFeature];
    return `    ${words}: ${probe.available ? 'available' : `not available: ${probe.reason}`}`;
  });
  return ['  sandbox (makes no difference to the verdict)', ...features];
}

const wasmSandbox = 'none is needed: compiled code is never run, and the compiler itself runs inside WebAssembly';
const nativeSandbox = 'none: compiled code is never run, but the native helper reads the blob without a sandbox';

function builtInLines({ engine, target, figures }: PortableWorker): string[] {
  const whose = target.from === 'this-machine' ? "this machine's CPU features" : target.from;
  const figuresText =
    figures === 'measured' ? 'measured' : `estimates (${estimateError}) of what a native worker would need`;
  return [
    `  engine         ${engine}`,
    `  target         x86-64 Linux, ${whose}: ${target.flags.map((flag) => flag.replace(/^has_/, '')).join(' ')}`,
    `  CPU and memory ${figuresText}`,
    `  sandbox        ${figures === 'measured' ? nativeSandbox : wasmSandbox}`,
  ];
}
