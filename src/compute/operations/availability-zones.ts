import { attribute, boolean, datetime, dict, element, inline, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { metadata } from '../resources/metadata.ts';

const serviceState = record({
  available: attribute(boolean()),
  active: attribute(boolean()),
  updated_at: attribute(datetime()),
});

const zone = record({
  zoneName: attribute(string(), { xml: 'name' }),
  zoneState: element(record({ available: attribute(boolean()) })),
  hosts: element(
    dict(dict(serviceState, { tag: 'service', key: 'name', inside: 'serviceState' }), {
      tag: 'host',
      key: 'name',
      inside: 'services',
    }),
  ),
  metadata: element(metadata, { always: true }),
});

const zones = {
  root: 'availabilityZones',
  isBare: true,
  content: record({ availabilityZoneInfo: inline(list(zone, { tag: 'availabilityZone' }), { required: true }) }),
  ...noNamespace,
} as const;

/** List the availability zones. */
export const listAvailabilityZones = {
  name: 'listAvailabilityZones',
  method: 'GET',
  route: 'os-availability-zone',
  answer: zones,
  status: 200,
} as const satisfies Operation;

/** List the availability zones with their hosts and services. */
export const listAvailabilityZonesDetail = {
  name: 'listAvailabilityZonesDetail',
  method: 'GET',
  route: 'os-availability-zone/detail',
  answer: zones,
  status: 200,
} as const satisfies Operation;
