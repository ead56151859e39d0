/** How the server answers what a panel asks about a recovery. */
import type { Recovery, RecoveryRequest } from '../language/protocol/pictures.ts';
import type { Server } from './client.ts';
import type { Answer, Handlers, Waiting } from './conversation.ts';
import { writeNumber } from './recovery-writing.ts';
import { runs } from './settings.ts';

type RecoveryKinds = 'recovery' | 'whatIf' | 'numbers' | 'sensitivity' | 'write';

export const recoveryHandlers = (server: Server): Pick<Handlers, RecoveryKinds> => ({
  recovery: {
    lane: () => '',
    answer: ({ about: { uri }, input }, waiting) =>
      recovery(server, { uri, ...input, runs: runs(), firstSeed: 1 }, waiting),
  },
  whatIf: {
    lane: () => '',
    answer: ({ about: { uri }, input }, waiting) =>
      recovery(server, { uri, ...input, runs: input.runs ?? runs(), firstSeed: 1 }, waiting),
  },
  numbers: {
    lane: ({ input }) => input.architecture,
    async answer({ about: { uri }, input }, { signal }): Promise<Answer<'numbers'> | undefined> {
      const reply = await server.numbers({ uri, ...input }, signal);
      if (reply?.kind !== 'numbers') return reply;
      const { architecture } = input;
      return { kind: 'reply', reply: { architecture, numbers: reply.numbers }, version: reply.version };
    },
  },
  sensitivity: {
    lane: () => '',
    async answer({ about: { uri }, input }, { signal, progress }): Promise<Answer<'sensitivity'> | undefined> {
      const token = nextToken();
      const listening = server.onSensitivity((told) => {
        if (told.token === token) progress(told.doneNumbers, told.numbers);
      });
      try {
        const request = { uri, ...input, runs: runs(), firstSeed: 1, token };
        const reply = await server.sensitivity(request, signal);
        if (reply?.kind !== 'sensitivity') return reply;
        const { architecture } = input;
        return { kind: 'reply', reply: { architecture, sensitivity: reply.sensitivity }, version: reply.version };
      } finally {
        listening.dispose();
      }
    },
  },
  write: {
    lane: () => '',
    answer: ({ about, input }, { signal }) => writeNumber(server, about, input, signal),
  },
});

async function recovery(
  server: Server,
  request: RecoveryRequest,
  { signal, progress, partial }: Waiting,
): Promise<{ kind: 'reply'; reply: Recovery; version: number } | { kind: 'refusal'; message: string } | undefined> {
  const token = nextToken();
  const listening = server.onRuns((told) => {
    if (told.token !== token) return;
    progress(told.doneRuns, told.runs);
    if (told.recovery) partial(told.recovery, told.recovery.version);
  });
  try {
    const reply = await server.recovery({ ...request, token }, signal);
    if (reply?.kind !== 'recovery') return reply;
    return { kind: 'reply', reply: reply.recovery, version: reply.recovery.version };
  } finally {
    listening.dispose();
  }
}

let tokens = 0;

/** One server, one extension host: a count tells its requests apart. */
function nextToken(): string {
  tokens += 1;
  return String(tokens);
}
