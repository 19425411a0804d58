import type { Fault } from '../../../fault.ts';
import { writeIdentity } from '../../../identity/write/write-identity.ts';
import { identityHeaders, writeIdentityFault } from '../../../identity/faults/write-fault.ts';
import type { IdentityDocument } from '../../../identity/messages/identity-document.ts';
import type { IdentityFormat } from '../../../identity/write/identity-format.ts';
import type { Note } from '../../../upstream/note.ts';
import { setNoteHeaders } from '../../answer/note-headers.ts';
import { sendEmpty, sendText } from '../../answer/send.ts';
import type { FaultDocument } from '../../exchange/exchange.ts';
import type { IdentityExchange } from './identity-exchange.ts';

/** Send a document of the Identity API, with the notes on what v2.0 has no place for. */
export function sendIdentity(
  { exchange, format, identityUrl }: IdentityExchange,
  status: number,
  document: IdentityDocument,
  content: unknown,
  { notes = [], maxNotes = 0 }: { readonly notes?: readonly Note[]; readonly maxNotes?: number } = {},
): void {
  const { response, trace } = exchange;
  const written = writeIdentity(document, content, format);
  const all = [...notes, ...written.notes];
  if (all.length > 0) {
    trace.notes = all;
    setNoteHeaders(response, all, maxNotes);
  }
  response.setHeaders(new Map(Object.entries(identityHeaders(identityUrl))));
  trace.mediaOut = written.contentType;
  sendText(exchange, status, written.contentType, written.text);
}

/** Send an answer of the Identity API without a body. */
export function sendIdentityEmpty(
  { exchange, identityUrl }: IdentityExchange,
  status: number,
  fields: readonly (readonly [name: string, value: string])[] = [],
): void {
  const { response } = exchange;
  response.setHeaders(new Map([...Object.entries(identityHeaders(identityUrl)), ...fields]));
  sendEmpty(exchange, status);
}

/** Make the writer of the faults of an exchange: they have the form of the Identity API. */
export function identityFaults(format: IdentityFormat, identityUrl: string): (fault: Fault) => FaultDocument {
  return (fault: Fault) => ({ ...writeIdentityFault(fault, format), headers: identityHeaders(identityUrl, fault) });
}
