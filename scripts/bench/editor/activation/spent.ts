/** What loading the extension's bundle and calling `activate` take of the host's thread; VS Code makes the `vscode` API while it loads. */
import Module from 'node:module';
import { threadCpuMs } from '../thread-cpu.ts';

export interface Spent {
  readonly wall: number;
  /** Absent before Node 23.9. */
  readonly cpu?: number;
}

export interface Spending {
  load?: Spent;
  activate?: Spent;
}

/** Node's own, by which `require` loads whatever it loads; VS Code sets one of its own before it too. */
interface Loader {
  _load(request: string, ...rest: readonly unknown[]): unknown;
}

/** Watches for the bundle to be loaded, which must not have happened yet. */
export function watchSpending(bundle: string): Spending {
  const spending: Spending = {};
  const loader = Module as unknown as Loader;
  const original = loader._load;
  loader._load = (request, ...rest) => {
    const load = () => Reflect.apply(original, loader, [request, ...rest]) as unknown;
    if (request !== bundle) return load();
    const [loaded, spent] = spentBy(load);
    spending.load = spent;
    const { activate, ...others } = loaded as { readonly activate: (...args: readonly unknown[]) => unknown };
    const watched = (...args: readonly unknown[]) => {
      const [api, spentByCall] = spentBy(() => activate(...args));
      spending.activate = spentByCall;
      return api;
    };
    return { ...others, activate: watched };
  };
  return spending;
}

function spentBy<T>(work: () => T): [T, Spent] {
  const cpuBefore = threadCpuMs();
  const before = performance.now();
  const value = work();
  const wall = performance.now() - before;
  const cpu = threadCpuMs();
  return [value, { wall, ...(cpuBefore === undefined || cpu === undefined ? {} : { cpu: cpu - cpuBefore }) }];
}
