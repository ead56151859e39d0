import { GrammarUtils } from 'langium';
import type { TextEdit } from 'vscode-languageserver-protocol';
import { isTraffic, type Traffic } from '../../generated/ast.ts';
import { type Fix, type Fixer, nodeAt } from './fix.ts';

/** Shares that do not add up: all scaled, or the rest given to the last; either way to exactly 100%. */
export const fixShares: Fixer = (mistake) => {
  const traffic = nodeAt(mistake, isTraffic);
  const values = traffic?.shares.map((share) => share.share?.value ?? Number.NaN) ?? [];
  if (!traffic || values.some((value) => !Number.isFinite(value) || value < 0)) return [];
  const rest = restGiven(values);
  const fixes: Fix[] = [];
  if (rest) {
    const title = `Give the rest to the last: ${rest.at(-1)}%`;
    fixes.push({ title, edits: editsOf(traffic, rest) });
  }
  const scaled = scaledTo100(values);
  if (scaled && scaled.join() !== rest?.join()) {
    const title = `Scale the shares to 100%: ${scaled.map((value) => `${value}%`).join(', ')}`;
    fixes.push({ title, edits: editsOf(traffic, scaled) });
  }
  return fixes.length === 1 ? fixes.map((fix) => ({ ...fix, isPreferred: true })) : fixes;
};

/** In millionths of a per cent, so that sums are exact: the text writes decimals, which binary numbers are not. */
const UNIT = 1e6;

function restGiven(values: readonly number[]): string[] | undefined {
  const others = values.slice(0, -1).map((value) => Math.round(value * UNIT));
  const rest = 100 * UNIT - others.reduce((sum, value) => sum + value, 0);
  return rest > 0 ? [...others, rest].map((value) => decimal(value / UNIT)) : undefined;
}

/** With as few decimals as leave no share empty; what rounding leaves over goes to those that it cost the most. */
export function scaledTo100(values: readonly number[]): string[] | undefined {
  const sum = values.reduce((total, value) => total + value, 0);
  if (!(sum > 0) || !Number.isFinite(sum)) return undefined;
  for (const steps of [100, 1e4, UNIT]) {
    const exact = values.map((value) => (value / sum) * 100 * steps);
    const rounded = exact.map(Math.floor);
    const left = Math.round(100 * steps - rounded.reduce((total, value) => total + value, 0));
    const byLoss = [...exact.keys()].sort((a, b) => lossOf(exact, b) - lossOf(exact, a) || a - b);
    for (const index of byLoss.slice(0, left)) rounded[index] = (rounded[index] as number) + 1;
    if (values.some((value, index) => value > 0 && rounded[index] === 0)) continue;
    return rounded.map((value) => decimal(value / steps));
  }
  return undefined;
}

const lossOf = (exact: readonly number[], index: number): number => (exact[index] as number) % 1;

const decimal = (value: number): string => value.toFixed(6).replace(/\.?0+$/, '');

function editsOf(traffic: Traffic, values: readonly string[]): TextEdit[] {
  return traffic.shares.flatMap((share, index) => {
    const words = GrammarUtils.findNodeForProperty(share.share?.$cstNode, 'value');
    const newText = values[index] as string;
    return words && Number(words.text.replaceAll('_', '')) !== Number(newText) ? [{ range: words.range, newText }] : [];
  });
}
