import type { Request } from 'express';
import { largestPort } from '../../config/settings/forms.ts';

const hostForm = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;

/**
 * Find the URL by which the caller reaches the gateway: the setting; else X-Forwarded-Proto and X-Forwarded-Host of a
 * trusted proxy; else Host. An invalid host must not get into links: the address of the socket replaces it.
 */
export function publicUrl(request: Request, setting: string): string {
  if (setting !== '') return setting;
  const named = request.host ?? '';
  const scheme = request.protocol === 'https' ? 'https' : 'http';
  return `${scheme}://${isHost(named) ? named : ownAddress(request)}`;
}

function isHost(named: string): boolean {
  const found = hostForm.exec(named);
  return found !== null && Number(found[1] ?? 0) <= largestPort;
}

function ownAddress({ socket }: Request): string {
  const address = socket.localAddress ?? '127.0.0.1';
  return `${address.includes(':') ? `[${address}]` : address}:${socket.localPort}`;
}
