import assert from 'node:assert/strict';
import { ChainError } from '../../src/chain/chain-reader.ts';

/** The message of the `ChainError`, after the endpoint. @param url as the message shows it */
export async function chainFailure(work: Promise<unknown>, url: string): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert(error instanceof ChainError, String(error));
    assert(error.message.startsWith(`${url}: `), error.message);
    assert.match(error.message, /\.$/);
    return error.message.slice(url.length + 2);
  }
  throw new Error('no error');
}
