/** The RPC endpoints that the user gives. No public ones are built in: nobody asked their operators. */
import { InputBoxValidationSeverity, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { errorMessage } from '../../base/errors.ts';
import { parseEndpoint } from '../../chain/endpoint.ts';
import type { Services } from '../services.ts';

const KEY = 'endpoints';
const MAX_REMEMBERED = 8;

interface EndpointItem extends QuickPickItem {
  readonly url?: string;
}

/** Offers the remembered ones first. Undefined: the user cancelled. @param wrong a URL to correct */
export async function askForEndpoint(services: Services, wrong?: string): Promise<string | undefined> {
  const { t } = services;
  const remembered = rememberedEndpoints(services);
  if (wrong !== undefined || remembered.length === 0) return typeEndpoint(services, wrong);
  const items: EndpointItem[] = [
    ...remembered.map((url) => ({ label: `$(server) ${url}`, url })),
    { label: '', kind: QuickPickItemKind.Separator },
    { label: `$(edit) ${t('Another Endpoint…')}` },
  ];
  const picked = await window.showQuickPick(items, {
    title: t('Fetch Limits from a Relay Chain'),
    placeHolder: t('Choose a node of the relay chain'),
  });
  return picked === undefined ? undefined : (picked.url ?? typeEndpoint(services));
}

async function typeEndpoint({ t }: Services, value = ''): Promise<string | undefined> {
  const typed = await window.showInputBox({
    title: t('Fetch Limits from a Relay Chain'),
    prompt: t(
      'The WebSocket of a node of the relay chain, or of a parachain, such as ws://127.0.0.1:9944. Only requests for its limits are sent.',
    ),
    placeHolder: 'wss://…',
    value,
    ignoreFocusOut: true,
    validateInput: (text) => validate(text, t),
  });
  const url = typed?.trim() ?? '';
  return url === '' ? undefined : url;
}

function validate(text: string, t: Services['t']) {
  // Nothing was typed yet.
  if (text.trim() === '') return undefined;
  try {
    const { url } = parseEndpoint(text);
    return isUnsafe(new URL(url))
      ? {
          message: t('Anyone on the way can change the answers: ws:// is not encrypted.'),
          severity: InputBoxValidationSeverity.Warning,
        }
      : undefined;
  } catch (error) {
    return errorMessage(error);
  }
}

function isUnsafe({ protocol, hostname }: URL): boolean {
  return protocol === 'ws:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** The last ones first. Not those with a key or a password in them, because VS Code stores them as plain text. */
export async function rememberEndpoint(services: Services, text: string): Promise<void> {
  const { url, isPublic } = parseEndpoint(text);
  if (!isPublic) return;
  const others = rememberedEndpoints(services).filter((one) => one !== url);
  await services.context.globalState.update(KEY, [url, ...others].slice(0, MAX_REMEMBERED));
}

function rememberedEndpoints({ context }: Pick<Services, 'context'>): readonly string[] {
  const saved = context.globalState.get<unknown>(KEY);
  return Array.isArray(saved) ? saved.filter((one): one is string => typeof one === 'string') : [];
}
