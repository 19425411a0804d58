import { InputError } from './input-error.ts';
import { givenField, type GivenRequest } from './given-request.ts';
import { linesOf, type Line } from './lines.ts';

const sentLine = /^> ?(.*)$/;
const requestStart = /^> ([A-Z]+) (\S+) HTTP\/\d(?:\.\d)?\s*$/;
/** The lines of curl that are no body: information, sizes of data, the answer, and the progress meter. */
const besides = /^(?:\* |\*$|[{}] \[|< |<$|\s*%\s+Total|\s+Dload|\s*\d+\s+[\d.]+[kMG]?\s+\d)/;

/** Check that a text has the output of `curl -v`. */
export function isCurlOutput(text: string): boolean {
  return /^> [A-Z]+ \S+ HTTP\/\d/m.test(text);
}

/**
 * Read the requests in the output of `curl -v`. It does not show the bodies of requests; one that somebody has put behind a
 * head is read, and another must be given.
 * @param given the body of the only request; undefined if none was given
 * @throws {InputError} if a body is missing
 */
export function readCurlOutput(text: string, given: Buffer | undefined): readonly GivenRequest[] {
  const lines = [...linesOf(text)];
  const starts = lines.flatMap(({ text: line }, index) => (requestStart.test(line) ? [index] : []));
  return starts.map((start, index) => {
    const request = readOne(lines.slice(start, starts[index + 1]));
    const body = given ?? request.body;
    const length = Number(givenField(request, 'content-length') ?? 0);
    if (length > 0 && body.length === 0)
      throw new InputError(
        `The request at ${request.place} has a body of ${length} bytes, which curl -v does not show.`,
        'record-body',
      );
    return { ...request, body };
  });
}

function readOne([first, ...rest]: readonly Line[]): GivenRequest {
  const { number = 1, text = '' } = first ?? {};
  const [, method = '', target = ''] = requestStart.exec(text) ?? [];
  const end = rest.findIndex(({ text: line }) => (sentLine.exec(line)?.[1]?.trim() ?? '') === '');
  const head = end === -1 ? rest : rest.slice(0, end);
  const headers = head.flatMap(({ text: line }) => {
    const [, name, value] = /^> ([^\s:]+): ?(.*?)\s*$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return {
    place: `line ${number}`,
    method,
    target,
    headers,
    body: end === -1 ? Buffer.alloc(0) : bodyAfter(rest.slice(end + 1)),
  };
}

/** Read the lines between a head and the answer that are not curl's own. */
function bodyAfter(lines: readonly Line[]): Buffer {
  const end = lines.findIndex(({ text }) => text.startsWith('< HTTP/'));
  const own = lines.slice(0, end === -1 ? lines.length : end).filter(({ text }) => !besides.test(text));
  return Buffer.from(
    own
      .map(({ text }) => text)
      .join('\n')
      .trim(),
    'latin1',
  );
}
