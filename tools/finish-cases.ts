import { readFileSync, writeFileSync } from 'node:fs';
import { STATUS_CODES, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { caseFiles, caseFolder, lacks, readDraft, type CaseDraft } from '../test/support/case.ts';
import { startTestGateway } from '../test/support/gateway.ts';
import { playCase } from '../test/support/play-case.ts';
import { startScriptedCloud } from '../test/support/scripted-cloud.ts';

/** The header fields that a page shows, as it spells them. */
const requestFields = ['Accept', 'Content-Type', 'OpenStack-API-Version', 'X-OpenStack-Nova-API-Version'];
const answerFields = ['Content-Type', 'Location', 'Gateway-Translation', 'Retry-After', 'Vary'];
/** The fields whose absence a page asserts, too. */
const alwaysShown: ReadonlySet<string> = new Set(['Content-Type']);

/**
 * Finishes every page in test/cases that has only "the caller sends" and "the cloud answers": `npm run cases` plays it and
 * writes the two parts that are the gateway's. Read them before committing: the page blesses whatever it says.
 */
for (const file of caseFiles()) {
  const path = join(caseFolder, file);
  const page = readFileSync(path, 'utf8');
  const draft = readDraft(page, file);
  if (draft === undefined) continue;
  writeFileSync(path, await finish(file, page, draft));
  console.log(path);
}

/** Play a draft and put the gateway's two parts between the others. @throws for a request without an answer of the cloud */
async function finish(file: string, page: string, { settings, sent, answers }: CaseDraft): Promise<string> {
  const cloud = await startScriptedCloud();
  const gateway = await startTestGateway(cloud.url, settings);
  try {
    const { cloudReceived, answer } = await playCase({ cloud, gateway }, sent, answers);
    const unanswered = cloudReceived[answers.length];
    if (unanswered !== undefined)
      throw lacks(
        file,
        'the cloud answers',
        ` for its request ${answers.length + 1}, ${unanswered.method} ${unanswered.path}`,
      );
    const [before = '', ...answered] = page.trimEnd().split(/(?=^=== the cloud answers$)/m);
    const exchanges = cloudReceived.flatMap(({ method, path, headers, body }, index) => [
      part('the cloud receives', `${method} ${path} HTTP/1.1`, fields(headers, requestFields), body.toString('utf8')),
      answered[index]?.trim() ?? '',
    ]);
    const start = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`;
    const received = part('the caller receives', start, fields(answer.headers, answerFields), answer.body);
    const text = [before.trim(), ...exchanges, received].join('\n\n');
    return `${text.replaceAll(gateway.url, '{gateway}').replaceAll(cloud.url, '{cloud}')}\n`;
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

function part(title: string, start: string, headers: readonly string[], body: string): string {
  return [`=== ${title}`, start, ...headers, ...(body === '' ? [] : ['', body])].join('\n');
}

function fields(headers: IncomingHttpHeaders | Readonly<Record<string, string>>, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const value = headers[name.toLowerCase()];
    if (value === undefined) return alwaysShown.has(name) ? [`${name}: (absent)`] : [];
    return [`${name}: ${String(value)}`];
  });
}
