// A pause in long work: the event loop does what else is due, then the work goes on.

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
