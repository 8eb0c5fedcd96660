/** One HTML file with the reports, and the treemap of each report that has sizes. */
import type { PageAssets } from '../base/page-assets.ts';
import { groupDigits } from '../base/units.ts';
import { codeSourceText } from '../model/code-source.ts';
import { amountText, figureLabel, headRoom, levelWord, limitText, ratioText } from '../model/figure-text.ts';
import { type Figure, figuresOf } from '../model/figures.ts';
import { isProblem, type ProblemEntry, problemWord, type ReportEntry } from '../model/input-problem.ts';
import type { Finding, Report } from '../model/report.ts';
import { bySeverity, severityWords } from '../model/severity.ts';
import { errorText, estimateNote, outcomeNote, statusWord, summaryText, voteText } from './conclusion.ts';
import { factsOf, runtimeName } from './facts.ts';
import { htmlPage, viewBlock } from './html-page.ts';
import { type Html, html } from './html-text.ts';
import { pendingLines, pendingText } from './pending.ts';

export function formatHtml(entries: readonly ReportEntry[], assets: PageAssets): string {
  const [first] = entries;
  const title = entries.length === 1 && first !== undefined ? titleOf(first) : 'PVF check';
  const overview = entries.length === 1 ? [] : [html`<h1>PVF check</h1>\n<p>${summaryText(entries)}</p>\n`];
  const sections = entries.map((entry) =>
    isProblem(entry) ? problemSection(entry) : reportSection(entry, entries.length === 1 ? 'h1' : 'h2'),
  );
  return htmlPage(title, html`${[...overview, ...sections]}`, assets);
}

function titleOf(entry: ReportEntry): string {
  return isProblem(entry)
    ? `${problemWord(entry)}: ${entry.path}`
    : `${statusWord(entry)}: ${runtimeName(entry.runtime)}`;
}

function problemSection(entry: ProblemEntry): Html {
  const { path, problem } = entry;
  return html`<section class="report">
<h2 class="heading"><span class="conclusion fail">${problemWord(entry)}</span> <span class="code">${path}</span></h2>
<p>${problem.message}</p>
<p class="quiet">${problem.remedy}</p>
<p class="quiet code">${problem.id}</p>
</section>
`;
}

function reportSection(report: Report, tag: 'h1' | 'h2'): Html {
  const { runtime, conclusion, sizes } = report;
  const place = runtime.codeAt === undefined ? runtime.path : `${runtime.path}, ${codeSourceText(runtime.codeAt)}`;
  const error = errorText(report);
  const notes = [outcomeNote(report), estimateNote(report)].filter((note) => note !== undefined);
  const room = headRoom(report);
  return html`<section class="report">
<${tag} class="heading"><span class="conclusion ${conclusion.status}">${statusWord(report)}</span> ${runtimeName(runtime)} <small class="quiet">${voteText(report)}</small></${tag}>
<p>${conclusion.reason}</p>
${error === undefined ? undefined : html`<pre>${error}</pre>\n`}${notes.map((note) => html`<p class="quiet">${note}</p>\n`)}<p class="code quiet">${place}</p>
${figuresTable(figuresOf(report))}
${room === undefined ? undefined : html`<p class="quiet">CPU headroom: ${room}.</p>\n`}${pendingList(report)}${findingsList(report.findings)}${details(report)}
</section>
${sizes === undefined ? undefined : viewBlock({ view: 'sizes', title: `Sizes of ${runtimeName(runtime)}`, sizes })}
`;
}

function figuresTable(figures: readonly Figure[]): Html | undefined {
  if (figures.length === 0) return undefined;
  const rows = figures.map((figure) => {
    const { item, kind, used } = figure;
    const level = item?.level ?? '';
    return html`<tr><th scope="row">${figureLabel(figure)}</th><td class="number">${amountText(figure)}</td><td class="number">${limitText(figure)}</td><td class="number">${ratioText(figure)}</td><td>${item === undefined ? undefined : shareBar(item.ratio, item.level)}</td><td class="${level}">${item && levelWord(item)}</td><td class="number quiet">${kind === 'size' ? groupDigits(used) : ''}</td></tr>
`;
  });
  return html`<table class="figures">
<thead><tr><th scope="col">Figure</th><th scope="col" class="number">Used</th><th scope="col" class="number">Limit</th><th scope="col" class="number">Share</th><td></td><th scope="col">Level</th><th scope="col" class="number">Bytes</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`;
}

function pendingList(report: Report): Html[] {
  return pendingLines(report).map((line) => html`<p><strong>${line.title}</strong>: ${pendingText(line)}</p>\n`);
}

/** Attributes of SVG, because the content security policy allows no style attributes. */
function shareBar(ratio: number, level: string): Html {
  const width = Math.round(100 * Math.min(1, Math.max(0, ratio)));
  return html`<svg class="share ${level}" width="100" height="8" aria-hidden="true"><rect class="all" width="100" height="8" rx="2"/><rect width="${width}" height="8" rx="2"/></svg>`;
}

function findingsList(findings: readonly Finding[]): Html | undefined {
  if (findings.length === 0) return undefined;
  const items = bySeverity(findings).flat().map(findingItem);
  return html`<h3>Findings</h3>
<ul class="findings">
${items}</ul>
`;
}

function findingItem({ id, severity, message, hint, allowed }: Finding): Html {
  const help = hint === undefined ? undefined : html`<p class="quiet">${hint}</p>`;
  return html`<li class="finding ${severity}"><strong>${severityWords[severity]}</strong>${allowed ? ' (allowed)' : ''} <span class="code quiet">${id}</span> ${message}${help}</li>
`;
}

function details(report: Report): Html {
  const rows = factsOf(report).map(({ label, lines, path }) => {
    const all = [...lines, ...(path === undefined ? [] : [path])].map((line) => html`<div>${line}</div>`);
    return html`<tr><th scope="row">${label}</th><td class="code">${all}</td></tr>\n`;
  });
  const { tool, createdAt } = report;
  return html`<details><summary>Worker, hashes and profile</summary>
<table>
<tbody>
${rows}</tbody>
</table>
</details>
<p class="quiet">Created by ${tool.name} ${tool.version} at ${createdAt}.</p>`;
}
