import type { Response } from 'express';
import { choicesDocument } from '../compute/resources/version.ts';
import { formOf } from '../schema/form.ts';
import { fromDocument } from '../schema/json-document.ts';
import type { Config } from '../settings.ts';
import { documentOf, type CloudAnswer } from '../upstream/cloud-answer.ts';
import { begin } from './answer-head.ts';
import { pathOf } from './cloud.ts';
import type { ComingAnswer } from './coming-answer.ts';
import { noAnswer } from './no-answer.ts';
import { readWhole } from './read-whole.ts';
import { publicUrl } from './public-url.ts';
import { relayDocument, relayHeaders } from './relay.ts';
import { replyTypeOf, sendAtLeisure } from './reply.ts';

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
  return formOf(choicesDocument)(choices) ? choices : undefined;
}
