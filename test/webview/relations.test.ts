import { expect, test } from 'vitest';
import { joiningEdges, relatedTo } from '../../webview/application/viewport/relations.ts';
import { telephony } from './samples.ts';

const lit = (kind: 'node' | 'edge' | 'container', id: string) => {
  const { nodes, edges } = relatedTo(telephony, { kind, id });
  return { nodes: [...nodes].sort(), edges: [...edges].sort() };
};

test('a node is lit with what it needs and who needs it, through alternatives', () => {
  expect(lit('node', 'Client')).toEqual({
    nodes: ['Calling', 'Client', 'Client#0', 'LogIn', 'Reboot', 'Relay', 'Super'],
    edges: [
      'needs:Calling>Client',
      'needs:Client#0>Relay',
      'needs:Client#0>Super',
      'needs:Client>Client#0',
      'needsToStart:Client>LogIn',
      'promotes:Client>Super',
      'serviceFor:Calling>Client',
    ],
  });
  expect(lit('node', 'Relay').nodes).toEqual(['Client', 'Client#0', 'Relay']);
});

test('a hazard is lit with what it hits', () => {
  expect(lit('node', 'Reboot')).toEqual({ nodes: ['Client', 'Reboot'], edges: [] });
});

test('an edge is lit with its ends', () => {
  expect(lit('edge', 'needsToStart:Client>LogIn').nodes).toEqual(['Client', 'LogIn']);
  expect(lit('edge', 'needs:Client>Client#0').nodes).toEqual(['Client', 'Client#0', 'Relay', 'Super']);
});

test('a zone is lit with all that stands in it', () => {
  const users = telephony.containers.find(({ party }) => party === 'users')?.id ?? '';
  expect(lit('container', users).nodes).toEqual(['Client', 'Client#0', 'Super']);
});

test('names that nothing has light nothing, and throw nothing', () => {
  for (const id of ['__proto__', '"]<img src=x>', '']) {
    expect(lit('edge', id)).toEqual({ nodes: [], edges: [] });
    expect(lit('node', id)).toEqual({ nodes: [id], edges: [] });
  }
});

test('instances come back along what promotes them, or what lets them in', () => {
  expect(joiningEdges(telephony, 'Super')).toEqual(['promotes:Client>Super']);
  expect(joiningEdges(telephony, 'Client').sort()).toEqual([
    'needs:Client#0>Relay',
    'needs:Client#0>Super',
    'needs:Client>Client#0',
    'needsToStart:Client>LogIn',
  ]);
});
