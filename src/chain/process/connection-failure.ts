/** Why there is no connection, or no longer one: as clauses for people. */
import { quoteLine } from '../../base/text.ts';
import { MAX_MESSAGE_BYTES } from './bounds.ts';
import { otherEndpoint, ReadFailure } from './read-failure.ts';

const checkAddress = 'Check the address, and whether a node listens there';

const byCode: Readonly<Record<string, readonly [cause: string, remedy: string]>> = {
  ECONNREFUSED: ['the connection was refused', checkAddress],
  ENOTFOUND: ['the name of the host is not known', 'Check the address and the network'],
  EAI_AGAIN: ['the name of the host could not be looked up', 'Check the address and the network'],
  ECONNRESET: ['the server closed the connection', otherEndpoint],
  EPIPE: ['the server closed the connection', otherEndpoint],
  ETIMEDOUT: ['the host does not answer', checkAddress],
  EHOSTUNREACH: ['the host is not reachable', 'Check the address and the network'],
  ENETUNREACH: ['the network is not reachable', 'Check the network'],
  EPROTO: ['the server does not speak TLS', 'Use ws:// if the node has no certificate'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['the server does not speak TLS', 'Use ws:// if the node has no certificate'],
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: [
    `the server sent a message of more than ${MAX_MESSAGE_BYTES / 1024 ** 2} MiB, which is not read`,
    otherEndpoint,
  ],
  WS_ERR_INVALID_UTF8: ['the server sent a message that is no text', otherEndpoint],
};

export function failureOfSocketError(error: NodeJS.ErrnoException): ReadFailure {
  const { code = '' } = error;
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  if (known !== undefined) return new ReadFailure(...known);
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    return new ReadFailure(`the certificate of the server is not valid (${code})`, 'Check the address');
  }
  // Other messages of `ws` say what in the frames or headers is wrong. They hold no URL.
  return new ReadFailure(`the connection failed: ${quoteLine(error.message || code)}`, checkAddress);
}

export function failureOfHttpStatus(status: number): ReadFailure {
  const cause = `the server answers HTTP ${status} instead of opening a WebSocket`;
  if (status >= 300 && status < 400) {
    return new ReadFailure(`${cause}, and redirects are not followed`, 'Give the address that it redirects to');
  }
  if (status === 401 || status === 403) return new ReadFailure(cause, 'Check the password or key in the address');
  if (status === 429) return new ReadFailure(cause, `Wait, because it limits requests. ${otherEndpoint}`);
  return new ReadFailure(cause, 'Give the WebSocket address of a node', 'endpoint');
}

export function failureOfClose(code: number, reason: string): ReadFailure {
  const said = reason === '' ? '' : `, ${quoteLine(reason)}`;
  return new ReadFailure(`the server closed the connection (code ${code}${said})`, otherEndpoint);
}
