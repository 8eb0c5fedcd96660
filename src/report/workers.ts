/** Prepare workers as text: the result of the search, and what each worker can do on this machine. */
import { estimateError } from '../model/estimates.ts';
import type {
  BuiltInWorkerFacts,
  Diagnosis,
  ExaminedCandidate,
  OfficialWorkerFacts,
  SandboxFeature,
  WorkerSource,
  WorkersList,
} from '../model/workers.ts';
import { printable } from './terminal.ts';

const sourceNames: Record<WorkerSource, string> = {
  setting: 'requested',
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

/** Every place of the search. An arrow marks the worker that would be used, a dot the others. */
export function formatWorkersList(list: WorkersList): string {
  const { places, selection } = list;
  const width = Math.max(...places.map(({ source }) => sourceNames[source].length), 0);
  const lines = places.map(({ source, path, state, note }) => {
    const isSelected = selection.kind === 'found' && path === selection.path && source === selection.source;
    const mark = state === 'found' ? (isSelected ? '→' : '·') : ' ';
    return `${mark} ${sourceNames[source].padEnd(width)}  ${state.padEnd(14)}  ${path}\n  ${''.padEnd(width)}  ${note}`;
  });
  return printable(`${headline(list)}\n\nPlaces of the search, in order:\n${lines.join('\n')}\n`);
}

/** Each worker with its version, wire revision and sandbox, then the list. */
export function formatDiagnosis({ examined, list }: Diagnosis): string {
  return [...examined.map((one) => printable(formatCandidate(one))), formatWorkersList(list)].join('\n');
}

/** The diagnosis as a section of a Markdown document. */
export function formatDiagnosisMarkdown(diagnosis: Diagnosis): string {
  const { runtime, cacheFolder } = diagnosis;
  const text = formatDiagnosis(diagnosis).trimEnd();
  return `## Prepare workers\n\n${runtime}, cache folder ${cacheFolder}\n\n\`\`\`text\n${text}\n\`\`\``;
}

function headline({ places, selection }: WorkersList): string {
  switch (selection.kind) {
    case 'none':
      return `No prepare worker was found. ${buildHint}`;
    case 'requested-unusable':
      return ["The requested worker can't be used.", requestedNote(places), buildHint].filter(Boolean).join(' ');
    case 'found': {
      const head = `Selected worker: ${selection.path}`;
      return selection.source === 'built-in' ? `${head}\nThis is the built-in worker. ${buildHint}` : head;
    }
  }
}

/** What is wrong with the worker that the user named. Empty when only running it showed that. */
function requestedNote(places: WorkersList['places']): string {
  const place = places.find(({ source }) => source === 'setting');
  return place === undefined || place.state === 'found' ? '' : place.note;
}

function formatCandidate(candidate: ExaminedCandidate): string {
  const head = `${candidate.path} (${sourceNames[candidate.source]})`;
  if (candidate.kind === 'unusable') return `${head}\n  can't be used: ${candidate.reason}\n`;
  const { worker } = candidate;
  const { version, wireRevision, sha256 } = worker;
  return [
    head,
    `  version        ${version}`,
    `  wire revision  ${wireRevision} (pvf-common ${wireRevision})`,
    `  SHA-256        ${sha256}${worker.kind === 'portable' ? ' (of engine and package)' : ''}`,
    ...(worker.kind === 'official' ? sandboxLines(worker) : builtInLines(worker)),
    '',
  ].join('\n');
}

function sandboxLines({ security }: OfficialWorkerFacts): string[] {
  const features = Object.entries(featureNames).map(([name, words]) => {
    const probe = security[name as SandboxFeature];
    return `    ${words}: ${probe.available ? 'available' : `not available: ${probe.reason}`}`;
  });
  return ['  sandbox (does not affect the verdict)', ...features];
}

const wasmSandbox = 'not needed: compiled code never runs, and the compiler itself runs inside WebAssembly';
const nativeSandbox = 'none: compiled code never runs, but the native helper reads the blob without a sandbox';

function builtInLines({ engine, target, figures }: BuiltInWorkerFacts): string[] {
  const cpu = target.cpu === 'this-machine' ? "this machine's CPU features" : target.cpu;
  const how = figures === 'measured' ? 'measured' : `estimates (${estimateError}) for a native worker`;
  return [
    `  engine         ${engine}`,
    `  target         x86-64 Linux, ${cpu}: ${target.features.map((name) => name.replace(/^has_/, '')).join(' ')}`,
    `  CPU and memory ${how}`,
    `  sandbox        ${figures === 'measured' ? nativeSandbox : wasmSandbox}`,
  ];
}
