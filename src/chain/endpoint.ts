/** The URL of an RPC endpoint. It may hold a password or an API key, so no message shows all of it. */
import { ChainError } from './chain-reader.ts';

export interface Endpoint {
  /** What is connected to. */
  readonly url: string;
  /** For messages: no user, no password, no query, and of the path only what looks like words. */
  readonly shown: string;
  /** Whether `shown` is all of it. */
  readonly isPublic: boolean;
}

/** Other segments of a path may be API keys. */
const plainSegment = /^([a-z]{1,12}(-[a-z]{1,12})?|v\d)$/;

/** @throws ChainError when it is no URL of a WebSocket */
export function parseEndpoint(text: string): Endpoint {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (url === undefined || (url.host === '' && !/^wss?:$/.test(url.protocol))) {
    // The text is not shown: it may be a URL with a password, and a mistake in it.
    throw new ChainError(
      'The RPC endpoint is no URL with ws:// or wss:// at its start. Give one such as wss://rpc.example.org or ws://127.0.0.1:9944.',
      { fault: 'endpoint' },
    );
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    const shown = shownUrl(url);
    throw new ChainError(
      `${shown}: HTTP is not supported, because the node is asked over a WebSocket. Use ${shown.replace(/^http/, 'ws')}.`,
      { fault: 'endpoint' },
    );
  }
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw new ChainError(
      `${JSON.stringify(url.protocol)} is no protocol of an RPC endpoint. Give a URL with ws:// or wss:// at its start.`,
      { fault: 'endpoint' },
    );
  }
  url.hash = '';
  const shown = shownUrl(url);
  return { url: url.href, shown, isPublic: shown === url.href.replace(/\/$/, '') };
}

function shownUrl({ protocol, host, pathname, search }: URL): string {
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const path = segments.map((segment) => `/${plainSegment.test(segment) ? segment : '…'}`).join('');
  return `${protocol}//${host}${path}${search === '' ? '' : '?…'}`;
}
