#!/usr/bin/env node
// The one file of the program that is no TypeScript: what it keeps compiled need not be read as TypeScript again, and
// the reader of TypeScript, 35 MB, is not loaded at all. A command starts in half the time.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Beside the code that it is made of, and owned by whoever owns that. Where it cannot be written, there is none.
process.env.NODE_COMPILE_CACHE ||= fileURLToPath(new URL('../node_modules/.cache/clausewatch', import.meta.url));
// Threads read the variable when they are made.
if (!process.env.NODE_DISABLE_COMPILE_CACHE) enableCompileCache(process.env.NODE_COMPILE_CACHE);
// After that: what is imported at the top would be compiled before it is said where to keep it.
await import('./run-program.ts');
