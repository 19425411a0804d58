/**
 * The HTTP status of an error that a cloud names by its code: ECS's table of error codes ("Appendix, Error Codes") and that of
 * the API gateway in front of it. An error with the status of a success has no other.
 */

import { digitsOf } from '../../schema/exact-json.ts';

/** The codes of each status. */
const codesOf: Readonly<Record<number, readonly string[]>> = {
  400: ['Common.0002', 'Common.0018', 'APIGW.0104', 'APIGW.0105', 'APIGW.0106', 'APIGW.0201'],
  401: ['Common.0013', 'APIGW.0301', 'APIGW.0303', 'APIGW.0305', 'APIGW.0307'],
  403: [
    'Ecs.0003',
    'Ecs.0066',
    'Ecs.0067',
    'Ecs.0068',
    'Ecs.0069',
    'Ecs.0070',
    'Ecs.0071',
    'Ecs.0110',
    'Pdp.0001',
    'APIGW.0302',
    'APIGW.0304',
    'APIGW.0306',
  ],
  404: ['Ecs.0114', 'Ecs.0614', 'APIGW.0101', 'APIGW.0103'],
  // ECS answers Common.0024, its flow limit, with 202.
  429: ['Common.0024', 'Common.1503', 'APIGW.0308'],
  500: ['Common.0001', 'APIGW.0705'],
  501: ['Ecs.0603'],
};

const statuses: ReadonlyMap<string, number> = new Map(
  Object.entries(codesOf).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
);

/** The statuses of the other codes of a service: nearly all of ECS's are 400. */
const servicesOf: readonly (readonly [RegExp, number])[] = [[/^Ecs\.\d+$/, 400]];

/** The status of an error whose code is in no table. */
const unknown = 500;

/** Find the status of an error by its code: a name, or a number that is a status itself. */
export function statusOfCode(code: unknown): number {
  const name = typeof code === 'string' ? code : (digitsOf(code) ?? '');
  // Gateways of other regions write the same numbers after another name.
  const usual = name.replace(/^API[GC]\./, 'APIGW.');
  const own = Number(/^[45]\d\d(?![\w.])/.exec(name)?.[0]);
  return statuses.get(usual) ?? (own || servicesOf.find(([form]) => form.test(name))?.[1]) ?? unknown;
}
