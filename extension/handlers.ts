import type { Server } from './client.ts';
import type { Answer, Handlers } from './conversation.ts';
import { recoveryHandlers } from './recovery-handlers.ts';

/** What a panel may ask for, and how the server answers it. */
export const handlersOf = (server: Server): Handlers => ({
  ...recoveryHandlers(server),
  faults: {
    lane: ({ input }) => input.kind,
    async answer({ about, input }, { signal }): Promise<Answer<'faults'> | undefined> {
      const { uri, architecture } = about;
      const reply = await server.faults({ uri, architecture, question: input }, signal);
      if (reply === undefined || reply.answer.kind === 'refusal') return reply?.answer as Answer<'faults'> | undefined;
      return { kind: 'reply', reply: reply.answer, version: reply.version };
    },
  },
});
