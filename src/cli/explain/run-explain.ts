import { didYouMean } from '../../offline/input/closest.ts';
import { UsageError, type CommandIo, type CommandValues } from '../command.ts';
import { textWidth, writeJson } from '../output.ts';
import { createPaint } from '../paint.ts';
import { explanationList, explanationText } from './explain-text.ts';
import { explanations, explanationsOf } from './explanations.ts';

/** Explain a reason, or list all. @throws {UsageError} for an unknown one, with the closest names */
export function runExplain({ args: [reason], options: { json } }: CommandValues, io: CommandIo): number {
  const found = reason === undefined ? explanations : explanationsOf(reason);
  if (found.length === 0) throw unknown(reason ?? '');
  if (json === true) writeJson(io, found);
  else {
    const paint = createPaint(io);
    const width = textWidth(io);
    const text =
      reason === undefined
        ? explanationList(found, paint, width)
        : found.map((each) => explanationText(each, paint, width)).join('\n\n');
    io.stdout.write(`${text}\n`);
  }
  return 0;
}

function unknown(reason: string): UsageError {
  const names = [...new Set(explanations.map(({ name }) => name))];
  return new UsageError(
    `There is no such reason.${didYouMean(reason.replace(/[:;].*$/s, ''), names)} See: legacy-compute-gateway explain`,
  );
}
