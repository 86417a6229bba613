/** Properties are tried with the same random values in every run; PROPERTY_SEED=n tries others. */
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_127) });
