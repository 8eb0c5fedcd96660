import {
  type Disposable,
  EventEmitter,
  FileDecoration,
  type FileDecorationProvider,
  ThemeColor,
  Uri,
  window,
} from 'vscode';
import { type GradeWord, gradeOf } from '../../model/grade.ts';
import { runtimeScheme } from '../contributions.ts';
import type { RuntimeEntry } from '../model.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { gradeText } from './labels.ts';
import { onAnyChange } from './on-change.ts';

interface Look {
  /** For files only: a row of the tree has the icon of its grade. */
  readonly badge: string;
  readonly colour?: string;
}

/** Nothing for an accepted blob: its tab would have a tick, too. */
const looks: Readonly<Record<GradeWord, Look | undefined>> = {
  accepted: undefined,
  near: { badge: '!', colour: 'list.warningForeground' },
  slow: { badge: '!', colour: 'list.warningForeground' },
  over: { badge: '✗', colour: 'list.errorForeground' },
  faulty: { badge: '✗', colour: 'list.errorForeground' },
  rejected: { badge: '✗', colour: 'list.errorForeground' },
  undecided: { badge: '?' },
  inspected: undefined,
};

/** The resource of a runtime in the tree. Differs from its file, which git ignores and VS Code would therefore grey out. */
export function runtimeUri(runtimeId: string): Uri {
  return Uri.from({ scheme: runtimeScheme, path: '/runtime', query: runtimeId });
}

/** Colours a runtime in the tree that needs attention, and its blob in the explorer, which also gets a badge. */
export class Decorations implements Disposable, FileDecorationProvider {
  readonly #services: Services;
  readonly #changed = new EventEmitter<Uri[]>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  readonly #subscriptions: readonly Disposable[];
  #entries = new Map<string, RuntimeEntry>();
  #shown = '';

  constructor(services: Services) {
    this.#services = services;
    this.#subscriptions = [onAnyChange(services, () => this.#refresh()), window.registerFileDecorationProvider(this)];
  }

  #refresh(): void {
    const entries = runtimeEntries(this.#services).filter(({ state }) => state.report !== undefined && state.isCurrent);
    const shown = entries.map((one) => `${one.runtime.id} ${one.runtime.blob.path} ${lookOf(one)?.badge}`).join('\n');
    if (shown === this.#shown) return;
    this.#shown = shown;
    const before = [...this.#entries.keys()];
    this.#entries = new Map(entries.flatMap((one) => urisOf(one).map((uri) => [uri.toString(), one] as const)));
    this.#changed.fire([...new Set([...before, ...this.#entries.keys()])].map((uri) => Uri.parse(uri)));
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    if (uri.scheme !== runtimeScheme && uri.scheme !== 'file') return undefined;
    const entry = this.#entries.get(uri.toString());
    const look = entry && lookOf(entry);
    const report = entry?.state.report;
    if (look === undefined || report === undefined) return undefined;
    const colour = look.colour === undefined ? undefined : new ThemeColor(look.colour);
    const badge = uri.scheme === runtimeScheme ? undefined : look.badge;
    return new FileDecoration(badge, `PVF: ${gradeText(report, this.#services.t)}`, colour);
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
    this.#changed.dispose();
  }
}

function lookOf({ state: { report } }: RuntimeEntry) {
  return report === undefined ? undefined : looks[gradeOf(report).word];
}

function urisOf({ runtime }: RuntimeEntry): Uri[] {
  return [runtimeUri(runtime.id), Uri.file(runtime.blob.path)];
}
