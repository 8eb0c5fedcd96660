import {
  Diagnostic,
  type DiagnosticCollection,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  Location,
  languages,
  Position,
  Range,
  Uri,
} from 'vscode';
import { PlaceLookup } from '../../runtime/sources/place-lookup.ts';
import { diagnosticSource } from '../contributions.ts';
import { type Runtime, type RuntimeEntry, shownResult } from '../model.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { explanationUri } from './documents.ts';
import { loadRules } from './findings.ts';
import { onAnyChange } from './on-change.ts';
import { type Problem, problemsOf } from './problems.ts';

const severities: Readonly<Record<Problem['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** What a diagnostic of this extension is about. Undefined for other diagnostics. */
export function subjectOf(
  { source, code, relatedInformation }: Diagnostic,
  services: Pick<Services, 'runtimes' | 'checks'>,
): { readonly findingId: string; readonly entry: RuntimeEntry | undefined } | undefined {
  if (source !== diagnosticSource || typeof code !== 'object') return undefined;
  const blob = relatedInformation?.[0]?.location.uri.fsPath;
  const entry = runtimeEntries(services).find(({ runtime }) => runtime.blob.path === blob);
  return { findingId: String(code.value), entry };
}

interface Shown {
  readonly uri: Uri;
  readonly diagnostic: Diagnostic;
}

/** The Problems view. Each update replaces all entries, so that no old ones remain. */
export class Diagnostics implements Disposable {
  readonly #collection: DiagnosticCollection = languages.createDiagnosticCollection(diagnosticSource);
  readonly #services: Services;
  readonly #subscription: Disposable;
  #shown = '';
  /** Number of the last update. An update that is no longer the last one after reading files shows nothing. */
  #update = 0;
  #isDisposed = false;

  constructor(services: Services) {
    this.#services = services;
    this.#subscription = onAnyChange(services, () => {
      this.#refresh().catch((error: unknown) => services.channel.error(String(error)));
    });
  }

  async #refresh(): Promise<void> {
    const hasFindings = runtimeEntries(this.#services).some(({ state }) =>
      [state.report, shownResult(state).report].some((report) => (report?.findings.length ?? 0) > 0),
    );
    const rules = hasFindings ? await loadRules() : [];
    if (this.#isDisposed) return;
    const problems = runtimeEntries(this.#services).flatMap(({ runtime, state }) =>
      problemsOf(runtime, state, rules).map((problem) => ({ runtime, problem })),
    );
    const wanted = JSON.stringify(problems.map(({ runtime, problem }) => [runtime.manifestPath, problem]));
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#update += 1;
    const update = this.#update;
    const lookups = new Map(problems.map(({ runtime }) => [runtime.id, new PlaceLookup(runtime)]));
    const shown = await Promise.all(
      problems.map(({ runtime, problem }) => this.#show(runtime, problem, lookups.get(runtime.id))),
    );
    if (update !== this.#update) return;
    this.#collection.clear();
    for (const [uri, diagnostics] of byUri(shown)) this.#collection.set(uri, diagnostics);
  }

  async #show(runtime: Runtime, problem: Problem, lookup: PlaceLookup | undefined): Promise<Shown | undefined> {
    const place = await lookup?.of(problem.place);
    if (place === undefined) return undefined;
    const { t } = this.#services;
    const range = new Range(place.line, place.column, place.line, place.column + place.length);
    const diagnostic = new Diagnostic(range, problem.message, severities[problem.severity]);
    diagnostic.source = diagnosticSource;
    diagnostic.code = { value: problem.findingId, target: explanationUri(problem.findingId) };
    const blob = new Location(Uri.file(problem.blobPath), new Position(0, 0));
    diagnostic.relatedInformation = [
      new DiagnosticRelatedInformation(blob, t('The runtime blob of {0}', runtime.name)),
    ];
    return { uri: Uri.file(place.path), diagnostic };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#update += 1;
    this.#subscription.dispose();
    this.#collection.dispose();
  }
}

function byUri(shown: readonly (Shown | undefined)[]): [Uri, Diagnostic[]][] {
  const files = new Map<string, [Uri, Diagnostic[]]>();
  for (const one of shown) {
    if (one === undefined) continue;
    const [uri, diagnostics] = files.get(one.uri.toString()) ?? [one.uri, []];
    files.set(uri.toString(), [uri, [...diagnostics, one.diagnostic]]);
  }
  return [...files.values()];
}
