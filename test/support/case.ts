import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One message of a transcript: its start line, its header fields, its body as text. */
export interface CaseMessage {
  readonly start: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** One request that the cloud receives, and its answer. */
export interface CaseExchange {
  readonly receives: CaseMessage;
  readonly answers: CaseMessage;
}

/** A transcript on one page: the caller's request, the cloud's exchanges in their order, the caller's answer. */
export interface Case {
  readonly title: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly sent: CaseMessage;
  readonly cloud: readonly CaseExchange[];
  readonly received: CaseMessage;
}

/** A page of the folder of cases. */
export interface CasePage extends Case {
  /** The path below the folder. */
  readonly file: string;
}

/** A page without the parts that the gateway writes: it has the request of the caller and the answers of the cloud. */
export type CaseDraft = Pick<Case, 'title' | 'settings' | 'sent'> & { readonly answers: readonly CaseMessage[] };

/** The folder of all pages. */
export const caseFolder = join(import.meta.dirname, '../cases');

const request = { rule: /^[A-Z]+ \S+ HTTP\/1\.[01]$/, example: 'GET /v2/PROJECT/servers HTTP/1.1' };
const answer = { rule: /^HTTP\/1\.1 [1-5]\d\d\b/, example: 'HTTP/1.1 200 OK' };
/** The rule for the first line of each part. */
const startLines = {
  'the caller sends': request,
  'the cloud receives': request,
  'the cloud answers': answer,
  'the caller receives': answer,
} as const;
type PartTitle = keyof typeof startLines;
const partTitles = new RegExp(`^=== (${Object.keys(startLines).join('|')})$`, 'm');

/** The paths of all pages, below their folder, in order. */
export function caseFiles(): readonly string[] {
  return readdirSync(caseFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txt'))
    .toSorted();
}

/** Read all pages. @throws for one that is no case */
export function readCases(): readonly CasePage[] {
  return caseFiles().map((file) => ({ file, ...readCase(readFileSync(join(caseFolder, file), 'utf8'), file) }));
}

/**
 * Read a page. Its first line is `# title`; lines `NAME=value` before the first part are settings. A case without
 * "the cloud receives" asserts that nothing is sent. @throws for a page that lacks a part
 */
export function readCase(page: string, file: string): Case {
  const { title, settings, messages } = readParts(page, file);
  const answers = messages('the cloud answers');
  const [sent, received] = [messages('the caller sends')[0], messages('the caller receives')[0]];
  if (sent === undefined) throw lacks(file, 'the caller sends');
  if (received === undefined) throw lacks(file, 'the caller receives');
  const cloud = messages('the cloud receives').map((receives, index) => {
    const answered = answers[index];
    if (answered === undefined) throw lacks(file, 'the cloud answers', ` after "${receives.start}"`);
    return { receives, answers: answered };
  });
  return { title, settings, sent, cloud, received };
}

/** Explain what a page lacks. @param where the place of the missing part, if it is not obvious */
export function lacks(file: string, part: PartTitle, where = ''): Error {
  return new Error(`test/cases/${file} has no part "=== ${part}"${where}; CONTRIBUTING.md shows a whole page`);
}

/** Read a page that has only what the caller sends and what the cloud answers; undefined for a finished one. */
export function readDraft(page: string, file: string): CaseDraft | undefined {
  const { title, settings, messages } = readParts(page, file);
  if (messages('the caller receives').length > 0) return undefined;
  const [sent] = messages('the caller sends');
  if (sent === undefined) throw lacks(file, 'the caller sends');
  return { title, settings, sent, answers: messages('the cloud answers') };
}

interface Parts extends Pick<Case, 'title' | 'settings'> {
  readonly messages: (part: PartTitle) => readonly CaseMessage[];
}

function readParts(page: string, file: string): Parts {
  // A misspelt title would be read as a part of the message before it.
  const misspelt = page.match(/^==.*$/gm)?.find((line) => !partTitles.test(line));
  if (misspelt !== undefined) throw new Error(`test/cases/${file}: "${misspelt}" is not the title of a part`);
  const [head = '', ...sections] = page.split(partTitles);
  const named: [PartTitle, CaseMessage][] = [];
  for (let index = 0; index < sections.length; index += 2) {
    // The pattern that splits the page captures nothing but these titles.
    const part = sections[index] as PartTitle;
    const message = readMessage(sections[index + 1] ?? '');
    checkStart(file, part, message);
    named.push([part, message]);
  }
  const settings = [...head.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const);
  return {
    title: /^# (.*)$/m.exec(head)?.[1] ?? file,
    settings: Object.fromEntries(settings),
    messages: (part) => named.filter(([name]) => name === part).map(([, message]) => message),
  };
}

/** Refuse a start line that is none, which would surface as an error of node's HTTP server without the page's name. */
function checkStart(file: string, part: PartTitle, { start }: CaseMessage): void {
  const { rule, example } = startLines[part];
  if (!rule.test(start))
    throw new Error(`test/cases/${file}: "=== ${part}" begins with "${start}" instead of a line such as "${example}"`);
}

/** Read a message. It ends with the line before the next part; the line break there is not the body's. */
function readMessage(section: string): CaseMessage {
  const text = section.replace(/^\n/, '').replace(/\n+$/, '');
  const end = text.indexOf('\n\n');
  const [start = '', ...lines] = (end === -1 ? text : text.slice(0, end)).split('\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { start, headers, body: end === -1 ? '' : text.slice(end + 2) };
}
