/**
 * Measures how long the host's thread loads the extension's bundle and runs `activate`. VS Code creates the `vscode`
 * API during the load.
 */
import Module from 'node:module';
import { threadCpuMs } from '../thread-cpu.ts';

/** Milliseconds. */
export interface TimeSpent {
  readonly wall: number;
  /** Absent before Node 23.9. */
  readonly cpu?: number;
}

export interface ActivationTimes {
  load?: TimeSpent;
  activate?: TimeSpent;
}

/** Node's loader, which `require` calls for every module. VS Code replaces it too. */
interface Loader {
  _load(request: string, ...rest: readonly unknown[]): unknown;
}

/** Fills in the times when the bundle is loaded and activated. Call it before the bundle is loaded. */
export function watchActivation(bundle: string): ActivationTimes {
  const times: ActivationTimes = {};
  const loader = Module as unknown as Loader;
  const original = loader._load;
  loader._load = (request, ...rest) => {
    const load = () => Reflect.apply(original, loader, [request, ...rest]) as unknown;
    if (request !== bundle) return load();
    const [loaded, spent] = timed(load);
    times.load = spent;
    const { activate, ...others } = loaded as { readonly activate: (...args: readonly unknown[]) => unknown };
    const watched = (...args: readonly unknown[]) => {
      const [api, spentByCall] = timed(() => activate(...args));
      times.activate = spentByCall;
      return api;
    };
    return { ...others, activate: watched };
  };
  return times;
}

function timed<T>(work: () => T): [T, TimeSpent] {
  const cpuBefore = threadCpuMs();
  const before = performance.now();
  const value = work();
  const wall = performance.now() - before;
  const cpu = threadCpuMs();
  return [value, { wall, ...(cpuBefore === undefined || cpu === undefined ? {} : { cpu: cpu - cpuBefore }) }];
}
