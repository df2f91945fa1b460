/**
 * Property tests try the same cases each time, so that a red test is the change's fault and can be repeated. To look for new cases, set
 * STUDIO_TEST_SEED to a number (or to `random`); a failure prints the seed it had.
 */
import fc from 'fast-check';

const wanted = process.env['STUDIO_TEST_SEED'];
if (wanted !== 'random') {
  fc.configureGlobal({ seed: wanted === undefined ? 20_260_101 : Number(wanted) });
}
