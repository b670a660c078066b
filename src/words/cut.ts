// Home Assistant refuses a state of more than 255 code points (home-assistant.md 1.7), counted as Python counts them.

export const MOST_STATE_LENGTH = 255;

/** `text` in one line of at most `most` code points; what was cut off shows as an ellipsis. */
export function cut(text: string, most: number = MOST_STATE_LENGTH): string {
  // A text of no more UTF-16 units cannot have more code points: the usual case costs nothing.
  if (text.length <= most) return text;
  const points = Array.from(text);
  return points.length <= most ? text : `${points.slice(0, most - 1).join('')}…`;
}
