/** Calls `act` at once, then at most once per pause with the newest value; no more once it is disposed. */
export function throttled<T>(pauseMs: number, act: (value: T) => void): Disposable & { call(value: T): void } {
  let pause: NodeJS.Timeout | undefined;
  let waiting: { readonly value: T } | undefined;
  const call = (value: T) => {
    if (pause !== undefined) {
      waiting = { value };
      return;
    }
    act(value);
    pause = setTimeout(() => {
      pause = undefined;
      const next = waiting;
      waiting = undefined;
      if (next !== undefined) call(next.value);
    }, pauseMs);
  };
  return { call, [Symbol.dispose]: () => clearTimeout(pause) };
}
