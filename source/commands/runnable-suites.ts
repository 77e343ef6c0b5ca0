import {BenchError} from '../core/errors.ts';
import {timingOf} from '../core/input-facts.ts';
import {estimateRun} from '../core/selectors.ts';
import {expectedMs} from '../core/timing.ts';
import {type RunnableSuite} from '../tui/open-browser.ts';
import {suiteNames} from './load-suite.ts';
import {prepare, requireJar} from './prepare.ts';
import {planFlags} from './run-flags.ts';

/**
The suites whose engine is there, one after another.

@yields Each as it is known.
*/
export async function * runnableSuites(): AsyncGenerator<readonly RunnableSuite[]> {
	for (const name of suiteNames()) {
		try {
			const prepared = await prepare('plan', [name], planFlags);
			if ('help' in prepared) {
				continue;
			}

			requireJar(prepared);
			const {suite, inputs, selected, cluster, engine} = prepared;
			if (engine === 'rehearsal') {
				continue;
			}

			const estimates = selected.map(index => expectedMs(timingOf(suite.protocol, inputs[index - 1]!)));
			yield [{name, benchmarks: selected.length, estimateMs: estimateRun(estimates, engine), hosts: [...new Set(Object.values(cluster).flatMap(roles => Object.values(roles).flat()))]}];
		} catch (error) {
			// What lacks its JAR, or its cluster, cannot be run here.
			if (!(error instanceof BenchError)) {
				throw error;
			}
		}
	}
}
