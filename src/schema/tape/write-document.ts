import { isUtf8 } from 'node:buffer';
import type { Message } from '../shapes.ts';
import type { Written } from '../write/write-xml.ts';
import { ByteOutput } from './byte-output.ts';
import { programOf } from './compile.ts';
import { selfLinkIn } from './link-members.ts';
import type { Program } from './program.ts';
import { absent, behindAt, literalRow, objectRow, plainRow, rowWidth } from './rows.ts';
import type { TapeLinks } from './tape-links.ts';
import { TapePrinter } from './tape-printer.ts';
import { NotOnTape, Tape } from './tape.ts';

/** A document that was written from a tape. */
export interface TapedDocument {
  readonly written: Written;
  /** The self link of the resource, unconverted, if it was asked for and there is one. */
  readonly self: string | undefined;
}

/** The tape and the output of all short documents: each is read and written in one piece. */
const tape = new Tape();
const out = new ByteOutput(65_536);
const printer = new TapePrinter(tape, out);
/** The largest output that is kept for the next document, in bytes. */
const mostKept = 262_144;

/**
 * Write the document of a message as XML from its JSON, without making objects of it.
 * @param wantsSelf true to find the self link of the resource too
 * @throws {NotOnTape} for a document that must be parsed, and may be none of the message
 */
export function writeOnTape(message: Message, json: Buffer, links: TapeLinks, wantsSelf: boolean): TapedDocument {
  const program = programOf(message);
  if (program === undefined || !program.isWhole || !isUtf8(json)) throw new NotOnTape();
  try {
    if (tape.read(json, 0, json.length) !== json.length) throw new NotOnTape();
    const row = contentRow(message);
    const written = print(message, program, row, links);
    return { written, self: wantsSelf ? selfLinkOf(program.root) : undefined };
  } finally {
    out.reset(mostKept);
    tape.release();
  }
}

/** Find the row of a message's content. @throws {NotOnTape} for a document without it */
function contentRow({ root, isBare }: Message): number {
  const { rows } = tape;
  if (rows[0] !== objectRow) throw new NotOnTape();
  if (isBare === true) return 0;
  let found = absent;
  for (let at = rowWidth, behind = rows[behindAt] ?? 0; at < behind; at = rows[at + rowWidth + behindAt] ?? 0) {
    // A key with a backslash may be the root's.
    if (rows[at] !== literalRow && rows[at] !== plainRow) throw new NotOnTape();
    if (tape.textAt(at) === root) found = at + rowWidth;
  }
  if (found === absent) throw new NotOnTape();
  return found;
}

function print(message: Message, program: Program, row: number, links: TapeLinks): Written {
  const { root } = program;
  printer.restart(links);
  const { writing } = printer;
  if (!printer.fits(root, row)) throw new NotOnTape();
  if (root.kind === 'record') printer.attributes(root, row);
  const contentAt = out.length;
  const hasContent = root.kind === 'record' ? printer.contents(root) : printer.inside(root, row);
  const attributes = out.textOf(0, contentAt);
  const content = hasContent ? `>${out.textOf(contentAt, out.length)}</${message.root}>` : '/>';
  const document = printer.start(message, program) + attributes + content;
  return { document, repaired: writing.repaired, misshapen: [...writing.misshapen] };
}

/** Find the self link among the members that were printed last. @throws {NotOnTape} for a resource whose links are not described */
function selfLinkOf(root: Program['root']): string | undefined {
  const index = root.kind === 'record' ? root.keys.indexOf('links') : absent;
  if (root.kind !== 'record' || index === absent) throw new NotOnTape();
  const row = root.rows[index] ?? absent;
  return row === absent ? undefined : selfLinkIn(tape, row);
}
