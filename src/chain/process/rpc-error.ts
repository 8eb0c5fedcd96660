import { quoteLine } from '../../base/text.ts';
import { otherEndpoint, ReadFailure } from './read-failure.ts';

const METHOD_NOT_FOUND = -32601;

/** The server answered with an error. */
export class RpcError extends ReadFailure {
  /** @param error the member of the answer */
  constructor(method: string, error: Readonly<Record<string, unknown>>) {
    const { code, message } = error;
    const said = quoteLine(typeof message === 'string' ? message : (JSON.stringify(message) ?? ''));
    if (code === METHOD_NOT_FOUND) {
      super(
        `the server has no method ${method} (${said})`,
        'Give the address of a node of a relay chain or a parachain',
      );
    } else {
      super(`the server answers ${method} with an error: ${said}`, otherEndpoint);
    }
  }
}
