const begun = Date.now();

/** Says on a terminal what is being done, once a call takes longer than a second. */
export function progress(message: string): void {
  if (process.stderr.isTTY && Date.now() - begun > 1000) process.stderr.write(`${message}\n`);
}
