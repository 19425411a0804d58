import { playChaos } from '../promises/chaos.ts';
import { measured } from './measured.ts';

/** The limits of the gateway for a silent cloud or a trickling one, and the time that the machine adds, in milliseconds. */
const boundOf = (behaviour: string): number => (behaviour.startsWith('trickles') ? 4000 : 1000) + 1700;

measured('no exchange with a cloud that breaks at random outlasts its limits', (context) =>
  playChaos(context, ({ behaviour }) => boundOf(behaviour)),
);
