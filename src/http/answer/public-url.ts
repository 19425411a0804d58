import type { Request } from 'express';
import { largestPort } from '../../config/settings/forms.ts';

const host = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;

/**
 * The gateway's URL as the caller knows it: the setting; else X-Forwarded-Proto and X-Forwarded-Host where the proxy is
 * trusted, else Host, which Express decides. A host that is none is not repeated: the socket's own address stands in.
 */
export function publicUrl(request: Request, setting: string): string {
  if (setting !== '') return setting;
  const named = request.host ?? '';
  const scheme = request.protocol === 'https' ? 'https' : 'http';
  return `${scheme}://${isHost(named) ? named : ownAddress(request)}`;
}

function isHost(named: string): boolean {
  const found = host.exec(named);
  return found !== null && Number(found[1] ?? 0) <= largestPort;
}

function ownAddress({ socket }: Request): string {
  const address = socket.localAddress ?? '127.0.0.1';
  return `${address.includes(':') ? `[${address}]` : address}:${socket.localPort}`;
}
