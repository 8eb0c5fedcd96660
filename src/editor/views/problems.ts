import type { Finding, Report } from '../../model/report.ts';
import type { CheckState, Runtime } from '../model.ts';
import { findingTexts } from './finding-texts.ts';

/** Where in the runtime's crate a person can do something about a finding. */
export type PlaceKind = 'package' | 'register-validate-block' | 'construct-runtime' | 'build-script';

/** An entry of the Problems view, before its place is looked up in the files. */
export interface Problem {
  readonly findingId: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly place: PlaceKind;
  readonly blobPath: string;
}

/**
 * What belongs in the Problems view: errors and warnings that the runtime is to blame for. What failed on our side
 * says nothing of the sources, and mere notes would crowd out rustc's; both stand in the tree and the report.
 */
export function problemsOf(runtime: Runtime, { report, isCurrent, activity }: CheckState): Problem[] {
  // While the next check runs, the last answer stands; after that an old blob's problems are nobody's.
  if (report === undefined || !(isCurrent || activity.kind === 'running')) return [];
  return report.findings
    .filter((finding) => finding.severity !== 'information' && isOfTheRuntime(finding, report))
    .map((finding) => ({
      findingId: finding.id,
      severity: finding.severity,
      message: messageOf(finding, report),
      place: placeOf(finding.id),
      blobPath: runtime.blob.path,
    }));
}

const ofTheBlob = /^(?:(?:over|near)-limit|growth)-|^(?:not|weakly)-compressed$|^no-validate-block$/;

function isOfTheRuntime({ id }: Finding, { verdict }: Report): boolean {
  return verdict.vote !== 'undecided' || ofTheBlob.test(id);
}

function messageOf(finding: Finding, report: Report): string {
  const { first, rest } = findingTexts(finding, report);
  return rest === undefined ? first : `${first}\n${rest}`;
}

const places: readonly { readonly ids: RegExp; readonly place: PlaceKind }[] = [
  { ids: /^no-validate-block$/, place: 'register-validate-block' },
  {
    // What the build makes of the sources: its toolchain, its linker flags, its compression.
    ids: /^(?:opcode-.*|not-mvp|memory64|two-memories|stack-limiter|non-env-import|non-function-import|polkavm-blob|wasm-component|not-a-module|(?:not|weakly)-compressed|prevalidation-error)$/,
    place: 'build-script',
  },
  {
    // What the pallets make of it: size, time and memory.
    ids: /^(?:(?:over|near)-limit-(?:raw-code-size|cpu-time|memory)|compression-bomb|preparation-timeout|preparation-out-of-memory)$/,
    place: 'construct-runtime',
  },
];

export function placeOf(findingId: string): PlaceKind {
  return places.find(({ ids }) => ids.test(findingId))?.place ?? 'package';
}
