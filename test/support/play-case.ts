import { call, type TestAnswer } from './http.ts';
import type { CaseMessage } from './case.ts';
import type { Recorded } from './recorded.ts';
import type { Received } from './scripted-cloud.ts';

/** The messages that a case leaves open until it is played. */
export interface Played {
  readonly cloudReceived: readonly Received[];
  readonly answer: TestAnswer;
}

/** Send a case's request over real sockets while the cloud answers in the given order. */
export async function playCase(
  { gateway, cloud }: Recorded,
  sent: CaseMessage,
  answers: readonly CaseMessage[],
): Promise<Played> {
  cloud.received.length = 0;
  cloud.script(...answers.map(asScripted));
  const [method = '', path = ''] = sent.start.split(' ');
  const answer = await call(gateway.url, { method, path, headers: headersOf(sent), body: sent.body });
  return { cloudReceived: [...cloud.received], answer };
}

function asScripted(message: CaseMessage): { status: number; headers: Record<string, string>; body: string } {
  return { status: Number(message.start.split(' ')[1]), headers: headersOf(message), body: message.body };
}

function headersOf({ headers }: CaseMessage): Record<string, string> {
  return Object.fromEntries(headers);
}
