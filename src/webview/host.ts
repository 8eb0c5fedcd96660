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

export function findHost(): Host {
  const api = globalThis.acquireVsCodeApi?.();
  if (api === undefined) return staticHost;
  return {
    isEditor: true,
    post: (message) => api.postMessage(message),
    state: () => api.getState(),
    setState: (state) => api.setState(state),
  };
}

const staticHost: Host = { isEditor: false, post: () => {}, state: () => undefined, setState: () => {} };
