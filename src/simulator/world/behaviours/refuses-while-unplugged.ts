// A wallbox that answers a START without a cable with a refusal of its own.
import { type ChargerBehaviour, obeysWithin } from './behaviour.ts';

export const refusesWhileUnplugged: ChargerBehaviour = {
  name: 'refuses-while-unplugged',
  kind: 'charger',
  says: 'Refuses to start while no cable is in.',
  react: (command, view) =>
    command.kind === 'START' && !view.plugged
      ? { refused: 'The charger was unplugged before the action could complete.' }
      : obeysWithin(2, 6, view),
};
