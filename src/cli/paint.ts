import { styleText } from 'node:util';
import type { CommandIo } from './command.ts';
import { hasColors } from './output.ts';

/** The kinds of text that have a colour on a terminal. */
const styles = { removed: 'red', added: 'green', heading: 'bold', quiet: 'dim', bad: 'red', good: 'green' } as const;

/** The function that colours a text, where the output shows colours. */
export type Paint = (kind: keyof typeof styles, text: string) => string;

/** Create the painter of an output. Off a terminal, and with NO_COLOR, texts stay as they are. */
export function createPaint(io: Pick<CommandIo, 'stdout' | 'environment'>): Paint {
  // Skip the check of styleText, which would look at the stdout of this process instead of the stream of the command.
  return hasColors(io) ? (kind, text) => styleText(styles[kind], text, { validateStream: false }) : (_, text) => text;
}
