import assert from 'node:assert/strict';
import { ChainError } from '../../../src/chain/chain-reader.ts';
import { parseEndpoint } from '../../../src/chain/endpoint.ts';

function messageOf(text: string): string {
  try {
    parseEndpoint(text);
  } catch (error) {
    assert(error instanceof ChainError);
    return error.message;
  }
  throw new Error(`${text} was accepted`);
}

describe('the URL of an endpoint', () => {
  it('is shown as it is when it holds no secret', () => {
    for (const url of [
      'wss://rpc.polkadot.io',
      'ws://127.0.0.1:9944',
      'wss://sys.ibp.network/asset-hub',
      'ws://[::1]:9944',
    ]) {
      const { shown, isPublic } = parseEndpoint(url);
      assert.equal(shown, url);
      assert(isPublic);
    }
  });

  it('is shown without user, password, query and the keys in its path', () => {
    const cases = [
      ['wss://user:hunter2@node.example/ws', 'wss://node.example/ws'],
      ['wss://api.example/public-ws?apikey=0f3c', 'wss://api.example/public-ws?…'],
      ['wss://polkadot-rpc.example/0f3c9d8e-11aa-4b1e-9c3e-3c1d8f7ad001', 'wss://polkadot-rpc.example/…'],
      ['wss://api.example/v1/sEcReTkEy/polkadot', 'wss://api.example/v1/…/polkadot'],
    ] as const;
    for (const [url, expected] of cases) {
      const { shown, isPublic } = parseEndpoint(url);
      assert.equal(shown, expected);
      assert(!isPublic);
    }
  });

  it('is connected to with all of it but the fragment', () => {
    assert.equal(parseEndpoint(' wss://u:p@node.example/k3y?x=1#top ').url, 'wss://u:p@node.example/k3y?x=1');
  });

  it('has to be ws or wss, and the message suggests it for http', () => {
    assert.match(messageOf('https://user:hunter2@rpc.polkadot.io/x?key=1'), /Use wss:\/\/rpc\.polkadot\.io/);
    assert.match(messageOf('http://127.0.0.1:9933'), /Use ws:\/\/127\.0\.0\.1:9933/);
  });

  it('is refused with a remedy when it is something else', () => {
    for (const text of [
      '',
      'polkadot',
      'rpc.polkadot.io',
      'localhost:9944',
      'file:///etc/passwd',
      'ftp://x',
      '//x',
      'ws://',
      'wss://u:hunter2@',
    ]) {
      const message = messageOf(text);
      assert.match(message, /ws:\/\/ or wss:\/\//, text);
    }
  });

  it('is in no message when it may hold a password', () => {
    for (const text of [
      'https://u:hunter2@x',
      'u:hunter2@node',
      'wss//u:hunter2@node',
      'ftp://u:hunter2@x',
      'wss://u:hunter2@x:99999',
    ]) {
      assert.doesNotMatch(messageOf(text), /hunter2/, text);
    }
  });
});
