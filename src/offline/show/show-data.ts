import type { GivenRequest } from '../input/given-request.ts';
import type { RecordedRequest } from '../gateway/recording-pool.ts';
import type { Translation } from '../gateway/translation.ts';
import type { Masking } from './mask.ts';

/** A translation as data, for `--json`. */
interface TranslationData {
  readonly place: string;
  readonly operation: string | null;
  readonly outcome: Translation['outcome'];
  readonly caller: MessageData;
  readonly before: readonly MessageData[];
  readonly cloud: MessageData | null;
  readonly answer: { readonly status: number; readonly headers: FieldData; readonly body: string } | null;
  readonly fault: string | null;
  readonly notes: Translation['notes'];
  readonly needs: Translation['needs'];
}

/** Header fields by name; several of one name are a list. */
type FieldData = Readonly<Record<string, string | readonly string[]>>;

interface MessageData {
  readonly method: string;
  readonly target: string;
  readonly headers: FieldData;
  readonly body: string;
}

/** Describe a translation as data. */
export function dataOf(translation: Translation, masking: Masking): TranslationData {
  const { given, operation = null, outcome, before, sent, answer, fault = null, notes, needs } = translation;
  return {
    place: given.place,
    operation,
    outcome,
    caller: callersData(given, masking),
    before: before.map((request) => cloudData(request, masking)),
    cloud: sent === undefined ? null : cloudData(sent, masking),
    answer:
      answer === undefined
        ? null
        : {
            status: Number.parseInt(answer.status, 10),
            headers: fieldsData(answer.headers, masking),
            body: masking.body(answer.body),
          },
    fault,
    notes,
    needs,
  };
}

function callersData({ method, target, headers, body }: GivenRequest, masking: Masking): MessageData {
  return { method, target: masking.target(target), headers: fieldsData(headers, masking), body: masking.body(body) };
}

function cloudData({ method, path, headers, body }: RecordedRequest, masking: Masking): MessageData {
  const fields = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((each): readonly [string, string] => [name, each]),
  );
  return { method, target: masking.target(path), headers: fieldsData(fields, masking), body: masking.body(body) };
}

function fieldsData(fields: readonly (readonly [string, string])[], masking: Masking): FieldData {
  const byName = Map.groupBy(fields, ([name]) => name.toLowerCase());
  return Object.fromEntries(
    [...byName].map(([name, same]) => {
      const values = same.map(([, value]) => masking.field(name, value));
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
