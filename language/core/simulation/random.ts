import { log } from './real.ts';

/** A stream of chance: the state of sfc32 (Doty-Humphrey, PractRand), four 32-bit words. */
export type Random = Int32Array;

/** The stream of that number for a whole-numbered seed: each its own, by splitmix32 on both halves of the seed. */
export function createRandom(seed: number, stream = 0): Random {
  const low = seed | 0;
  const high = Math.floor(seed / 4294967296) | 0;
  let mixed = low ^ Math.imul(high, 0x85ebca6b);
  const random = new Int32Array(4);
  for (let i = 0; i < 3; i++) {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    random[i] = z ^ (z >>> 15) ^ (i === 1 ? stream : i === 2 ? high : 0);
  }
  random[3] = 1;
  for (let i = 0; i < 15; i++) nextWord(random);
  return random;
}

function nextWord(random: Random): number {
  const a = random[0] as number;
  const b = random[1] as number;
  const c = random[2] as number;
  const d = random[3] as number;
  const result = (((a + b) | 0) + d) | 0;
  random[0] = b ^ (b >>> 9);
  random[1] = (c + (c << 3)) | 0;
  random[2] = (((c << 21) | (c >>> 11)) + result) | 0;
  random[3] = (d + 1) | 0;
  return result;
}

/** Uniform in (0, 1), 53 bits, neither 0 nor 1. */
export function uniform(random: Random): number {
  const high = nextWord(random) >>> 6;
  const low = nextWord(random) >>> 6;
  return (high * 67108864 + low + 0.5) / 4503599627370496;
}

/** Exponential with mean 1. */
export const exponential = (random: Random): number => -log(uniform(random));
