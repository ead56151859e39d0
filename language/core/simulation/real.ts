/**
 * Exponential and logarithm from +, −, × and ÷ alone. The language leaves the last bits of `Math.exp` and
 * `Math.log` to the engine; a trace must not depend on the engine, so neither may they.
 * Polynomials and range reduction: fdlibm (Sun Microsystems, 1993), e_exp.c and e_log.c; error below 1 ulp.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const real = new Float64Array(1);
const words = new Uint32Array(real.buffer);
real[0] = 1;
/** Which half of a double holds sign and exponent: the machine's byte order, not the engine's choice. */
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;

/** 2^k for −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  words[HIGH] = (k + 1023) << 20;
  words[1 - HIGH] = 0;
  return real[0] as number;
}

/** e^x. Below −708 it is 0: no caller tells less from nothing. */
export function exp(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Infinity;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))));
  return (1 - (low - (r * c) / (2 - c) - high)) * powerOfTwo(k);
}

/** Natural logarithm of x > 0. */
export function log(x: number): number {
  if (x > 0.95 && x < 1.05) {
    // Ratios of neighbouring counts, mostly: 2 artanh needs no look at the bits, and seven terms of it.
    const s = (x - 1) / (x + 1);
    const z = s * s;
    return 2 * s * (1 + z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11))))));
  }
  if (!(x > 0)) return -Infinity;
  if (x === Infinity) return Infinity;
  real[0] = x;
  const high = words[HIGH] as number;
  let k = (high >>> 20) - 1023;
  words[HIGH] = (high & 0xfffff) | 0x3ff00000;
  let mantissa = real[0] as number;
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    k += 1;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const half = 0.5 * f * f;
  const rest =
    w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373)) +
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  return k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f);
}

/** log(1 + x) for x > −1, exact to the last digits for small x too. */
export function log1p(x: number): number {
  if (x > -1e-4 && x < 1e-4) return x * (1 - x * (0.5 - x * (1 / 3 - x * 0.25)));
  return log(1 + x);
}

/** 1 − e^(−x) for x ≥ 0: the chance that an exponential clock of rate x rings within a unit of time. */
export function chanceWithin(x: number): number {
  if (x < 1e-4) return x * (1 - x * (0.5 - x * (1 / 6 - x * (1 / 24))));
  return 1 - exp(-x);
}

/** 1 − (1 − e^(−x)) ÷ x: the same chance for a clock that is started at a moment uniform in that unit of time. */
export function chanceAfterArrival(x: number): number {
  if (x < 1e-3) return x * (0.5 - x * (1 / 6 - x * (1 / 24 - x * (1 / 120))));
  return 1 - chanceWithin(x) / x;
}

/** Stirling's remainder: log k! − [½ log 2π + (k + ½) log(k + 1) − (k + 1)]. Hörmann, J. Stat. Comput. Simul. 46, 1993. */
export function stirlingRemainder(k: number): number {
  if (k < 10) return STIRLING[k] as number;
  const square = (k + 1) * (k + 1);
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}

const STIRLING = new Float64Array([
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
  0.0138761288230707, 0.0118967099458917, 0.010411265261972, 0.00925546218271273, 0.00833056343336287,
]);

/** log k! for an integer k ≥ 0. */
export const logFactorial = (k: number): number =>
  0.9189385332046727 + (k + 0.5) * log(k + 1) - (k + 1) + stirlingRemainder(k);
