/** A program of `components` components with redundancy, as a text: the same for the same number. */
export function generateProgram(components: number): string {
  const lines = ['hazard Storm "Storm"', '', 'architecture Generated {'];
  const name = (index: number): string => `Part${index}`;
  for (let index = 0; index < components; index++) {
    const party = ['company', 'users', 'vendor'][index % 3] as string;
    const operator = party === 'vendor' && index % 4 === 0 ? ` by "Vendor ${index % 7}"` : '';
    lines.push(`  ${party} ${name(index)} "Part ${index}"${operator} {`, `    instances ${(index % 9) + 1}`);
    // Needs point at parts before, two at a time that stand in for each other, a few positions apart.
    const before = [index - 1 - (index % 5), index - 3 - (index % 7), index - 11].filter((other) => other >= 0);
    if (before.length > 1) lines.push(`    needs ${before.slice(0, 2).map(name).join(' or ')}`);
    if (before.length > 2 && index % 6 === 0) lines.push(`    needs ${name(before[2] as number)} to start`);
    if (index % 10 === 0) lines.push('    exposed to Storm 30%');
    lines.push('    fails every 90 d', '    restarts in 5 min', '  }');
  }
  for (let index = 0; index < Math.max(1, components / 50); index++) {
    const targets = [0, 1, 2].map((offset) =>
      name((components - 1 - index * 37 - offset * 5 + components * 40) % components),
    );
    lines.push(`  service Service${index} needs 2 of (${[...new Set(targets)].join(', ')})`);
  }
  lines.push('}', '');
  return lines.join('\n');
}
