/** A static HTML file: everything is inside, and it can load nothing. */
import { createHash } from 'node:crypto';
import type { PageAssets } from '../base/page-assets.ts';
import type { View } from '../model/view.ts';
import { Html, html, jsonBlock } from './html-text.ts';

/** The file of one chart, for "Save as HTML". */
export function viewPage(view: View, assets: PageAssets): string {
  return htmlPage(view.title, viewBlock(view), assets);
}

export function htmlPage(title: string, body: Html, { script, style }: PageAssets): string {
  // Only the script and the style of this file run, whatever the names in a blob are.
  const policy = [
    "default-src 'none'",
    `script-src '${sha256(script)}'`,
    `style-src '${sha256(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
${body}
</main>
<script>${new Html(script)}</script>
</body>
</html>
`;
  return page.text;
}

/** The place of a chart, and its data. `src/webview/main.ts` finds both. */
export function viewBlock(view: View): Html {
  return html`<div class="place"><noscript>The chart needs JavaScript.</noscript></div>
<script type="application/json" data-view="${view.view}">${jsonBlock(view)}</script>`;
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
