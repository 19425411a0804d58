import { choicesDocument } from '../../compute/resources/version.ts';
import { codecFor } from '../../media/codecs.ts';
import { fromDocument } from '../../schema/json-document.ts';
import { hasOutline } from '../../schema/outline.ts';
import { documentOf, type CloudAnswer } from '../../upstream/cloud-answer.ts';
import { sliced, writeDocument } from '../answer/document/document.ts';
import type { AnswerLimits } from '../answer/answer-limits.ts';
import { relayHeaders } from '../answer/relay-headers.ts';
import { isForwardedXml, replyTypeOf } from '../answer/reply-type.ts';
import { sendDocument } from '../answer/send.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { linksOf, type AnswerSettings } from './answer-settings.ts';
import { sendGeneric } from './generic-answer.ts';
import { readShortAnswer } from './read/short-answer.ts';
import { sendRewritten } from './rewritten-links.ts';
import type { StreamedAnswer } from './read/streamed-answer.ts';

/**
 * Answer 300 with the versions in which a path exists, as legacy Nova did, with links to the gateway. A 300 with another body
 * is relayed unchanged, or in the generic form to a caller of XML.
 * @throws {Fault} 502 for an answer that breaks off or is too long, because its header section is useless without the body
 */
export async function answerChoices(
  answer: StreamedAnswer,
  exchange: Exchange,
  settings: AnswerSettings,
  limits: AnswerLimits,
): Promise<void> {
  const { response, times } = exchange;
  const { isWhole, decoded } = await readShortAnswer(answer, 300, {
    end: exchange.end,
    timeoutMs: settings.answerTimeoutMs,
  });
  if (!isWhole) throw noAnswer.broken();
  const choices = choicesIn(decoded);
  const type = replyTypeOf(exchange, settings.replyDefault);
  if (choices === undefined && isForwardedXml(exchange)) return sendGeneric(decoded, exchange, type, settings, limits);
  if (choices === undefined) return sendRewritten(answer, decoded, exchange, settings);
  const links = { ...linksOf(exchange, settings), version: '' };
  const compose = (): ReturnType<ReturnType<typeof codecFor>['compose']> =>
    codecFor(type).compose(choicesDocument, true);
  const resource = sliced({ message: choicesDocument, content: choices }, true);
  const { document } = await writeDocument(resource, { type, compose, links }, times);
  relayHeaders(response, decoded, true);
  await sendDocument(exchange, 300, type, document);
}

function choicesIn(answer: CloudAnswer): unknown {
  const document = documentOf(answer);
  const choices = document && fromDocument(choicesDocument, document);
  return hasOutline(choicesDocument)(choices) ? choices : undefined;
}
