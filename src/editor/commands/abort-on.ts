import type { CancellationToken } from 'vscode';

/** A signal that aborts with the token, until it is disposed. */
export function abortOn(token: CancellationToken): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const cancel = () => controller.abort(new Error('cancelled by the user'));
  if (token.isCancellationRequested) cancel();
  const subscription = token.onCancellationRequested(cancel);
  return { signal: controller.signal, [Symbol.dispose]: () => subscription.dispose() };
}
