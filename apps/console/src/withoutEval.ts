/**
 * Keeps zod from compiling its checks into functions, which the pages' content security policy forbids.
 * It MUST be the first import of main.tsx: zod decides when a schema is made, and the contracts make theirs on import.
 */
import { config } from 'zod';

config({ jitless: true });
