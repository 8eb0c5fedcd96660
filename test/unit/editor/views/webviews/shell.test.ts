import assert from 'node:assert/strict';
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
