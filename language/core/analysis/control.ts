import type { Architecture, Party, Service } from '../model/index.ts';

/** The share of a service's traffic that each party carries, 0…1. */
export interface TrafficControl {
  readonly company: number;
  readonly users: number;
  readonly vendor: number;
}

/** Who carries a service's traffic; null where its text does not say how it is carried. */
export function trafficControl(architecture: Architecture, service: Service): TrafficControl | null {
  if (service.traffic.length === 0) return null;
  const party = new Map<string, Party>(
    architecture.components.toReversed().map((component) => [component.name, component.party]),
  );
  const carriedBy = (wanted: Party): number => {
    const shares = service.traffic.filter(({ component }) => party.get(component) === wanted);
    // Sums of decimal fractions are off by some last bits; nobody writes a trillionth of a percent.
    return Math.round(shares.reduce((sum, { share }) => sum + share, 0) * 1e12) / 1e12;
  };
  return { company: carriedBy('company'), users: carriedBy('users'), vendor: carriedBy('vendor') };
}
