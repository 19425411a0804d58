import { wrap } from '../../config/help.ts';
import { faultReasons } from '../../fault-reasons.ts';
import type { Paint } from '../paint.ts';
import type { DescribedNeed, Translation } from '../../offline/gateway/translation.ts';
import type { DiffLine } from '../../offline/show/diff.ts';
import type { Masking } from '../../offline/show/mask.ts';
import { answerLines, cloudLines } from '../../offline/show/message-lines.ts';
import { requestDiff } from '../../offline/show/request-diff.ts';

/** The way in which translations are shown to people. */
export interface TextStyle {
  readonly paint: Paint;
  readonly masking: Masking;
  readonly columns: number;
}

/** Write a translation for people: what comes, what the cloud would get, the notes, and why the gateway is needed. */
export function translationText(translation: Translation, style: TextStyle): string {
  const { paint, columns } = style;
  const sections = [
    [paint('heading', titleOf(translation))],
    diffSection(translation, style),
    beforeSection(translation, style),
    answerSection(translation, style),
    noteSection(translation, columns),
    needSection(translation.needs, style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function titleOf({ given, operation, outcome }: Translation): string {
  const name = operation ?? given.method;
  const ends = {
    translated: 'is translated',
    forwarded: 'is forwarded',
    answered: 'is answered by the gateway itself',
    refused: 'is refused: nothing is sent',
  } as const;
  return `${name} (${given.place}) ${ends[outcome]}`;
}

function diffSection(translation: Translation, { paint, masking }: TextStyle): readonly string[] {
  return requestDiff(translation, masking).map((line) => painted(line, paint));
}

function painted({ sign, text }: DiffLine, paint: Paint): string {
  const line = `${sign} ${text}`.trimEnd();
  if (sign === ' ') return line;
  return paint(sign === '-' ? 'removed' : 'added', line);
}

function beforeSection({ before, given }: Translation, { paint, masking }: TextStyle): readonly string[] {
  if (before.length === 0) return [];
  return [
    paint('heading', 'Before that the gateway reads the resource; here its values are taken to be empty:'),
    ...before.map((request) => `  ${cloudLines(request, given, masking)[0] ?? ''}`),
  ];
}

function answerSection({ answer, fault }: Translation, { paint, masking, columns }: TextStyle): readonly string[] {
  if (answer === undefined) return [];
  const why = fault === undefined ? [] : [faultReasons[fault].meaning, `For operators: ${faultReasons[fault].action}`];
  return [
    paint(fault === undefined ? 'heading' : 'bad', `The caller gets${fault === undefined ? '' : ` (${fault})`}:`),
    ...answerLines(answer, masking).map((line) => `  ${line}`.trimEnd()),
    ...(why.length === 0 ? [] : ['', ...why.flatMap((sentence) => wrap(sentence, 2, columns))]),
  ];
}

function noteSection({ notes }: Translation, columns: number): readonly string[] {
  if (notes.length === 0) return [];
  return ['Notes:', ...notes.flatMap(({ text }) => wrap(`${text}.`, 2, columns))];
}

function needSection(needs: readonly DescribedNeed[], { paint, columns }: TextStyle): readonly string[] {
  if (needs.length === 0) return [paint('good', 'It does not need the gateway: the cloud takes it as it is.')];
  const breaks = needs.some((need) => need.breaks);
  const title = breaks ? 'It needs the gateway:' : 'It works without the gateway today, but:';
  return [
    paint('heading', title),
    ...needs.flatMap(({ need, breaks: isBreak, without, cure }) => [
      `  ${paint('heading', need)}${breaks && !isBreak ? ' (works today)' : ''}`,
      ...wrap(without, 4, columns),
      ...wrap(`Change: ${cure}`, 4, columns),
    ]),
  ];
}
