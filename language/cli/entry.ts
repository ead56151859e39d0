/** What a shell starts: remembers the compiled program from one call to the next, for most of a short call is loading. */
import module from 'node:module';

module.enableCompileCache?.();
await import('./main.ts');
