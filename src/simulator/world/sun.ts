// A roof under a sky: power of a solar plant from place, date, hour and weather. Piecewise constant, so that its energy is a sum.
import type { Coordinates } from '../types.ts';
import { chanceOf } from './chance.ts';

export const WEATHER_PATTERNS = ['steady', 'passing', 'showers'] as const;
export type WeatherPattern = (typeof WEATHER_PATTERNS)[number];

export interface Weather {
  /** 0 clear .. 1 overcast */
  readonly cloud: number;
  readonly pattern: WeatherPattern;
}

/** ms for which the sun's power is one number: shorter than any decision about it. */
export const SUN_STEP = 30_000;
const DAY = 86_400_000;
/** An overcast sky still gives this share. */
const OVERCAST = 0.12;

/** Sine of the sun's height above the horizon (negative at night); declination by the usual cosine, good to half a degree. */
function sunHeight(place: Coordinates, at: number): number {
  const year = new Date(at).getUTCFullYear();
  const day = (at - Date.UTC(year, 0, 1)) / DAY;
  const declination = ((-23.44 * Math.PI) / 180) * Math.cos((2 * Math.PI * (day + 10)) / 365.25);
  const solarHour = ((at % DAY) / DAY) * 24 + place.longitude / 15;
  const hourAngle = ((solarHour - 12) * Math.PI) / 12;
  const latitude = (place.latitude * Math.PI) / 180;
  return Math.sin(latitude) * Math.sin(declination) + Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngle);
}

/** Share 0..1 of the clear sky that comes through in the step that holds `at`. */
function throughClouds(weather: Weather, at: number, seed: number): number {
  const dim = (cloud: number) => 1 - (1 - OVERCAST) * Math.min(1, Math.max(0, cloud));
  if (weather.pattern === 'steady') return dim(weather.cloud);
  // Passing clouds change every 3 minutes and hide the sun or do not; showers come in blocks of 20 minutes.
  const block = Math.floor(at / (weather.pattern === 'passing' ? 180_000 : 1_200_000));
  const hidden = chanceOf(seed, 'cloud', weather.pattern, block) < weather.cloud;
  return dim(hidden ? 0.75 + 0.25 * chanceOf(seed, 'depth', block) : 0.05);
}

/** W of a plant with `peak` W (south, 35°: the air makes low suns weaker). */
export function sunPower(
  plant: { peak: number; place: Coordinates; seed: number },
  weather: Weather,
  at: number,
): number {
  const step = Math.floor(at / SUN_STEP) * SUN_STEP;
  const height = sunHeight(plant.place, step + SUN_STEP / 2);
  if (height <= 0 || plant.peak === 0) return 0;
  const clear = Math.min(1, 1.1 * height ** 0.8 * 0.7 ** (1 / (height + 0.05) ** 0.6 - 0.97));
  return Math.round(plant.peak * clear * throughClouds(weather, step, plant.seed));
}
