/** Progress on standard error, when it is a terminal, for what takes longer than a second: one line that changes. */
const begun = Date.now();
const PATIENCE_MILLISECONDS = 1000;
const REPEAT_MILLISECONDS = 250;

let doing = '';
let saidAt: number | undefined;

/** Says what is being done from here on. */
export function progress(message: string): void {
  doing = message;
  saidAt = saidAt === undefined ? undefined : 0;
  tick();
}

/** Says how far it has come, no more often than can be read. */
export function progressed(message: string): void {
  doing = message;
  tick();
}

/** To be called now and then by what takes long. */
export function tick(): void {
  const now = Date.now();
  if (now - begun < PATIENCE_MILLISECONDS || now - (saidAt ?? 0) < REPEAT_MILLISECONDS || !process.stderr.isTTY) return;
  saidAt = now;
  const words = `${doing} (${Math.round((now - begun) / 1000)} s)`;
  process.stderr.write(`\r\u001b[K${words.slice(0, Math.max(0, (process.stderr.columns || 80) - 1))}`);
}

/** Takes the line away again, so that nothing is left of it among what follows. */
export function endProgress(): void {
  if (saidAt !== undefined) process.stderr.write('\r\u001b[K');
  saidAt = undefined;
}
