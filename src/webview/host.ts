import type { FromPage } from '../model/view-messages.ts';

/** What a view needs from where it runs: a panel of the editor, or a static file. */
export interface Host {
  /** False in a static file, which can neither save itself nor open sources. */
  readonly isEditor: boolean;
  post(message: FromPage): void;
  /** What `setState` saved before the panel was hidden or the editor was reloaded. */
  state(): unknown;
  setState(state: unknown): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  /** Defined by VS Code in its webviews. May be called once. */
  var acquireVsCodeApi: (() => VsCodeApi) | undefined;
}

/** @param key what the panel shows; VS Code restores the panel by it */
export function findHost(key: string | undefined): Host {
  const api = globalThis.acquireVsCodeApi?.();
  if (api === undefined) return staticHost;
  return {
    isEditor: true,
    post: (message) => api.postMessage(message),
    state: () => viewOf(api.getState()),
    setState: (view) => api.setState({ key, view }),
  };
}

function viewOf(saved: unknown): unknown {
  return typeof saved === 'object' && saved !== null && 'view' in saved ? saved.view : undefined;
}

const staticHost: Host = { isEditor: false, post: () => {}, state: () => undefined, setState: () => {} };
