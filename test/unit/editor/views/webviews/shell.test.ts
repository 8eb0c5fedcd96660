import assert from 'node:assert/strict';
import { placeInSource } from '../../../../../src/editor/views/webviews/place-in-source.ts';
import { shellHtml } from '../../../../../src/editor/views/webviews/shell.ts';

describe('the HTML of a panel', () => {
  const html = shellHtml({
    cspSource: 'https://*.vscode-cdn.net',
    script: 'https://x.vscode-cdn.net/page.js',
    style: 'https://x.vscode-cdn.net/page.css',
    nonce: 'abc123',
    key: '/w/"><script>alert(1)</script>&amp;',
  });

  it('lets only the script with the nonce run, and only the styles of the extension apply', () => {
    assert.match(
      html,
      /content="default-src 'none'; script-src 'nonce-abc123'; style-src https:\/\/\*\.vscode-cdn\.net"/,
    );
    assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="abc123" src="https://x.vscode-cdn.net/page.js">']);
    assert.doesNotMatch(html, / (style|on\w+)=/);
  });

  it('keeps the key inside of its attribute', () => {
    assert.ok(html.includes('data-key="/w/&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#38;amp;"'));
  });
});

describe('placeInSource', () => {
  const source = '// fn transfer is below\nimpl X {\n    pub(crate) fn transfer<T>(a: T) {}\n\tasync fn send() {}\n}\n';

  it('finds the definition of a function', () => {
    assert.equal(placeInSource(source, 'transfer'), 2);
    assert.equal(placeInSource(source, 'send::{{closure}}'), 3);
  });

  it('finds no part of a name, no comment and no markup', () => {
    for (const item of ['trans', 'transfer_all', '<T as X>::transfer', '', '(.*)+']) {
      assert.equal(placeInSource(source, item), undefined, item);
    }
  });
});
