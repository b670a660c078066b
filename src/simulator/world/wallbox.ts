// One wallbox as it truly is: what it may give, what it was told, and which car's cable is in it.
import type { Coordinates } from '../types.ts';
import type { Car } from './car.ts';
import type { ChargerSpec } from './specs.ts';

export class Wallbox {
  readonly spec: ChargerSpec;
  readonly position: Coordinates;
  /** Whether the site's meter sees it. */
  readonly metered: boolean;
  /** Not stopped by command. */
  offering: boolean;
  maxCurrent: number | null = null;
  /** kW */
  rateLimit: number | null = null;
  /** In (true) or tripped. */
  breaker = true;
  fault = false;
  car: Car | null = null;
  /** When the present or last car began to draw, epoch ms. */
  beganAt = 0;
  /** Wh given since the world began, up to the last change. */
  given = 0;

  constructor(spec: ChargerSpec, home: Coordinates) {
    this.spec = spec;
    this.position = spec.elsewhere ?? home;
    this.metered = spec.elsewhere === undefined;
    this.offering = !spec.stopped;
  }
}
