import { readFileSync } from 'node:fs';

/** One message of a transcript: its start line, its headers, its body as text. */
export interface CaseMessage {
  readonly start: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** A transcript on one page: what the caller sends, what the cloud receives and answers, what the caller receives. */
export interface Case {
  readonly title: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly sent: CaseMessage;
  readonly cloud: readonly { readonly receives: CaseMessage; readonly answers: CaseMessage }[];
  readonly received: CaseMessage;
}

const parts = /^=== (the caller sends|the cloud receives|the cloud answers|the caller receives)$/m;

/**
 * Reads a case. Its first line is `# title`; lines `NAME=value` before the first part are settings. A case without
 * "the cloud receives" says that nothing is sent.
 */
export function readCase(path: string): Case {
  const [head = '', ...sections] = readFileSync(path, 'utf8').split(parts);
  const named: [string, CaseMessage][] = [];
  for (let index = 0; index < sections.length; index += 2) {
    named.push([sections[index] ?? '', readMessage(sections[index + 1] ?? '')]);
  }
  const of = (name: string): CaseMessage[] => named.filter(([given]) => given === name).map(([, message]) => message);
  const answers = of('the cloud answers');
  const [sent, received] = [of('the caller sends')[0], of('the caller receives')[0]];
  if (sent === undefined || received === undefined) throw new Error(`${path}: a case has what is sent and received`);
  const cloud = of('the cloud receives').map((receives, index) => {
    const answered = answers[index];
    if (answered === undefined) throw new Error(`${path}: the cloud answers what it receives`);
    return { receives, answers: answered };
  });
  return { title: /^# (.*)$/m.exec(head)?.[1] ?? path, settings: readSettings(head), sent, cloud, received };
}

function readSettings(head: string): Record<string, string> {
  return Object.fromEntries([...head.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
}

/** A message ends with the line before the next part; the line break there is not the body's. */
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
