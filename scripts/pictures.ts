// Draws icon.png (128×128) and logo.png (250×100) for Home Assistant's app store: `node scripts/pictures.ts`. A bolt in a cloud's
// colours and the name in dots; nothing to license, nothing to install.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
type Point = readonly [x: number, y: number];
type Paint = (x: number, y: number) => Colour | undefined;

const clear: Colour = [0, 0, 0, 0];
const ground: Colour = [18, 104, 110, 255];
const bolt: Colour = [255, 211, 77, 255];
const ink: Colour = [18, 104, 110, 255];

const boltShape: readonly Point[] = [
  [0.58, 0.12],
  [0.28, 0.55],
  [0.47, 0.55],
  [0.4, 0.88],
  [0.72, 0.42],
  [0.52, 0.42],
];

/** 5×7 dots a letter, a row as five bits. */
const letters: Readonly<Record<string, readonly number[]>> = {
  e: [0, 0, 14, 17, 31, 16, 14],
  n: [0, 0, 30, 17, 17, 17, 17],
  o: [0, 0, 14, 17, 17, 17, 14],
  d: [1, 1, 15, 17, 17, 17, 15],
  2: [14, 17, 1, 6, 8, 16, 31],
  m: [0, 0, 26, 21, 21, 21, 21],
  q: [0, 0, 15, 17, 15, 1, 1],
  t: [8, 8, 28, 8, 8, 9, 6],
};

function isInside(shape: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  shape.forEach(([ax, ay], at) => {
    const [bx, by] = shape[(at + 1) % shape.length]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

/** The icon in a square of `size` at (left, top). */
function icon(left: number, top: number, size: number): Paint {
  const corner = 0.22;
  return (px, py) => {
    const [x, y] = [(px - left) / size, (py - top) / size];
    if (x < 0 || y < 0 || x > 1 || y > 1) return undefined;
    const [dx, dy] = [Math.max(corner - x, x - 1 + corner, 0), Math.max(corner - y, y - 1 + corner, 0)];
    if (Math.hypot(dx, dy) > corner) return undefined;
    return isInside(boltShape, x, y) ? bolt : ground;
  };
}

function words(text: string, left: number, top: number, dot: number): Paint {
  return (px, py) => {
    const [column, row] = [Math.floor((px - left) / dot), Math.floor((py - top) / dot)];
    const letter = letters[text[Math.floor(column / 6)] ?? ''];
    if (column < 0 || row < 0 || !letter || column % 6 > 4) return undefined;
    return ((letter[row] ?? 0) >> (4 - (column % 6))) & 1 ? ink : undefined;
  };
}

function png(width: number, height: number, paints: readonly Paint[]): Buffer {
  const fine = 4; // samples per pixel and axis
  const colourAt = (x: number, y: number): Colour => paints.map((paint) => paint(x, y)).find(Boolean) ?? clear;
  const raw = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0, 0];
      for (let sample = 0; sample < fine * fine; sample++) {
        const [r, g, b, a] = colourAt(x + ((sample % fine) + 0.5) / fine, y + (Math.floor(sample / fine) + 0.5) / fine);
        for (const [at, part] of [r * a, g * a, b * a, a].entries()) sum[at]! += part;
      }
      const alpha = sum[3]!;
      const at = (width * 4 + 1) * y + 1 + x * 4;
      for (let part = 0; part < 3; part++) raw[at + part] = alpha === 0 ? 0 : Math.round(sum[part]! / alpha);
      raw[at + 3] = Math.round(alpha / (fine * fine));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits, RGBA
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

const top = join(import.meta.dirname, '..');
writeFileSync(join(top, 'icon.png'), png(128, 128, [icon(4, 4, 120)]));
writeFileSync(join(top, 'logo.png'), png(250, 100, [icon(6, 22, 56), words('enode2mqtt', 70, 39, 3)]));
