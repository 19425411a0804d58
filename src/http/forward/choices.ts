import type { Response } from 'express';
import { choicesDocument } from '../../compute/resources/version.ts';
import { hasOutline } from '../../schema/outline.ts';
import { fromDocument } from '../../schema/json-document.ts';
import type { Config } from '../../config/settings.ts';
import { documentOf, type CloudAnswer } from '../../upstream/cloud-answer.ts';
import { begin } from './answer-head.ts';
import { pathOf } from '../cloud/cloud.ts';
import type { ComingAnswer } from './streamed-answer.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import { readWhole } from './short-answer.ts';
import { publicUrl } from '../answer/public-url.ts';
import { relayDocument, relayHeaders } from '../answer/relay.ts';
import { replyTypeOf, sendAtLeisure } from '../answer/send.ts';

/**
 * The versions in which a path is, as legacy Nova told them, with links to the gateway; any other 300 as it came.
 * @throws {Fault} 502 for one that breaks off or is too long: its head must not go on without its body
 */
export async function passChoices(answer: ComingAnswer, response: Response, config: Config): Promise<void> {
  const { req: request } = response;
  const { body, isWhole, read } = await readWhole(answer, 300, config.upstream.answerTimeoutMs);
  if (!isWhole) throw noAnswer.broken();
  const found = choicesIn(read);
  if (found === undefined) {
    begin(answer, 300, response);
    response.end(body);
    return;
  }
  const type = replyTypeOf(request, config.reply.default);
  const base = {
    publicUrl: publicUrl(request, config.public.url),
    version: '',
    cloudPath: pathOf(config.upstream.url),
  };
  const form = { type, base, pathOf: (template: string) => template, restored: undefined, keepAll: true };
  const { document } = await relayDocument({ message: choicesDocument, content: found }, form);
  relayHeaders(response, read, true);
  return sendAtLeisure(response, 300, type, document);
}

function choicesIn(answer: CloudAnswer): unknown {
  const document = documentOf(answer);
  const choices = document && fromDocument(choicesDocument, document);
  return hasOutline(choicesDocument)(choices) ? choices : undefined;
}
