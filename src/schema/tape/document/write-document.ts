import { isUtf8 } from 'node:buffer';
import { perMessage } from '../../per-message.ts';
import type { Message } from '../../shapes.ts';
import type { Written } from '../../write/write-xml.ts';
import { ByteOutput } from '../byte-output.ts';
import { JsonPrinter } from '../json/json-printer.ts';
import { jsonStepOf } from '../json/json-steps.ts';
import { linksRowOf, selfLinkIn } from '../link-members.ts';
import { absent, arrayRow, behindAt, literalRow, objectRow, plainRow, rowWidth } from '../rows.ts';
import type { TapeLinks } from '../tape-links.ts';
import { NotOnTape, Tape } from '../tape.ts';
import { programOf } from '../xml/compile.ts';
import { TapePrinter } from '../xml/tape-printer.ts';
import type { TapeFormat } from './tape-format.ts';

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
const writers = { xml: writeXml, json: writeJson } as const;
/** The largest output that is kept for the next document, in bytes. */
const mostKept = 262_144;

/**
 * Write the document of a message from its JSON, without making objects of it.
 * @param wantsSelf true to find the self link of the resource too
 * @throws {NotOnTape} for a document that must be parsed, and may be none of the message
 */
export function writeOnTape(
  message: Message,
  json: Buffer,
  format: TapeFormat,
  links: TapeLinks,
  wantsSelf: boolean,
): TapedDocument {
  if (needsMembers(message) || !isUtf8(json)) throw new NotOnTape();
  try {
    if (tape.read(json, 0, json.length) !== json.length) throw new NotOnTape();
    const row = contentRow(message);
    return { written: writers[format](message, row, links), self: wantsSelf ? selfLinkOf(row) : undefined };
  } finally {
    out.reset(mostKept);
    tape.release();
  }
}

/** Check that the outline of a message is more than the kind of its content: answers need some members. */
const needsMembers = perMessage(
  ({ content }) =>
    content.kind === 'record' && Object.values(content.members).some(({ required }) => required === true),
);

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

function writeXml(message: Message, row: number, links: TapeLinks): Written {
  const program = programOf(message);
  if (program === undefined) throw new NotOnTape();
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

function writeJson(message: Message, row: number, links: TapeLinks): Written {
  const step = jsonStepOf(message);
  if (step === undefined || tape.rows[row] !== (step.kind === 'list' ? arrayRow : objectRow)) throw new NotOnTape();
  const json = new JsonPrinter(tape, out, links);
  json.print(step, row);
  const content = out.textOf(0, out.length);
  const document = message.isBare === true ? content : `{${JSON.stringify(message.root)}:${content}}`;
  return { document, repaired: false, misshapen: [...json.misshapen] };
}

/** Find the self link of a resource. */
function selfLinkOf(row: number): string | undefined {
  const links = linksRowOf(tape, row);
  return links === absent ? undefined : selfLinkIn(tape, links);
}
