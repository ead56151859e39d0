import type { ValidationAcceptor } from 'langium';
import { RULE_NAMES } from '../core/rules/index.ts';
import { type Acceptance, isNeeds, isTraffic, type Service, type Traffic } from '../generated/ast.ts';
import { nearest } from '../parsing/nearest.ts';
import { didYouMean } from '../parsing/slips.ts';
import { isDate } from '../parsing/values.ts';
import { checkRepeated } from './components.ts';
import { mistake } from './mistakes.ts';

export function checkService(service: Service, accept: ValidationAcceptor): void {
  const [, ...repeated] = service.properties.filter(isTraffic);
  for (const traffic of repeated)
    accept('error', '"traffic" is given twice.', { node: traffic, data: mistake('given-twice') });
  checkRepeated(service.properties.filter(isNeeds), accept);
}

export function checkTraffic(traffic: Traffic, accept: ValidationAcceptor): void {
  const carriers = new Set<string>();
  for (const share of traffic.shares) {
    const carrier = share.carrier?.$refText;
    if (carrier === undefined) continue;
    if (carriers.has(carrier))
      accept('error', `"${carrier}" is given twice.`, {
        node: share,
        property: 'carrier',
        data: mistake('given-twice'),
      });
    carriers.add(carrier);
  }
  // Of two that are one too many, the sums say nothing.
  if (traffic.$container.properties.filter(isTraffic).length > 1) return;

  const shares = traffic.shares.map((share) => share.share?.value);
  if (shares.some((share) => share === undefined || share < 0 || share > 100)) return;
  const sum = shares.reduce<number>((total, share) => total + (share ?? 0), 0);
  // Shares are written in decimal; their sum in binary may miss 100 by a few last bits.
  if (Math.abs(sum - 100) < 1e-6) return;
  accept('error', `The shares add up to ${Number(sum.toFixed(6))}%, not to 100%.`, {
    node: traffic,
    data: mistake('shares'),
  });
}

export function checkAcceptance(acceptance: Acceptance, accept: ValidationAcceptor): void {
  if (acceptance.rule !== undefined && !RULE_NAMES.includes(acceptance.rule as (typeof RULE_NAMES)[number])) {
    const meant = nearest(acceptance.rule, RULE_NAMES);
    const hint = meant === undefined ? '' : ` ${didYouMean(meant)}`;
    accept('error', `No rule is named "${acceptance.rule}".${hint}`, {
      node: acceptance,
      property: 'rule',
      ...(meant !== undefined && { data: mistake('misspelt', meant) }),
    });
  }
  // A dash or a blank is no reason either.
  if (acceptance.reason !== undefined && !/[\p{L}\p{N}]/u.test(acceptance.reason)) {
    accept('error', 'Say why: who reads it later goes by the reason.', { node: acceptance, property: 'reason' });
  }
  if (acceptance.until !== undefined && !isDate(acceptance.until)) {
    accept('error', `There is no day ${acceptance.until}: dates are written YYYY-MM-DD.`, {
      node: acceptance,
      property: 'until',
    });
  }
}
