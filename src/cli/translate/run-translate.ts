import { UsageError, type CommandIo, type CommandValues } from '../command.ts';
import { textWidth } from '../output.ts';
import { createPaint } from '../paint.ts';
import { readInput } from '../read-input.ts';
import { translateAnswer } from '../../offline/gateway/translate-answer.ts';
import type { GivenRequest } from '../../offline/input/given-request.ts';
import { readRequests } from '../../offline/input/read-requests.ts';
import { OfflineGateway } from '../../offline/gateway/offline-gateway.ts';
import { asUsageError } from './as-usage-error.ts';
import { configForTranslation } from './settings-for-translation.ts';
import { masking, unmasked } from '../../offline/show/mask.ts';
import { answerLines } from '../../offline/show/message-lines.ts';
import { dataOf } from '../../offline/show/show-data.ts';
import { translationText, type TextStyle } from './show-text.ts';
import { readTranslateOptions, type TranslateOptions } from './translate-options.ts';
import { translateOne } from '../../offline/gateway/translation.ts';

/** The exit code if a request would be refused. */
const refusedCode = 1;

/** Translate the requests of a file, or an answer. @returns the exit code @throws {UsageError} for a file that cannot be used */
export async function runTranslate(values: CommandValues, io: CommandIo): Promise<number> {
  const options = readTranslateOptions(values);
  const config = configForTranslation(io.environment, options.profile);
  if (options.file === '-' && io.stdin.isTTY)
    io.stderr.write('Reading standard input; end it with Ctrl-D, or name a file.\n');
  const bytes = await readInput(options.file, io);
  const gateway = new OfflineGateway(config);
  try {
    return options.answer === undefined
      ? await translateRequests(gateway, await requestsIn(bytes, options, io), options, io)
      : await writeAnswer(gateway, bytes, { ...options, operation: options.answer }, io);
  } catch (error) {
    throw asUsageError(error);
  }
}

async function requestsIn(bytes: Buffer, options: TranslateOptions, io: CommandIo): Promise<Iterable<GivenRequest>> {
  const { operation, call, entry, bodyFile } = options;
  if (bodyFile === '-' && options.file === '-')
    throw new UsageError('Standard input can be the file or the body, not both.');
  const body = bodyFile === undefined ? undefined : await readInput(bodyFile, io);
  return readRequests(bytes, { call: operation === undefined ? undefined : { ...call, operation }, entry, body });
}

/** Translate one request after the other; each is written before the next is read. */
async function translateRequests(
  gateway: OfflineGateway,
  requests: Iterable<GivenRequest>,
  { showsSecrets, isJson }: TranslateOptions,
  io: CommandIo,
): Promise<number> {
  const shown = showsSecrets ? unmasked : masking;
  const style: TextStyle = { paint: createPaint(io), masking: shown, columns: textWidth(io) };
  let [count, code] = [0, 0];
  const write = async (text: string): Promise<void> => {
    if (!io.stdout.write(text)) await new Promise((resolve) => io.stdout.once('drain', resolve));
  };
  for (const given of requests) {
    const translation = await translateOne(given, gateway);
    if (translation.outcome === 'refused') code = refusedCode;
    if (isJson)
      await write(`${count === 0 ? '[\n' : ',\n'}${JSON.stringify(dataOf(translation, shown), undefined, 2)}`);
    else await write(`${count === 0 ? '' : '\n'}${translationText(translation, style)}`);
    count += 1;
  }
  if (isJson) await write(count === 0 ? '[]\n' : '\n]\n');
  return code;
}

async function writeAnswer(
  gateway: OfflineGateway,
  bytes: Buffer,
  options: TranslateOptions & { readonly operation: string },
  io: CommandIo,
): Promise<number> {
  const { operation, call, fault, showsSecrets, isJson } = options;
  const shown = showsSecrets ? unmasked : masking;
  const { answer, notes } = await translateAnswer(gateway, { ...call, operation }, bytes, { fault });
  const status = Number.parseInt(answer.status, 10);
  if (isJson) {
    const headers = Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), value]));
    io.stdout.write(`${JSON.stringify({ status, headers, body: shown.body(answer.body), notes }, undefined, 2)}\n`);
  } else io.stdout.write(`${answerLines(answer, shown).join('\n')}\n`);
  return fault === undefined && status >= 400 ? refusedCode : 0;
}
