import { wrap } from '../../config/help.ts';
import type { Paint } from '../paint.ts';
import type { Explanation } from './explanations.ts';

/** The places where a reason of each kind is seen. */
const kinds = {
  need: 'a reason for which a caller needs the gateway',
  fault: 'the reason of a fault',
  note: 'an outcome of a note',
} as const;

/** Write an explanation for people. */
export function explanationText(explanation: Explanation, paint: Paint, width: number): string {
  const { kind, name, meaning } = explanation;
  const title = kind === 'need' && explanation.about !== undefined ? `${name}:${explanation.about}` : name;
  return [
    `${paint('heading', title)}, ${kinds[kind]}`,
    '',
    ...wrap(meaning, 0, width),
    ...restOf(explanation, paint, width),
  ].join('\n');
}

function restOf(explanation: Explanation, paint: Paint, width: number): readonly string[] {
  switch (explanation.kind) {
    case 'need': {
      const { breaks, cure, before, after } = explanation;
      const indented = (text: string, kind: 'removed' | 'added'): string[] =>
        text.split('\n').map((line) => paint(kind, `  ${line}`.trimEnd()));
      return [
        breaks
          ? 'The call fails, or loses its effect, without the gateway.'
          : 'It does not fail for want of the gateway.',
        '',
        ...wrap(`In the client: ${cure}`, 0, width),
        '',
        'Before:',
        ...indented(before, 'removed'),
        '',
        'After:',
        ...indented(after, 'added'),
      ];
    }
    case 'fault':
      return ['', ...wrap(`For operators: ${explanation.action}`, 0, width)];
    case 'note':
      return ['', ...wrap(`In the client: ${explanation.cure}`, 0, width)];
    default:
      return explanation satisfies never;
  }
}

/** Write the list of all reasons: needs and notes with their meaning, faults by their names. */
export function explanationList(all: readonly Explanation[], paint: Paint, width: number): string {
  const of = (wanted: Explanation['kind']): readonly Explanation[] => all.filter(({ kind }) => kind === wanted);
  const rows = (kind: Explanation['kind']): string[] => {
    const longest = Math.max(...of(kind).map(({ name }) => name.length));
    return of(kind).flatMap(({ name, meaning }) => {
      const [first = '', ...rest] = wrap(meaning, longest + 4, width);
      return [`  ${name.padEnd(longest + 2)}${first.trimStart()}`, ...rest];
    });
  };
  return [
    paint('heading', 'Needs: the reasons for which a caller needs the gateway'),
    ...rows('need'),
    '',
    paint('heading', 'Notes: what happened to a member'),
    ...rows('note'),
    '',
    paint('heading', 'Faults: why a request was refused or failed'),
    ...wrap(
      of('fault')
        .map(({ name }) => name)
        .join(', '),
      2,
      width,
    ),
  ].join('\n');
}
